package io.tradeflood.exchange.bitget;

import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import io.tradeflood.turn.Failure;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A funding rate.
 *
 * @param fundingRate a part of the position's value
 * @param time of history, when it was paid; of the present one, when the exchange said it
 * @param nextUpdate of the present one, when it is paid; older answers lack it
 */
public record BitgetFundingRate(
    BigDecimal fundingRate, Instant time, Optional<Instant> nextUpdate) {
  private static final Name REQUEST_TIME = Name.of("requestTime");
  private static final Name DATA = Name.of("data");
  private static final Name FUNDING_RATE = Name.of("fundingRate");
  private static final Name FUNDING_TIME = Name.of("fundingTime");
  private static final Name FUNDING_RATE_TIMESTAMP = Name.of("fundingRateTimestamp");
  private static final Name NEXT_UPDATE = Name.of("nextUpdate");

  /** The whole envelope, whose request time is the only one there is. */
  static BitgetFundingRate readNow(JsonScanner envelope) {
    var time = envelope.field(REQUEST_TIME).readInstant();
    if (!envelope.field(DATA).nextRow())
      throw new Failure.Unreadable("Expected a funding rate in data, was an empty list");
    var rate = envelope.field(FUNDING_RATE).readDecimal();
    var next = envelope.find(NEXT_UPDATE) ? envelope.readOptionalLong() : OptionalLong.empty();
    return new BitgetFundingRate(
        rate,
        time,
        next.isPresent() ? Optional.of(Instant.ofEpochMilli(next.getAsLong())) : Optional.empty());
  }

  static BitgetFundingRate readPaid(JsonScanner row) {
    return readPaid(row, FUNDING_TIME);
  }

  static BitgetFundingRate readPaidUnified(JsonScanner row) {
    return readPaid(row, FUNDING_RATE_TIMESTAMP);
  }

  private static BitgetFundingRate readPaid(JsonScanner row, Name time) {
    return new BitgetFundingRate(
        row.field(FUNDING_RATE).readDecimal(), row.field(time).readInstant(), Optional.empty());
  }
}
