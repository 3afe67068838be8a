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

    static Best read(JsonScanner row) {
      var bid = price(row, BID_PRICE);
      var bidQty = price(row, BID_QTY);
      var ask = price(row, ASK_PRICE);
      var askQty = price(row, ASK_QTY);
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
