package io.tradeflood.simulator.market;

/**
 * The open orders at a moment, best price first.
 *
 * @param updateId grows with time
 * @param time the moment of the last change, milliseconds since 1970
 * @param bids prices from high to low, in units of the price scale
 * @param asks prices from low to high
 */
public record OrderBook(long updateId, long time, Side bids, Side asks) {

  /** One side: prices and what is wanted at them. */
  public static final class Side {
    private final long[] prices;
    private final long[] sizes;

    Side(long[] prices, long[] sizes) {
      this.prices = prices;
      this.sizes = sizes;
    }

    /** The number of levels. */
    public int depth() {
      return prices.length;
    }

    public long price(int level) {
      return prices[level];
    }

    public long size(int level) {
      return sizes[level];
    }
  }
}
