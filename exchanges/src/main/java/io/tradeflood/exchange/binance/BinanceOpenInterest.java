package io.tradeflood.exchange.binance;

import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * What is open, now or at the end of a period.
 *
 * @param openInterest in the base currency; on COIN-M in contracts
 * @param value of a period: in the quote currency; on COIN-M in the base currency
 * @param time when it was so
 */
public record BinanceOpenInterest(
    BigDecimal openInterest, Optional<BigDecimal> value, Instant time) {
  private static final Name OPEN_INTEREST = Name.of("openInterest");
  private static final Name TIME = Name.of("time");
  private static final Name SUM_OPEN_INTEREST = Name.of("sumOpenInterest");
  private static final Name SUM_OPEN_INTEREST_VALUE = Name.of("sumOpenInterestValue");
  private static final Name TIMESTAMP = Name.of("timestamp");

  static BinanceOpenInterest readNow(JsonScanner body) {
    return new BinanceOpenInterest(
        body.field(OPEN_INTEREST).readDecimal(), Optional.empty(), body.field(TIME).readInstant());
  }

  static BinanceOpenInterest readPeriod(JsonScanner row) {
    return new BinanceOpenInterest(
        row.field(SUM_OPEN_INTEREST).readDecimal(),
        Optional.of(row.field(SUM_OPEN_INTEREST_VALUE).readDecimal()),
        row.field(TIMESTAMP).readInstant());
  }
}
