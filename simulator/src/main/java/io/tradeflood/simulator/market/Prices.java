package io.tradeflood.simulator.market;

import java.util.Arrays;

/** A growing list of prices. */
final class Prices {
  private long[] prices = new long[64];
  private int size;

  void add(long price) {
    if (size == prices.length) {
      prices = Arrays.copyOf(prices, 2 * size);
    }
    prices[size++] = price;
  }

  void clear() {
    size = 0;
  }

  /** Puts them in order, each once. */
  void sort() {
    Arrays.sort(prices, 0, size);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (kept == 0 || prices[i] != prices[kept - 1]) {
        prices[kept++] = prices[i];
      }
    }
    size = kept;
  }

  int size() {
    return size;
  }

  long at(int i) {
    return prices[i];
  }
}
