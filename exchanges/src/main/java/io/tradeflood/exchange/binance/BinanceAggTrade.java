package io.tradeflood.exchange.binance;

import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What one taker order traded at one price: {@code a p q f l T m} on the wire.
 *
 * @param id the aggregate's own, without holes, for one instrument
 * @param qty in the base currency; on COIN-M in contracts
 * @param firstId the id of its first trade; negative for the few that spot lists as invalid
 * @param lastId the id of its last trade
 * @param isBuyerMaker whether the taker sold
 */
public record BinanceAggTrade(
    long id,
    BigDecimal price,
    BigDecimal qty,
    long firstId,
    long lastId,
    Instant time,
    boolean isBuyerMaker) {
  private static final Name ID = Name.of("a");
  private static final Name PRICE = Name.of("p");
  private static final Name QTY = Name.of("q");
  private static final Name FIRST_ID = Name.of("f");
  private static final Name LAST_ID = Name.of("l");
  private static final Name TIME = Name.of("T");
  private static final Name IS_BUYER_MAKER = Name.of("m");

  static BinanceAggTrade read(JsonScanner row) {
    return new BinanceAggTrade(
        row.field(ID).readLong(),
        row.field(PRICE).readDecimal(),
        row.field(QTY).readDecimal(),
        row.field(FIRST_ID).readLong(),
        row.field(LAST_ID).readLong(),
        row.field(TIME).readInstant(),
        row.field(IS_BUYER_MAKER).readBoolean());
  }
}
