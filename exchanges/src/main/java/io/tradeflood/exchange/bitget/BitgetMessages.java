package io.tradeflood.exchange.bitget;

import io.tradeflood.connector.ConnectorContext;
import io.tradeflood.net.json.JsonOutput;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import io.tradeflood.net.stream.Channels;
import io.tradeflood.net.stream.Incoming;
import io.tradeflood.turn.Failure;
import java.util.List;
import java.util.Set;

/** The messages around the data of streams. */
final class BitgetMessages {
  private static final Name ACTION = Name.of("action");
  private static final Name ARG = Name.of("arg");
  private static final Name INST_TYPE = Name.of("instType");
  private static final Name CHANNEL = Name.of("channel");
  private static final Name INST_ID = Name.of("instId");
  private static final Name DATA = Name.of("data");
  private static final Name EVENT = Name.of("event");
  private static final Name CODE = Name.of("code");
  private static final Name MSG = Name.of("msg");

  /** Too many requests: no fault of the channel that it is said of. */
  private static final Set<String> TOO_MANY = Set.of("30006", "30007");

  private BitgetMessages() {}

  static String name(String instType, String channel, String instId) {
    return instType + '/' + channel + '/' + instId;
  }

  /** {@code {"op":"subscribe","args":[{"instType":"SPOT","channel":"trade","instId":".."}]}}. */
  static String request(String op, List<String> channels) {
    var text = new JsonOutput().beginObject().name("op").text(op).name("args").beginArray();
    for (String channel : channels) {
      String[] parts = channel.split("/", 3);
      text.beginObject().name("instType").text(parts[0]).name("channel").text(parts[1]);
      text.name("instId").text(parts[2]).endObject();
    }
    return text.endArray().endObject().toString();
  }

  static Incoming read(JsonScanner message, Channels channels, ConnectorContext of) {
    if (!message.find(ACTION)) return word(message, of);
    boolean snapshot = message.readWord().equals("snapshot");
    message.field(ARG);
    String instType = message.field(INST_TYPE).readWord();
    String kind = message.field(CHANNEL).readWord();
    String instId = message.field(INST_ID).readWord();
    message.skipRest();
    var channel = channels.find(instType, kind, instId);
    message.field(DATA);
    if (channel == null) return Incoming.IGNORED;
    return snapshot && begins(kind) ? channel.asSnapshot() : channel;
  }

  /** Whether a snapshot is how the channel begins; of the others each message is called one. */
  private static boolean begins(String channel) {
    return channel.equals("books") || channel.equals("trade") || channel.startsWith("candle");
  }

  private static Incoming word(JsonScanner message, ConnectorContext of) {
    return switch (message.field(EVENT).readText()) {
      case "subscribe", "unsubscribe" -> new Incoming.Subscribed(List.of(name(message.field(ARG))));
      case "error" -> error(message, of);
      default -> Incoming.IGNORED;
    };
  }

  private static String name(JsonScanner arg) {
    String instType = arg.field(INST_TYPE).readText();
    String channel = arg.field(CHANNEL).readText();
    return name(instType, channel, arg.field(INST_ID).readText());
  }

  private static Incoming error(JsonScanner message, ConnectorContext of) {
    String code = message.field(CODE).readText();
    String words = message.find(MSG) ? message.readText() : "";
    String said = "%s said %s %s".formatted(of.hostName(), code, words).strip();
    if (TOO_MANY.contains(code))
      return new Incoming.Broken(new Failure.Unreachable(said + ": try again", "status", ""));
    var failure = new Failure.Refused(said, code, 0);
    boolean ofChannel = message.find(ARG) && message.peek() == JsonScanner.Kind.OBJECT;
    return ofChannel
        ? new Incoming.RefusedChannel(name(message), failure)
        : new Incoming.Broken(failure);
  }
}
