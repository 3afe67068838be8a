package io.tradeflood.simulator.market;

import java.util.Arrays;

/**
 * The open orders at a moment, best price first; or what changed in them, where a size of 0 says
 * that nothing is wanted at the price any more.
 *
 * @param updateId grows with time
 * @param time the moment of the last change, milliseconds since 1970
 * @param bids prices from high to low, in units of the price scale
 * @param asks prices from low to high
 */
public record OrderBook(long updateId, long time, Side bids, Side asks) {

  /** Whether it says nothing at all. */
  public boolean isEmpty() {
    return bids.depth() == 0 && asks.depth() == 0;
  }

  /** One side: prices and what is wanted at them. */
  public static final class Side {
    private long[] prices = new long[16];
    private long[] sizes = new long[16];
    private int depth;

    void add(long price, long size) {
      if (depth == prices.length) {
        prices = Arrays.copyOf(prices, 2 * depth);
        sizes = Arrays.copyOf(sizes, 2 * depth);
      }
      prices[depth] = price;
      sizes[depth++] = size;
    }

    /** The number of levels. */
    public int depth() {
      return depth;
    }

    public long price(int level) {
      return prices[level];
    }

    public long size(int level) {
      return sizes[level];
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Side side
          && Arrays.equals(prices, 0, depth, side.prices, 0, side.depth)
          && Arrays.equals(sizes, 0, depth, side.sizes, 0, side.depth);
    }

    @Override
    public int hashCode() {
      int hash = depth;
      for (int i = 0; i < depth; i++) {
        hash = 31 * hash + Long.hashCode(prices[i] * 31 + sizes[i]);
      }
      return hash;
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("[");
      for (int i = 0; i < depth; i++) {
        text.append(i == 0 ? "" : ", ").append(prices[i]).append(" x ").append(sizes[i]);
      }
      return text.append(']').toString();
    }
  }
}
