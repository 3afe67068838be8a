package io.tradeflood.simulator.market;

/**
 * The trades of one minute, oldest first. It is filled anew for each minute and belongs to one
 * thread; reading minutes in order costs least.
 */
public final class MinuteTrades {
  private static final long MINUTE = 60_000;
  private static final double BY_MINUTE = 1.0 / MINUTE;

  /** How far a price may stray from the straight line through its minute. */
  private static final double STRAY = 0.0006;

  private final Tape tape;
  private final PricePath path;
  private final Tape.Counter counter;
  private final double typicalSize;
  private final long[] time;
  private final long[] price;
  private final long[] size;
  private final boolean[] sold;
  private final int[] order;
  private final int[] fills;
  private int count;
  private long minute = Long.MIN_VALUE;
  private double priceAtEnd;
  private long tradesBeforeEnd;
  private long ordersBeforeEnd;
  private long firstTrade;
  private long firstOrder;

  MinuteTrades(Tape tape) {
    this.tape = tape;
    this.path = tape.path();
    this.counter = tape.counter();
    this.typicalSize = tape.instrument().typicalSize();
    int orders = tape.mostOrders();
    int most = orders + tape.mostFurtherFills();
    this.time = new long[most];
    this.price = new long[most];
    this.size = new long[most];
    this.sold = new boolean[most];
    this.order = new int[most];
    this.fills = new int[orders];
  }

  /** Fills this with the given minute, counted from 1970. */
  public MinuteTrades load(long wanted) {
    if (wanted == minute) {
      return this;
    }
    boolean next = wanted == minute + 1;
    double priceAtStart = next ? priceAtEnd : path.at(wanted);
    firstTrade = next ? tradesBeforeEnd : tape.tradesBefore(wanted);
    firstOrder = next ? ordersBeforeEnd : tape.ordersBefore(wanted);
    priceAtEnd = path.at(wanted + 1);
    ordersBeforeEnd = tape.ordersBefore(counter, wanted + 1);
    tradesBeforeEnd = ordersBeforeEnd + tape.furtherFillsBefore(counter, wanted + 1);
    minute = wanted;
    generate(priceAtStart);
    return this;
  }

  private void generate(double priceAtStart) {
    int orders = (int) (ordersBeforeEnd - firstOrder);
    count = (int) (tradesBeforeEnd - firstTrade);
    if (orders == 0) {
      return;
    }
    long key = Noise.of(tape.key(), minute);
    spreadFills(key, orders);
    long tick = tape.instrument().tick();
    double toTicks = tape.unitsPerQuote() / tick;
    double share = (double) MINUTE / orders;
    long start = minute * MINUTE;
    long previous = -1;
    long previousTicks = 0;
    boolean previousSold = false;
    int at = 0;
    for (int o = 0; o < orders; o++) {
      long hash = Noise.of(key, o);
      boolean sweep = o > 0 && (hash & 7) == 0;
      boolean taken = sweep ? previousSold : (hash & 8) != 0;
      long offset = sweep ? previous : offset(o, share, hash, previous);
      double f = offset * BY_MINUTE;
      double stray = STRAY * Noise.signed(hash << 16) * 4 * f * (1 - f);
      double fair = priceAtStart + (priceAtEnd - priceAtStart) * f + priceAtStart * stray;
      long ticks =
          sweep
              ? previousTicks + (taken ? -1 : 1)
              : (long) Math.floor(fair * toTicks) + (taken ? 0 : 1);
      ticks = Math.max(ticks, sweep && taken ? 1 : 2);
      if (sweep && ticks == previousTicks) {
        offset = offset(o, share, hash, previous);
      }
      for (int fill = fills[o]; fill > 0; fill--) {
        time[at] = start + offset;
        price[at] = ticks * tick;
        size[at] = size(Noise.of(hash, fill));
        sold[at] = taken;
        order[at] = o;
        at++;
      }
      previous = offset;
      previousTicks = ticks;
      previousSold = taken;
    }
  }

  /** Each order has at least one fill; the further ones fall where they fall. */
  private void spreadFills(long key, int orders) {
    for (int o = 0; o < orders; o++) {
      fills[o] = 1;
    }
    for (int i = count - orders; i > 0; i--) {
      fills[Noise.below(Noise.of(~key, i), orders)]++;
    }
  }

  /**
   * A moment in the order's own share of the minute, so that orders stay in order; never the same
   * twice.
   */
  private static long offset(int o, double share, long hash, long previous) {
    double within = (hash >>> 8 & 0xFFFFF) * 0x1.0p-20;
    return Math.max((long) ((o + within) * share), previous + 1);
  }

  private long size(long hash) {
    double u = Noise.unit(hash);
    return 1 + (long) (typicalSize * (0.02 + 4 * u * u * u));
  }

  /** The minute this is filled with. */
  public long minute() {
    return minute;
  }

  /** The number of trades in the minute. */
  public int count() {
    return count;
  }

  /** The number of the trade in the whole tape, from 0 at the listing. */
  public long id(int i) {
    return firstTrade + i;
  }

  /**
   * The number of the order that traded: trades of one order have the same price, side and time.
   */
  public long order(int i) {
    return firstOrder + order[i];
  }

  /** Milliseconds since 1970. */
  public long time(int i) {
    return time[i];
  }

  public long price(int i) {
    return price[i];
  }

  public long size(int i) {
    return size[i];
  }

  /** Whether the taker sold, that is: the buyer was the maker. */
  public boolean sold(int i) {
    return sold[i];
  }

  /** The number of trades up to the given moment, inclusive. */
  int countUntil(long until) {
    int n = count;
    while (n > 0 && time[n - 1] > until) {
      n--;
    }
    return n;
  }
}
