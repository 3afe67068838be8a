package io.tradeflood.exchange.bitget;

import io.tradeflood.net.json.JsonScanner;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A row of candles of a mark price, an index or a premium; what follows the first five columns
 * means nothing.
 */
public record BitgetPriceCandle(
    Instant time, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close) {
  static BitgetPriceCandle read(JsonScanner row) {
    return new BitgetPriceCandle(
        row.readInstant(),
        row.readDecimal(),
        row.readDecimal(),
        row.readDecimal(),
        row.readDecimal());
  }
}
