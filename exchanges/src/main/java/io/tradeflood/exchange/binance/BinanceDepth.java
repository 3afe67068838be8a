package io.tradeflood.exchange.binance;

import io.tradeflood.model.OrderBook;
import io.tradeflood.net.json.JsonScanner;
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

  /** Whatever there is, in one go: spot has no times, and to look for one would read all levels. */
  static BinanceDepth read(JsonScanner body) {
    Long lastUpdateId = null;
    Optional<Instant> eventTime = Optional.empty();
    List<OrderBook.Level> bids = null;
    List<OrderBook.Level> asks = null;
    while (body.nextField()) {
      switch (body.fieldName()) {
        case "lastUpdateId" -> lastUpdateId = body.readLong();
        case "E" -> eventTime = Optional.of(body.readInstant());
        case "bids" -> bids = body.readPairs(OrderBook.Level::new);
        case "asks" -> asks = body.readPairs(OrderBook.Level::new);
        default -> {}
      }
    }
    return new BinanceDepth(
        body.require(lastUpdateId, "lastUpdateId"),
        eventTime,
        body.require(bids, "bids"),
        body.require(asks, "asks"));
  }
}
