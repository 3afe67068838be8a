package io.tradeflood.exchange.binance;

import io.tradeflood.net.json.JsonScanner;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A row of klines of a mark price, an index or a premium: the twelve columns of {@link
 * BinanceKline}, of which only these mean anything. The sixth was seen as {@code "0 "}, with the
 * space, so it is not read as a number.
 */
public record BinancePriceKline(
    Instant openTime, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close) {

  static BinancePriceKline read(JsonScanner row) {
    return new BinancePriceKline(
        row.readInstant(),
        row.readDecimal(),
        row.readDecimal(),
        row.readDecimal(),
        row.readDecimal());
  }
}
