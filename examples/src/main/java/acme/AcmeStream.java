package acme;

import io.tradeflood.connector.Exchange;
import io.tradeflood.live.Feed;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import io.tradeflood.net.stream.Channels;
import io.tradeflood.net.stream.Incoming;
import io.tradeflood.net.stream.StreamConnector;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnExecution;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Acme's WebSocket, version 2. See https://docs.acme.example/v2/stream. */
@Exchange("acme")
public interface AcmeStream extends StreamConnector {
  Name CHANNEL = Name.of("channel");
  Name DATA = Name.of("data");
  Name ID = Name.of("id");

  @Override
  default String url() {
    return "wss://stream.acme.example/v2";
  }

  @Override
  default String subscribe(List<String> channels, long id) {
    return "{\"op\":\"subscribe\",\"args\":[\"%s\"],\"id\":%d}"
        .formatted(String.join("\",\"", channels), id);
  }

  @Override
  default String unsubscribe(List<String> channels, long id) {
    return "{\"op\":\"unsubscribe\",\"args\":[\"%s\"],\"id\":%d}"
        .formatted(String.join("\",\"", channels), id);
  }

  /** {@code {"channel":"trade.BTC-USDT","data":{..}}}, or {@code {"id":1}} in answer. */
  @Override
  default Incoming read(JsonScanner message, Channels channels) {
    if (!message.find(CHANNEL)) return new Incoming.Done(message.field(ID).readLong());
    var channel = channels.find(message);
    message.field(DATA);
    return channel == null ? Incoming.IGNORED : channel;
  }

  /** {@code trade.<symbol>}: each trade once. */
  @TurnExecution(TurnExecution.Kind.SUBSCRIBE)
  default Turn<Feed<Deal>> trades(String symbol) {
    return channel("trade." + symbol).feed(Deal::read);
  }

  record Deal(long number, Instant time, BigDecimal price, BigDecimal size, boolean bought) {
    private static final Name NUMBER = Name.of("number");
    private static final Name TIME = Name.of("time");
    private static final Name PRICE = Name.of("price");
    private static final Name SIZE = Name.of("size");
    private static final Name BOUGHT = Name.of("bought");

    static Deal read(JsonScanner data) {
      return new Deal(
          data.field(NUMBER).readLong(),
          data.field(TIME).readInstant(),
          data.field(PRICE).readDecimal(),
          data.field(SIZE).readDecimal(),
          data.field(BOUGHT).readBoolean());
    }
  }
}
