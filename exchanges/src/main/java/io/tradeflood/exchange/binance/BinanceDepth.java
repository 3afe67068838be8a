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
  private static final Name LAST_UPDATE_ID = Name.of("u");
  private static final Name EVENT_TIME = Name.of("E");
  private static final Name BID_PRICE = Name.of("b");
  private static final Name BID_QTY = Name.of("B");
  private static final Name ASK_PRICE = Name.of("a");
  private static final Name ASK_QTY = Name.of("A");

  /**
   * Whatever there is, in one go: spot has no times, and to look for one would read all levels.
   * Streams of contracts shorten the names.
   *
   * @param body stands inside the object, or before it at the beginning of a payload
   */
  static BinanceDepth read(JsonScanner body) {
    Long lastUpdateId = null;
    Optional<Instant> eventTime = Optional.empty();
    List<OrderBook.Level> bids = null;
    List<OrderBook.Level> asks = null;
    while (body.nextField()) {
      switch (body.fieldName()) {
        case "lastUpdateId", "u" -> lastUpdateId = body.readLong();
        case "E" -> eventTime = Optional.of(body.readInstant());
        case "bids", "b" -> bids = body.readPairs(OrderBook.Level::new);
        case "asks", "a" -> asks = body.readPairs(OrderBook.Level::new);
        default -> {}
      }
    }
    return new BinanceDepth(
        body.require(lastUpdateId, "lastUpdateId"),
        eventTime,
        body.require(bids, "bids"),
        body.require(asks, "asks"));
  }

  /** A part of a book in a stream, {@code depth<levels>}. */
  static BinanceDepth readEvent(JsonScanner event) {
    event.enterObject();
    return read(event);
  }

  /** A {@code bookTicker}, the best level of each side; one with a price of zero is none. */
  static BinanceDepth readBest(JsonScanner event) {
    long lastUpdateId = event.field(LAST_UPDATE_ID).readLong();
    var bids = level(event, BID_PRICE, BID_QTY);
    var asks = level(event, ASK_PRICE, ASK_QTY);
    var eventTime =
        event.find(EVENT_TIME) ? Optional.of(event.readInstant()) : Optional.<Instant>empty();
    return new BinanceDepth(lastUpdateId, eventTime, bids, asks);
  }

  private static List<OrderBook.Level> level(JsonScanner event, Name price, Name qty) {
    var level =
        new OrderBook.Level(event.field(price).readDecimal(), event.field(qty).readDecimal());
    return level.price().signum() == 0 ? List.of() : List.of(level);
  }
}
