package io.tradeflood.exchange.binance;

import io.tradeflood.model.OrderBook;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An order book.
 *
 * @param lastUpdateId grows with each change
 * @param eventTime {@code E}, when the exchange said so; absent on spot, which gives no time. The
 *     matching engine's {@code T}, some milliseconds older, is when the book last changed.
 * @param bids the highest price first
 * @param asks the lowest price first
 */
public record BinanceDepth(
    long lastUpdateId,
    Optional<Instant> eventTime,
    List<OrderBook.Level> bids,
    List<OrderBook.Level> asks) {
  private static final Name LAST_UPDATE_ID = Name.of("lastUpdateId");
  private static final Name EVENT_TIME = Name.of("E");
  private static final Name BIDS = Name.of("bids");
  private static final Name ASKS = Name.of("asks");

  static BinanceDepth read(JsonScanner body) {
    return new BinanceDepth(
        body.field(LAST_UPDATE_ID).readLong(),
        body.find(EVENT_TIME) ? Optional.of(body.readInstant()) : Optional.empty(),
        body.field(BIDS).readPairs(OrderBook.Level::new),
        body.field(ASKS).readPairs(OrderBook.Level::new));
  }
}
