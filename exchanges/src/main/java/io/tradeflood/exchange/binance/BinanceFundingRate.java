package io.tradeflood.exchange.binance;

import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A row of {@code fundingRate}.
 *
 * @param fundingTime when it was paid, sometimes some milliseconds after the full hour
 * @param fundingRate a part of the position's value
 */
public record BinanceFundingRate(Instant fundingTime, BigDecimal fundingRate) {
  private static final Name FUNDING_TIME = Name.of("fundingTime");
  private static final Name FUNDING_RATE = Name.of("fundingRate");

  static BinanceFundingRate read(JsonScanner row) {
    return new BinanceFundingRate(
        row.field(FUNDING_TIME).readInstant(), row.field(FUNDING_RATE).readDecimal());
  }
}
