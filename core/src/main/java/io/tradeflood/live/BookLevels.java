package io.tradeflood.live;

/**
 * A book's levels as they are now, without a copy: best first on each side. For a moment only; who
 * reads it must keep the book from changing meanwhile, as a {@link BookChecksum} need not.
 */
public interface BookLevels {
  /** How many levels there are of who buys. */
  int bids();

  /** How many levels there are of who sells. */
  int asks();

  /** A price without its point, see {@link BookUpdate}. */
  long price(boolean bid, int level);

  /** How many digits of the price stand behind the point, as the exchange wrote it. */
  int priceScale(boolean bid, int level);

  /** A size without its point. */
  long size(boolean bid, int level);

  /** How many digits of the size stand behind the point, as the exchange wrote it. */
  int sizeScale(boolean bid, int level);
}
