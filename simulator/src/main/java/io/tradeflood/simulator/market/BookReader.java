package io.tradeflood.simulator.market;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the books of one instrument and what changes between them; belongs to one thread and costs
 * least when it is asked in order.
 */
public final class BookReader {
  private final BookGrid grid;
  private final LastTrade last;
  private final Prices candidates = new Prices();
  private final List<Between> between = new ArrayList<>();
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

  /** The ends of a book between two updates. */
  private record Between(long step, Ends ends) {}

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
   * What turns the book after one update, or any book between, into the book after a later one:
   * each level that changed, with its new size, though it may be the old one again. Who begins with
   * a book from between goes on by it as well.
   */
  public OrderBook changes(long fromId, long toId) {
    long from = Math.floorDiv(fromId, stride);
    long to = Math.floorDiv(toId, stride);
    Ends before = from == latest ? latestEnds : ends(from);
    between.clear();
    for (long step = from + 1; step < to && to - from < grid.life(); step++)
      between.add(new Between(step, ends(step)));
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
    boolean was = false;
    for (Between at : between) was |= at.ends.has(bid, price);
    if (!there && !here && !was) {
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
    boolean changed = now != old;
    for (int i = 0; i < between.size() && !changed; i++) {
      Between at = between.get(i);
      long inside = onGrid ? grid.sizeIn(cell, grid.epoch(cell, at.step)) : 0;
      changed =
          old
              != (at.ends.has(bid, price)
                  ? at.ends.size(grid, bid, price, cell, inside, at.step)
                  : 0);
    }
    if (changed) {
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
    long bottom = Math.max(before.low, after.low);
    long ceiling = Math.min(before.high, after.high);
    long bid = Math.min(before.bid, after.bid);
    long ask = Math.max(before.ask, after.ask);
    boolean traded = before.trade != after.trade;
    for (Between at : between) {
      if (!at.ends.open) continue;
      low = Math.min(low, at.ends.low);
      high = Math.max(high, at.ends.high);
      bottom = Math.max(bottom, at.ends.low);
      ceiling = Math.min(ceiling, at.ends.high);
      bid = Math.min(bid, at.ends.bid);
      ask = Math.max(ask, at.ends.ask);
      traded |= at.ends.trade != before.trade;
      bests(at.ends);
    }
    for (long step = from + 1; step <= to; step++) {
      grid.changing(low, high, step, candidates);
    }
    bests(before);
    bests(after);
    if (traded) {
      grid.all(BookGrid.cell(bid), ask + 1, candidates);
      grid.all(low, bottom, candidates);
      grid.all(ceiling, high, candidates);
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
