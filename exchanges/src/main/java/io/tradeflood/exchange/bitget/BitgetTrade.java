package io.tradeflood.exchange.bitget;

import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A trade.
 *
 * @param id ascending; called {@code tradeId}, in version 3 {@code execId}
 * @param size in the base currency
 * @param side the taker's side, in small or capital letters
 * @param time in histories cut to whole seconds
 */
public record BitgetTrade(String id, BigDecimal price, BigDecimal size, String side, Instant time) {
  private static final Name TRADE_ID = Name.of("tradeId");
  private static final Name EXEC_ID = Name.of("execId");
  private static final Name PRICE = Name.of("price");
  private static final Name SIZE = Name.of("size");
  private static final Name SIDE = Name.of("side");
  private static final Name TS = Name.of("ts");

  static BitgetTrade read(JsonScanner row) {
    return read(row, TRADE_ID);
  }

  static BitgetTrade readUnified(JsonScanner row) {
    return read(row, EXEC_ID);
  }

  private static BitgetTrade read(JsonScanner row, Name id) {
    return new BitgetTrade(
        row.field(id).readText(),
        row.field(PRICE).readDecimal(),
        row.field(SIZE).readDecimal(),
        row.field(SIDE).readWord(),
        row.field(TS).readInstant());
  }
}
