package io.tradeflood.simulator.market;

import java.util.Arrays;

/**
 * The order books of one instrument. The best prices lie at and beside the last trade, so that it
 * is never outside them; each level further off is a function of its price and of time, so that two
 * books shortly after each other have most in common.
 */
public final class OrderBooks {
  /** A book changes ten times a second. */
  private static final long TICK = 100;

  private static final int UPDATES_A_TICK = 4;

  /** Every level keeps its size for this many ticks. */
  private static final long LEVEL_LIFE = 64;

  private static final int DENSE_LEVELS = 8;

  private final Tape tape;
  private final long key;

  OrderBooks(Tape tape, long key) {
    this.tape = tape;
    this.key = key;
  }

  /**
   * The book at the given moment with at most {@code depth} levels a side; empty when there is no
   * trading.
   */
  public OrderBook at(long now, int depth) {
    long tick = now / TICK;
    long id = tick * UPDATES_A_TICK;
    long trades = tape.tradesUntil(now);
    if (trades == 0 || !tape.instrument().tradedAt(now)) {
      OrderBook.Side nothing = new OrderBook.Side(new long[0], new long[0]);
      return new OrderBook(id, tick * TICK, nothing, nothing);
    }
    MinuteTrades minute = tape.reader().load(tape.minuteOfTrade(trades - 1));
    int last = (int) (trades - 1 - minute.id(0));
    long step = tape.instrument().tick();
    long price = minute.price(last);
    long spread = step * (1 + (Noise.of(key, trades) >>> 1) % 3);
    long bid = minute.sold(last) ? price : Math.max(step, price - spread);
    long ask = minute.sold(last) ? price + spread : price;
    return new OrderBook(
        id,
        tick * TICK,
        side(Math.min(bid, ask - step), -step, tick, depth),
        side(ask, step, tick, depth));
  }

  private OrderBook.Side side(long best, long step, long tick, int depth) {
    long[] prices = new long[depth];
    long[] sizes = new long[depth];
    int n = 0;
    int distance = 0;
    for (long price = best; n < depth && price > 0; price += step) {
      long of = Noise.of(key, price);
      if (distance++ < DENSE_LEVELS || (of & 3) != 0) {
        prices[n] = price;
        sizes[n] = size(of, tick);
        n++;
      }
    }
    return n == depth
        ? new OrderBook.Side(prices, sizes)
        : new OrderBook.Side(Arrays.copyOf(prices, n), Arrays.copyOf(sizes, n));
  }

  private long size(long of, long tick) {
    long phase = (of >>> 8) % LEVEL_LIFE;
    double u = Noise.unit(Noise.of(of, (tick + phase) / LEVEL_LIFE));
    return 1 + (long) (tape.instrument().typicalSize() * (0.1 + 8 * u * u * u));
  }
}
