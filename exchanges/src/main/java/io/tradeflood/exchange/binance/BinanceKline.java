package io.tradeflood.exchange.binance;

import io.tradeflood.net.json.JsonScanner;
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
}
