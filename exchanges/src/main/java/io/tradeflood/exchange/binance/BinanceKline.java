package io.tradeflood.exchange.binance;

import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A row of klines, an array of twelve columns, of which the last three are not read: volumes of
 * taker buyers and an unused one.
 *
 * @param openTime the start, UTC
 * @param open the first price
 * @param high the highest price
 * @param low the lowest price
 * @param close the last price so far
 * @param volume in the base currency; on COIN-M in contracts
 * @param closeTime the last millisecond that belongs to it
 * @param turnover in the quote currency; on COIN-M in the base currency
 * @param trades how many trades
 */
public record BinanceKline(
    Instant openTime,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    BigDecimal volume,
    Instant closeTime,
    BigDecimal turnover,
    long trades) {

  static BinanceKline read(JsonScanner row) {
    return new BinanceKline(
        row.readInstant(),
        row.readDecimal(),
        row.readDecimal(),
        row.readDecimal(),
        row.readDecimal(),
        row.readDecimal(),
        row.readInstant(),
        row.readDecimal(),
        row.readLong());
  }

  /**
   * A kline in a stream.
   *
   * @param kline as it is now
   * @param closed whether it is final
   */
  public record Event(BinanceKline kline, boolean closed) {
    private static final Name KLINE = Name.of("k");
    private static final Name OPEN_TIME = Name.of("t");
    private static final Name CLOSE_TIME = Name.of("T");
    private static final Name OPEN = Name.of("o");
    private static final Name CLOSE = Name.of("c");
    private static final Name HIGH = Name.of("h");
    private static final Name LOW = Name.of("l");
    private static final Name VOLUME = Name.of("v");
    private static final Name TRADES = Name.of("n");
    private static final Name CLOSED = Name.of("x");
    private static final Name TURNOVER = Name.of("q");

    /** In the order in which the fields come. */
    static Event read(JsonScanner event) {
      event.field(KLINE);
      var openTime = event.field(OPEN_TIME).readInstant();
      var closeTime = event.field(CLOSE_TIME).readInstant();
      var open = event.field(OPEN).readDecimal();
      var close = event.field(CLOSE).readDecimal();
      var high = event.field(HIGH).readDecimal();
      var low = event.field(LOW).readDecimal();
      var volume = event.field(VOLUME).readDecimal();
      long trades = event.field(TRADES).readLong();
      boolean closed = event.field(CLOSED).readBoolean();
      var turnover = event.field(TURNOVER).readDecimal();
      return new Event(
          new BinanceKline(openTime, open, high, low, close, volume, closeTime, turnover, trades),
          closed);
    }
  }
}
