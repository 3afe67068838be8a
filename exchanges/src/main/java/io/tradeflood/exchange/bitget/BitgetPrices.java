package io.tradeflood.exchange.bitget;

import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The prices of a contract, {@code symbol-price}.
 *
 * @param time when it was so
 */
public record BitgetPrices(BigDecimal indexPrice, BigDecimal markPrice, Instant time) {
  private static final Name INDEX_PRICE = Name.of("indexPrice");
  private static final Name MARK_PRICE = Name.of("markPrice");
  private static final Name TS = Name.of("ts");

  static BitgetPrices read(JsonScanner row) {
    return new BitgetPrices(
        row.field(INDEX_PRICE).readDecimal(),
        row.field(MARK_PRICE).readDecimal(),
        row.field(TS).readInstant());
  }
}
