package io.tradeflood.exchange.bitget;

import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import io.tradeflood.turn.Failure;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
  private static final Name NEXT_UPDATE = Name.of("nextUpdate");

  /** The whole envelope about one instrument. */
  static BitgetFundingRate readNow(JsonScanner envelope) {
    return readAllNow(envelope).stream()
        .findFirst()
        .orElseThrow(
            () -> new Failure.Unreadable("Expected a funding rate in data, was an empty list"));
  }

  /** The whole envelope, whose request time is the only one there is. */
  static List<BitgetFundingRate> readAllNow(JsonScanner envelope) {
    var time = envelope.field(REQUEST_TIME).readInstant();
    var rates = new ArrayList<BitgetFundingRate>();
    envelope.field(DATA);
    while (envelope.nextRow()) {
      var rate = envelope.field(FUNDING_RATE).readDecimal();
      var next = envelope.find(NEXT_UPDATE) ? envelope.readOptionalLong() : OptionalLong.empty();
      rates.add(
          new BitgetFundingRate(
              rate,
              time,
              next.isPresent()
                  ? Optional.of(Instant.ofEpochMilli(next.getAsLong()))
                  : Optional.empty()));
    }
    return rates;
  }

  static BitgetFundingRate readPaid(JsonScanner row) {
    return new BitgetFundingRate(
        row.field(FUNDING_RATE).readDecimal(),
        row.field(FUNDING_TIME).readInstant(),
        Optional.empty());
  }
}
