package io.tradeflood.exchange.bitget;

import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import io.tradeflood.turn.Failure;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What is open in a contract.
 *
 * @param size in the base currency
 * @param time when it was so
 */
public record BitgetOpenInterest(BigDecimal size, Instant time) {
  private static final Name OPEN_INTEREST_LIST = Name.of("openInterestList");
  private static final Name SIZE = Name.of("size");
  private static final Name TS = Name.of("ts");

  static BitgetOpenInterest read(JsonScanner data) {
    var time = data.field(TS).readInstant();
    if (!data.field(OPEN_INTEREST_LIST).nextRow())
      throw new Failure.Unreadable(
          "Expected an open interest in openInterestList, was an empty list");
    return new BitgetOpenInterest(data.field(SIZE).readDecimal(), time);
  }
}
