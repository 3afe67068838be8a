package io.tradeflood.simulator;

import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.OrderBook;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** An order book as a client keeps it. */
final class Ladder {
  private final Instrument instrument;
  private final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
  private final TreeMap<Long, Long> asks = new TreeMap<>();

  Ladder(Instrument instrument) {
    this.instrument = instrument;
  }

  void apply(JsonNode bidLevels, JsonNode askLevels) {
    apply(bidLevels, bids);
    apply(askLevels, asks);
  }

  private void apply(JsonNode levels, Map<Long, Long> side) {
    for (JsonNode level : levels) {
      long price = units(level.get(0), instrument.priceScale());
      long size = units(level.get(1), instrument.sizeScale());
      if (size == 0) {
        side.remove(price);
      } else {
        side.put(price, size);
      }
    }
  }

  static long units(JsonNode decimal, int scale) {
    return new BigDecimal(decimal.asString()).movePointRight(scale).longValueExact();
  }

  /** Price and size of each level, best first, bids then asks. */
  List<List<Long>> levels() {
    List<List<Long>> levels = new ArrayList<>();
    bids.forEach((price, size) -> levels.add(List.of(price, size)));
    asks.forEach((price, size) -> levels.add(List.of(price, size)));
    return levels;
  }

  /** The same of what the market says is true. */
  static List<List<Long>> levels(OrderBook book) {
    List<List<Long>> levels = new ArrayList<>();
    for (OrderBook.Side side : List.of(book.bids(), book.asks())) {
      for (int i = 0; i < side.depth(); i++) {
        levels.add(List.of(side.price(i), side.size(i)));
      }
    }
    return levels;
  }

  void clear() {
    bids.clear();
    asks.clear();
  }
}
