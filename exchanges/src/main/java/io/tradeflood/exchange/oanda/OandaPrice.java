package io.tradeflood.exchange.oanda;

import io.tradeflood.model.OrderBook;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.Name;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A price.
 *
 * @param time when it was so
 * @param bids what it can be sold at, up to how much, the highest price first; none while it cannot
 * @param asks what it can be bought at, the lowest price first
 */
public record OandaPrice(Instant time, List<OrderBook.Level> bids, List<OrderBook.Level> asks) {
  private static final Name TIME = Name.of("time");
  private static final Name BIDS = Name.of("bids");
  private static final Name ASKS = Name.of("asks");
  private static final Name PRICE = Name.of("price");
  private static final Name LIQUIDITY = Name.of("liquidity");

  static OandaPrice read(JsonScanner line) {
    var time = Instant.parse(line.field(TIME).readString());
    return new OandaPrice(time, levels(line.field(BIDS)), levels(line.field(ASKS)));
  }

  private static List<OrderBook.Level> levels(JsonScanner side) {
    var levels = new ArrayList<OrderBook.Level>();
    while (side.nextRow())
      levels.add(
          new OrderBook.Level(
              side.field(PRICE).readDecimal(), side.field(LIQUIDITY).readDecimal()));
    return List.copyOf(levels);
  }
}
