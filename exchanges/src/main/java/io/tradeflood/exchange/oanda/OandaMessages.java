package io.tradeflood.exchange.oanda;

import io.tradeflood.connector.ConnectorContext;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import io.tradeflood.net.stream.Channels;
import io.tradeflood.net.stream.Incoming;
import io.tradeflood.turn.Failure;

/** Tells the lines of a stream apart. */
final class OandaMessages {
  private static final Name TYPE = Name.of("type");
  private static final Name INSTRUMENT = Name.of("instrument");
  private static final Name ERROR_MESSAGE = Name.of("errorMessage");

  private OandaMessages() {}

  /** A price, a heartbeat every five seconds, or an error. */
  static Incoming read(JsonScanner line, Channels channels, ConnectorContext of) {
    if (!line.find(TYPE)) {
      String said = line.field(ERROR_MESSAGE).readText();
      return new Incoming.Broken(
          new Failure.Refused("%s said %s".formatted(of.hostName(), said), "", 0));
    }
    if (!line.readWord().equals("PRICE")) return Incoming.IGNORED;
    var channel = channels.find(line.field(INSTRUMENT));
    return channel == null ? Incoming.IGNORED : channel;
  }
}
