package io.tradeflood.simulator.market;

/** Walks along the trades of one instrument, oldest first; for one thread. */
public final class TradeCursor {
  private static final long MINUTE = 60_000;

  private final Tape tape;
  private final MinuteTrades minute;
  private int index;

  /** Before the first trade after the given moment. */
  TradeCursor(Tape tape, long after) {
    this.tape = tape;
    this.minute = tape.reader();
    long start = Math.max(Math.floorDiv(after, MINUTE), tape.instrument().firstMinute());
    minute.load(start);
    index = minute.countUntil(after);
    settle();
  }

  /** Before the trade with the given number, counted from 0. */
  TradeCursor(Tape tape, long id, long minuteOfTrade) {
    this.tape = tape;
    this.minute = tape.reader().load(minuteOfTrade);
    this.index = (int) (id - minute.id(0));
  }

  private void settle() {
    while (index >= minute.count() && minute.minute() + 1 < tape.instrument().endMinute()) {
      minute.load(minute.minute() + 1);
      index = 0;
    }
  }

  /** The moment of the trade that comes next; beyond all time if no more will come. */
  public long time() {
    return index < minute.count() ? minute.time(index) : Long.MAX_VALUE;
  }

  /** The trade that comes next, with {@code first} as the number of the very first one. */
  public Trade trade(long first) {
    return new Trade(
        first + minute.id(index),
        minute.order(index),
        minute.time(index),
        minute.price(index),
        minute.size(index),
        minute.sold(index));
  }

  /** Whether the trade that comes next has the same order as the given one. */
  public boolean continues(Trade trade) {
    return index < minute.count() && minute.order(index) == trade.order();
  }

  /** Goes on to the next one. */
  public void advance() {
    index++;
    settle();
  }
}
