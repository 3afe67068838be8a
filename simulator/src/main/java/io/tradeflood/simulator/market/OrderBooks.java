package io.tradeflood.simulator.market;

/**
 * The order books of one instrument: a pure function of the instrument and of the number of the
 * update, so that the book of any moment, and what changed between any two, can be had at once.
 *
 * <p>A book changes in steps of {@value #STEP} ms, and the number of the step, times {@link
 * Venue#updateStride}, is the number of the update. The best prices lie at and beside the last
 * trade, so that it is never outside them. The other levels lie on a grid that is about as fine in
 * proportion at every price; the size of each lasts for a while and then changes, and now and then
 * it is nothing.
 */
public final class OrderBooks {
  /** The milliseconds from one update to the next. */
  public static final long STEP = 25;

  private final Tape tape;
  private final BookGrid grid;
  private final long stride;

  OrderBooks(Tape tape, long key) {
    this.tape = tape;
    this.grid = new BookGrid(tape.instrument(), key);
    this.stride = tape.instrument().venue().updateStride();
  }

  /** By how much the number of an update is above that of the one before. */
  public long stride() {
    return stride;
  }

  /** The number of the update that is the newest at the given moment. */
  public long updateId(long now) {
    return Math.floorDiv(now, STEP) * stride;
  }

  /**
   * The book at the given moment with at most {@code depth} levels a side; empty when there is no
   * trading.
   */
  public OrderBook at(long now, int depth) {
    return book(updateId(now), depth);
  }

  /** The whole book after the given update. */
  public OrderBook book(long updateId) {
    return book(updateId, Integer.MAX_VALUE);
  }

  /** The book after the given update with at most {@code depth} levels a side. */
  public OrderBook book(long updateId, int depth) {
    return reader().book(updateId, depth);
  }

  /** A reader that costs least when it is asked in order; for one thread. */
  public BookReader reader() {
    return new BookReader(tape, grid, stride);
  }
}
