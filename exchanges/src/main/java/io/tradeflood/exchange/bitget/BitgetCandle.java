package io.tradeflood.exchange.bitget;

import io.tradeflood.net.json.JsonScanner;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A row of candles.
 *
 * @param time the start, UTC
 * @param baseVolume in the base currency
 * @param quoteVolume in the quote currency
 */
public record BitgetCandle(
    Instant time,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    BigDecimal baseVolume,
    BigDecimal quoteVolume) {

  /** Eight columns, of which the seventh is in USDT and the eighth in the quote currency. */
  static BitgetCandle readSpot(JsonScanner row) {
    var time = row.readInstant();
    var open = row.readDecimal();
    var high = row.readDecimal();
    var low = row.readDecimal();
    var close = row.readDecimal();
    var baseVolume = row.readDecimal();
    row.skip();
    return new BitgetCandle(time, open, high, low, close, baseVolume, row.readDecimal());
  }

  /**
   * Eight columns of a stream, of all markets: the seventh is in the quote currency and the eighth
   * in USDT, the other way than by {@link #readSpot REST}.
   */
  static BitgetCandle readEvent(JsonScanner row) {
    return read(row);
  }

  /** Seven columns, of contracts and in version 3. */
  static BitgetCandle read(JsonScanner row) {
    return new BitgetCandle(
        row.readInstant(),
        row.readDecimal(),
        row.readDecimal(),
        row.readDecimal(),
        row.readDecimal(),
        row.readDecimal(),
        row.readDecimal());
  }
}
