package io.tradeflood.exchange.binance;

import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * An order by which the exchange closes a position, {@code forceOrder}.
 *
 * @param side {@code SELL} closes a long position
 * @param qty in the base currency
 * @param price at what price it was set
 * @param averagePrice at what price it was filled
 * @param time when it traded
 */
public record BinanceForceOrder(
    String side, BigDecimal qty, BigDecimal price, BigDecimal averagePrice, Instant time) {
  private static final Name ORDER = Name.of("o");
  private static final Name SIDE = Name.of("S");
  private static final Name QTY = Name.of("q");
  private static final Name PRICE = Name.of("p");
  private static final Name AVERAGE_PRICE = Name.of("ap");
  private static final Name TIME = Name.of("T");

  static BinanceForceOrder read(JsonScanner event) {
    event.field(ORDER);
    return new BinanceForceOrder(
        event.field(SIDE).readWord(),
        event.field(QTY).readDecimal(),
        event.field(PRICE).readDecimal(),
        event.field(AVERAGE_PRICE).readDecimal(),
        event.field(TIME).readInstant());
  }
}
