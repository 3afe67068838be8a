package io.tradeflood.exchange.binance;

import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A single trade, as {@code trades}, {@code historicalTrades} and the stream tell it.
 *
 * @param id without holes, for one instrument
 * @param qty in the base currency; on COIN-M in contracts
 * @param isBuyerMaker whether the taker sold
 */
public record BinanceTrade(
    long id, BigDecimal price, BigDecimal qty, Instant time, boolean isBuyerMaker) {
  private static final Name ID = Name.of("id");
  private static final Name PRICE = Name.of("price");
  private static final Name QTY = Name.of("qty");
  private static final Name TIME = Name.of("time");
  private static final Name IS_BUYER_MAKER = Name.of("isBuyerMaker");

  private static final Name EVENT_ID = Name.of("t");
  private static final Name EVENT_PRICE = Name.of("p");
  private static final Name EVENT_QTY = Name.of("q");
  private static final Name EVENT_TIME = Name.of("T");
  private static final Name EVENT_MAKER = Name.of("m");

  static BinanceTrade read(JsonScanner row) {
    return new BinanceTrade(
        row.field(ID).readLong(),
        row.field(PRICE).readDecimal(),
        row.field(QTY).readDecimal(),
        row.field(TIME).readInstant(),
        row.field(IS_BUYER_MAKER).readBoolean());
  }

  /** {@code t p q T m}, as streams tell it. */
  static BinanceTrade readEvent(JsonScanner event) {
    return new BinanceTrade(
        event.field(EVENT_ID).readLong(),
        event.field(EVENT_PRICE).readDecimal(),
        event.field(EVENT_QTY).readDecimal(),
        event.field(EVENT_TIME).readInstant(),
        event.field(EVENT_MAKER).readBoolean());
  }
}
