package io.tradeflood.simulator.market;

/** Finds the last trade of a moment; belongs to one thread and remembers where it was. */
final class LastTrade {
  private static final long MINUTE = 60_000;

  private final Tape tape;
  private final MinuteTrades minute;
  private final MinuteTrades earlier;
  private long from = Long.MIN_VALUE;
  private long until = Long.MIN_VALUE;
  private long number = -1;
  private long price;
  private boolean sold;

  LastTrade(Tape tape) {
    this.tape = tape;
    this.minute = tape.reader();
    this.earlier = tape.reader();
  }

  /** Goes to the last trade up to the given moment, inclusive; false if there was none yet. */
  boolean seek(long time) {
    if (time < from || time >= until) {
      find(time);
    }
    return number >= 0;
  }

  private void find(long time) {
    long start = Math.floorDiv(time, MINUTE);
    if (start < tape.instrument().firstMinute()) {
      number = -1;
      from = time;
      until = tape.instrument().firstMinute() * MINUTE;
      return;
    }
    minute.load(start);
    int n = minute.countUntil(time);
    from = n == 0 ? start * MINUTE : minute.time(n - 1);
    until = n < minute.count() ? minute.time(n) : (start + 1) * MINUTE;
    long wanted = minute.id(n) - 1;
    if (n > 0) {
      take(minute, n - 1);
    } else if (wanted >= 0 && wanted != number) {
      earlier.load(tape.minuteOfTrade(wanted));
      take(earlier, (int) (wanted - earlier.id(0)));
    }
    number = wanted;
  }

  private void take(MinuteTrades trades, int i) {
    price = trades.price(i);
    sold = trades.sold(i);
  }

  /** The number of the trade. */
  long number() {
    return number;
  }

  long price() {
    return price;
  }

  boolean sold() {
    return sold;
  }
}
