package io.tradeflood.simulator.market;

/**
 * Reads the books of one instrument and what changes between them; belongs to one thread and costs
 * least when it is asked in order.
 */
public final class BookReader {
  private final BookGrid grid;
  private final LastTrade last;
  private final Prices candidates = new Prices();
  private final long stride;
  private long latest = Long.MIN_VALUE;
  private Ends latestEnds = Ends.NONE;

  BookReader(Tape tape, BookGrid grid, long stride) {
    this.grid = grid;
    this.stride = stride;
    this.last = new LastTrade(tape);
  }

  /**
   * The ends of a book.
   *
   * @param trade the number of the last trade
   * @param low the lowest cell
   * @param high the cell above the highest one
   */
  private record Ends(boolean open, long trade, long bid, long ask, long low, long high) {
    static final Ends NONE = new Ends(false, 0, 0, 0, 0, 0);

    /** Whether a price is on a side, with a size or without. */
    boolean has(boolean bids, long price) {
      return open && (bids ? price <= bid : price >= ask);
    }

    /** The size at a price that is on a side. */
    long size(BookGrid grid, boolean bids, long price, long cell, long inCell, long step) {
      if (price == (bids ? bid : ask)) {
        return grid.bestSize(bids, trade, step);
      }
      return (bids ? cell >= low : cell < high) ? inCell : 0;
    }
  }

  private Ends ends(long step) {
    long time = step * OrderBooks.STEP;
    if (!grid.tradedAt(time) || !last.seek(time)) {
      return Ends.NONE;
    }
    long price = last.price() / grid.tick();
    long spread = grid.spread(last.number() + 1);
    long ask = last.sold() ? price + spread : price;
    long bid = last.sold() ? price : Math.max(1, price - spread);
    return new Ends(true, last.number(), bid, ask, grid.lowEnd(bid), grid.highEnd(ask));
  }

  /** The book after the given update with at most {@code depth} levels a side. */
  public OrderBook book(long updateId, int depth) {
    long step = Math.floorDiv(updateId, stride);
    Ends ends = ends(step);
    OrderBook.Side bids = new OrderBook.Side();
    OrderBook.Side asks = new OrderBook.Side();
    if (ends.open && depth > 0) {
      bids.add(ends.bid * grid.tick(), grid.bestSize(true, ends.trade, step));
      for (long cell = BookGrid.cell(ends.bid); cell >= ends.low && bids.depth() < depth; ) {
        addIf(grid.price(cell) < ends.bid, cell, step, bids);
        cell = BookGrid.previous(cell);
        if (cell == 0) {
          break;
        }
      }
      asks.add(ends.ask * grid.tick(), grid.bestSize(false, ends.trade, step));
      for (long cell = BookGrid.cell(ends.ask); cell < ends.high && asks.depth() < depth; ) {
        addIf(grid.price(cell) > ends.ask, cell, step, asks);
        cell = BookGrid.next(cell);
      }
    }
    return new OrderBook(step * stride, step * OrderBooks.STEP, bids, asks);
  }

  private void addIf(boolean beyondTheBest, long cell, long step, OrderBook.Side side) {
    long size = beyondTheBest ? grid.size(cell, step) : 0;
    if (size > 0) {
      side.add(grid.price(cell) * grid.tick(), size);
    }
  }

  /**
   * What turns the book after one update into the book after a later one: each level that differs,
   * with its new size.
   */
  public OrderBook changes(long fromId, long toId) {
    long from = Math.floorDiv(fromId, stride);
    long to = Math.floorDiv(toId, stride);
    Ends before = from == latest ? latestEnds : ends(from);
    Ends after = ends(to);
    latest = to;
    latestEnds = after;
    candidates.clear();
    if (before.open || after.open) {
      gather(before, after, from, to);
    }
    candidates.sort();
    OrderBook.Side bids = new OrderBook.Side();
    OrderBook.Side asks = new OrderBook.Side();
    for (int i = candidates.size() - 1; i >= 0; i--) {
      tell(candidates.at(i), before, after, from, to, bids, true);
    }
    for (int i = 0; i < candidates.size(); i++) {
      tell(candidates.at(i), before, after, from, to, asks, false);
    }
    return new OrderBook(to * stride, to * OrderBooks.STEP, bids, asks);
  }

  /** Adds the new size at a price, if it is other than the old one. */
  private void tell(
      long price, Ends before, Ends after, long from, long to, OrderBook.Side side, boolean bid) {
    boolean there = before.has(bid, price);
    boolean here = after.has(bid, price);
    if (!there && !here) {
      return;
    }
    long cell = BookGrid.cell(price);
    boolean onGrid = grid.price(cell) == price;
    long oldEpoch = grid.epoch(cell, from);
    long newEpoch = grid.epoch(cell, to);
    long inCell = onGrid ? grid.sizeIn(cell, oldEpoch) : 0;
    long nowInCell = onGrid && newEpoch != oldEpoch ? grid.sizeIn(cell, newEpoch) : inCell;
    long old = there ? before.size(grid, bid, price, cell, inCell, from) : 0;
    long now = here ? after.size(grid, bid, price, cell, nowInCell, to) : 0;
    if (now != old) {
      side.add(price * grid.tick(), now);
    }
  }

  /** Every price at which the two books can differ. */
  private void gather(Ends before, Ends after, long from, long to) {
    if (!before.open || !after.open || to - from >= grid.life()) {
      every(before);
      every(after);
      return;
    }
    long low = Math.min(before.low, after.low);
    long high = Math.max(before.high, after.high);
    for (long step = from + 1; step <= to; step++) {
      grid.changing(low, high, step, candidates);
    }
    bests(before);
    bests(after);
    if (before.trade != after.trade) {
      long top = Math.max(before.ask, after.ask);
      grid.all(BookGrid.cell(Math.min(before.bid, after.bid)), top + 1, candidates);
      grid.all(low, Math.max(before.low, after.low), candidates);
      grid.all(Math.min(before.high, after.high), high, candidates);
    }
  }

  private void every(Ends ends) {
    if (ends.open) {
      bests(ends);
      grid.all(ends.low, ends.high, candidates);
    }
  }

  private void bests(Ends ends) {
    candidates.add(ends.bid);
    candidates.add(ends.ask);
  }
}
