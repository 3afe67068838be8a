package io.tradeflood.exchange.binance;

import io.tradeflood.connector.ConnectorContext;
import io.tradeflood.net.json.JsonOutput;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import io.tradeflood.net.stream.Channels;
import io.tradeflood.net.stream.Incoming;
import io.tradeflood.turn.Failure;
import java.util.List;

/** The messages around the data of streams. */
final class BinanceMessages {
  private static final Name STREAM = Name.of("stream");
  private static final Name DATA = Name.of("data");
  private static final Name EVENT = Name.of("e");
  private static final Name ID = Name.of("id");
  private static final Name CODE = Name.of("code");
  private static final Name MSG = Name.of("msg");
  private static final Name ERROR = Name.of("error");
  private static final Name RESULT = Name.of("result");
  private static final String SHUTDOWN = "serverShutdown";

  private BinanceMessages() {}

  /** {@code {"method":"SUBSCRIBE","params":["btcusdt@trade"],"id":1}}. */
  static String request(String method, List<String> channels, long id) {
    var text = new JsonOutput().beginObject().name("method").text(method).name("params");
    text.beginArray();
    channels.forEach(text::text);
    return text.endArray().name("id").number(id).endObject().toString();
  }

  static Incoming read(JsonScanner message, Channels channels, ConnectorContext of) {
    if (!message.find(STREAM)) return word(message, of);
    var channel = channels.find(message);
    message.field(DATA);
    if (channel != null) return channel;
    return shutdown(message) ? leaving(of) : Incoming.IGNORED;
  }

  /** Whether the value says that the exchange will close the connection. */
  private static boolean shutdown(JsonScanner value) {
    return value.peek() == JsonScanner.Kind.OBJECT
        && value.find(EVENT)
        && value.readText().equals(SHUTDOWN);
  }

  private static Incoming leaving(ConnectorContext of) {
    return new Incoming.Leaving(of.hostName() + " said " + SHUTDOWN);
  }

  /** {@code {"result":null,"id":1}}, {@code {"code":2,"msg":"..","id":1}}, or the latter inside. */
  private static Incoming word(JsonScanner message, ConnectorContext of) {
    if (message.find(EVENT))
      return message.readText().equals(SHUTDOWN) ? leaving(of) : Incoming.IGNORED;
    var id = message.find(ID) ? message.readOptionalLong() : java.util.OptionalLong.empty();
    if (message.find(ERROR) && !message.skipNull()) message.enterObject();
    if (message.find(CODE)) {
      String code = message.readText();
      String words = message.find(MSG) ? message.readText() : "";
      var failure =
          new Failure.Refused("%s said %s %s".formatted(of.hostName(), code, words), code, 0);
      return id.isPresent()
          ? new Incoming.Refused(id.getAsLong(), failure)
          : new Incoming.Broken(failure);
    }
    // Without a result or a number it is of no kind that is known.
    if (id.isEmpty()) message.field(RESULT).skip();
    return id.isPresent() ? new Incoming.Done(id.getAsLong()) : Incoming.IGNORED;
  }
}
