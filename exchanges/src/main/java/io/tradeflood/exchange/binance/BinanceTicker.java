package io.tradeflood.exchange.binance;

import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * The last 24 hours of an instrument, {@code ticker/24hr}.
 *
 * @param symbol the exchange's name of it
 * @param volume in the base currency; on COIN-M in contracts
 * @param quoteVolume absent on COIN-M, which gives a base volume instead
 * @param closeTime when it was so
 * @param best the best prices; spot gives them here, the futures markets do not
 */
public record BinanceTicker(
    String symbol,
    BigDecimal lastPrice,
    BigDecimal openPrice,
    BigDecimal highPrice,
    BigDecimal lowPrice,
    BigDecimal volume,
    Optional<BigDecimal> quoteVolume,
    Instant closeTime,
    Best best) {
  private static final Name SYMBOL = Name.of("symbol");
  private static final Name LAST_PRICE = Name.of("lastPrice");
  private static final Name OPEN_PRICE = Name.of("openPrice");
  private static final Name HIGH_PRICE = Name.of("highPrice");
  private static final Name LOW_PRICE = Name.of("lowPrice");
  private static final Name VOLUME = Name.of("volume");
  private static final Name QUOTE_VOLUME = Name.of("quoteVolume");
  private static final Name CLOSE_TIME = Name.of("closeTime");

  private static final Name EVENT_TIME = Name.of("E");
  private static final Name EVENT_SYMBOL = Name.of("s");
  private static final Name EVENT_LAST = Name.of("c");
  private static final Name EVENT_OPEN = Name.of("o");
  private static final Name EVENT_HIGH = Name.of("h");
  private static final Name EVENT_LOW = Name.of("l");
  private static final Name EVENT_VOLUME = Name.of("v");
  private static final Name EVENT_QUOTE_VOLUME = Name.of("q");

  static BinanceTicker read(JsonScanner row) {
    return new BinanceTicker(
        row.field(SYMBOL).readString(),
        row.field(LAST_PRICE).readDecimal(),
        row.field(OPEN_PRICE).readDecimal(),
        row.field(HIGH_PRICE).readDecimal(),
        row.field(LOW_PRICE).readDecimal(),
        row.field(VOLUME).readDecimal(),
        row.find(QUOTE_VOLUME) ? row.readOptionalDecimal() : Optional.empty(),
        row.field(CLOSE_TIME).readInstant(),
        Best.read(row));
  }

  /** {@code 24hrTicker} or {@code 24hrMiniTicker}; its time is the event's. */
  static BinanceTicker readEvent(JsonScanner event) {
    var time = event.field(EVENT_TIME).readInstant();
    var symbol = event.field(EVENT_SYMBOL).readString();
    var last = event.field(EVENT_LAST).readDecimal();
    var best = Best.readEvent(event);
    return new BinanceTicker(
        symbol,
        last,
        event.field(EVENT_OPEN).readDecimal(),
        event.field(EVENT_HIGH).readDecimal(),
        event.field(EVENT_LOW).readDecimal(),
        event.field(EVENT_VOLUME).readDecimal(),
        Optional.of(event.field(EVENT_QUOTE_VOLUME).readDecimal()),
        time,
        best);
  }

  /**
   * The best bid and ask, as in {@code ticker/bookTicker}. A price of zero says that nobody bids or
   * asks; it is told as absent, and its size with it.
   */
  public record Best(
      Optional<BigDecimal> bidPrice,
      Optional<BigDecimal> bidQty,
      Optional<BigDecimal> askPrice,
      Optional<BigDecimal> askQty) {
    private static final Name BID_PRICE = Name.of("bidPrice");
    private static final Name BID_QTY = Name.of("bidQty");
    private static final Name ASK_PRICE = Name.of("askPrice");
    private static final Name ASK_QTY = Name.of("askQty");

    private static final Name EVENT_BID_PRICE = Name.of("b");
    private static final Name EVENT_BID_QTY = Name.of("B");
    private static final Name EVENT_ASK_PRICE = Name.of("a");
    private static final Name EVENT_ASK_QTY = Name.of("A");

    static Best read(JsonScanner row) {
      return read(row, BID_PRICE, BID_QTY, ASK_PRICE, ASK_QTY);
    }

    static Best readEvent(JsonScanner event) {
      return read(event, EVENT_BID_PRICE, EVENT_BID_QTY, EVENT_ASK_PRICE, EVENT_ASK_QTY);
    }

    private static Best read(
        JsonScanner row, Name bidPrice, Name bidSize, Name askPrice, Name askSize) {
      var bid = price(row, bidPrice);
      var bidQty = price(row, bidSize);
      var ask = price(row, askPrice);
      var askQty = price(row, askSize);
      return new Best(bid, bid.isPresent() ? bidQty : bid, ask, ask.isPresent() ? askQty : ask);
    }

    private static Optional<BigDecimal> price(JsonScanner row, Name name) {
      return row.find(name)
          ? row.readOptionalDecimal().filter(number -> number.signum() != 0)
          : Optional.empty();
    }
  }

  /**
   * A row of {@code ticker/bookTicker}.
   *
   * @param symbol the exchange's name of the instrument
   * @param best the best prices
   * @param time when it was so; spot does not tell
   */
  public record Book(String symbol, Best best, Optional<Instant> time) {
    private static final Name TIME = Name.of("time");

    static Book read(JsonScanner row) {
      return new Book(
          row.field(SYMBOL).readString(),
          Best.read(row),
          row.find(TIME) ? Optional.of(row.readInstant()) : Optional.empty());
    }
  }
}
