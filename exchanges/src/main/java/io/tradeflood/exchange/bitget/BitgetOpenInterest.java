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
  private static final Name LIST = Name.of("list");
  private static final Name SIZE = Name.of("size");
  private static final Name OPEN_INTEREST = Name.of("openInterest");
  private static final Name TS = Name.of("ts");

  static BitgetOpenInterest read(JsonScanner data) {
    return read(data, OPEN_INTEREST_LIST, SIZE);
  }

  static BitgetOpenInterest readUnified(JsonScanner data) {
    return read(data, LIST, OPEN_INTEREST);
  }

  private static BitgetOpenInterest read(JsonScanner data, Name list, Name field) {
    var time = data.field(TS).readInstant();
    if (!data.field(list).nextRow())
      throw new Failure.Unreadable(
          "Expected an open interest in %s, was an empty list".formatted(list));
    return new BitgetOpenInterest(data.field(field).readDecimal(), time);
  }
}
