package io.tradeflood.exchange.binance;

import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A row of {@code premiumIndex}, or a {@code markPriceUpdate} of a stream.
 *
 * @param symbol the exchange's name of the instrument
 * @param lastFundingRate the rate that is paid next; absent of what is no perpetual
 * @param nextFundingTime when it is paid; absent of what is no perpetual, told as 0
 * @param time when it was so
 */
public record BinancePremium(
    String symbol,
    BigDecimal markPrice,
    BigDecimal indexPrice,
    Optional<BigDecimal> lastFundingRate,
    Optional<Instant> nextFundingTime,
    Instant time) {
  private static final Name SYMBOL = Name.of("symbol");
  private static final Name MARK_PRICE = Name.of("markPrice");
  private static final Name INDEX_PRICE = Name.of("indexPrice");
  private static final Name LAST_FUNDING_RATE = Name.of("lastFundingRate");
  private static final Name NEXT_FUNDING_TIME = Name.of("nextFundingTime");
  private static final Name TIME = Name.of("time");

  private static final Name EVENT_TIME = Name.of("E");
  private static final Name EVENT_SYMBOL = Name.of("s");
  private static final Name EVENT_MARK = Name.of("p");
  private static final Name EVENT_INDEX = Name.of("i");
  private static final Name EVENT_RATE = Name.of("r");
  private static final Name EVENT_NEXT = Name.of("T");

  static BinancePremium read(JsonScanner row) {
    return new BinancePremium(
        row.field(SYMBOL).readString(),
        row.field(MARK_PRICE).readDecimal(),
        row.field(INDEX_PRICE).readDecimal(),
        row.field(LAST_FUNDING_RATE).readOptionalDecimal(),
        Optional.of(row.field(NEXT_FUNDING_TIME).readInstant())
            .filter(next -> next.isAfter(Instant.EPOCH)),
        row.field(TIME).readInstant());
  }

  static BinancePremium readEvent(JsonScanner event) {
    var time = event.field(EVENT_TIME).readInstant();
    return new BinancePremium(
        event.field(EVENT_SYMBOL).readWord(),
        event.field(EVENT_MARK).readDecimal(),
        event.field(EVENT_INDEX).readDecimal(),
        event.field(EVENT_RATE).readOptionalDecimal(),
        Optional.of(event.field(EVENT_NEXT).readInstant())
            .filter(next -> next.isAfter(Instant.EPOCH)),
        time);
  }
}
