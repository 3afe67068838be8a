package io.tradeflood.simulator.market;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/**
 * All trades of one instrument from its listing on. Trades are numbered from 0 without holes, and
 * so are the orders behind them (an exchange's aggregate trades); a number leads to its trade and a
 * moment to its number without counting.
 */
public final class Tape {
  private static final long MINUTE = 60_000;

  private final Instrument instrument;
  private final long key;
  private final Tally orders;
  private final Tally furtherFills;
  private final Supplier<PricePath> path;
  private final double unitsPerQuote;
  private final long firstMinute;
  private final long endMinute;
  private final long ordersAtStart;
  private final long tradesAtStart;

  Tape(Instrument instrument, long key, Supplier<PricePath> path) {
    this.instrument = instrument;
    this.key = key;
    this.orders = instrument.activity().orders(Noise.of(key, 11));
    this.furtherFills = instrument.activity().furtherFills(Noise.of(key, 12));
    this.path = path;
    this.unitsPerQuote = powerOfTen(instrument.priceScale());
    this.firstMinute = instrument.firstMinute();
    this.endMinute = instrument.endMinute();
    this.ordersAtStart = orders.before(instrument.firstMinute());
    this.tradesAtStart = ordersAtStart + furtherFills.before(instrument.firstMinute());
  }

  public Instrument instrument() {
    return instrument;
  }

  /** A reader of single minutes, for one thread. */
  public MinuteTrades reader() {
    return new MinuteTrades(this);
  }

  /** Walks along the trades after the given moment. */
  public TradeCursor after(long time) {
    return new TradeCursor(this, time);
  }

  /**
   * The trades from one number to another, both inclusive and counted from 0, with {@code first} as
   * the number of the very first one.
   */
  List<Trade> trades(long from, long to, long first) {
    List<Trade> trades = new ArrayList<>();
    if (from <= to) {
      TradeCursor cursor = new TradeCursor(this, from, minuteOfTrade(from));
      for (long id = from; id <= to && cursor.time() < Long.MAX_VALUE; id++) {
        trades.add(cursor.trade(first));
        cursor.advance();
      }
    }
    return trades;
  }

  /** The number of trades up to the given moment, inclusive. */
  public long tradesUntil(long now) {
    MinuteTrades trades = reader();
    long minute = lastMinute(now);
    if (minute < instrument.firstMinute()) {
      return 0;
    }
    trades.load(minute);
    return trades.id(trades.countUntil(now));
  }

  /** The number of the first trade at or after the given moment; it may not have happened yet. */
  public long firstTradeFrom(long time) {
    return tradesUntil(time - 1);
  }

  /** The number of orders that traded up to the given moment, inclusive. */
  public long ordersUntil(long now) {
    long minute = lastMinute(now);
    if (minute < instrument.firstMinute()) {
      return 0;
    }
    MinuteTrades trades = reader().load(minute);
    int n = trades.countUntil(now);
    return n == 0 ? ordersBefore(minute) : trades.order(n - 1) + 1;
  }

  /** The minute of the trade with the given number. */
  public long minuteOfTrade(long id) {
    return search(id, this::tradesBefore);
  }

  /** The minute of the order with the given number. */
  public long minuteOfOrder(long id) {
    return search(id, this::ordersBefore);
  }

  /** The greatest minute that starts with at most {@code id} things behind it. */
  private long search(long id, LongUnaryOperator before) {
    if (id < 0) {
      throw new IllegalArgumentException("A trade number must not be below 0, was " + id);
    }
    long low = instrument.firstMinute();
    long high = low + 1;
    while (high < instrument.endMinute() && before.applyAsLong(high) <= id) {
      high = Math.min(instrument.endMinute(), low + 2 * (high - low));
    }
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (before.applyAsLong(middle) <= id) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The price of the last trade before the given moment; 0 if there was none. */
  long lastPriceBefore(long time) {
    long trades = tradesUntil(time - 1);
    if (trades == 0) {
      return 0;
    }
    MinuteTrades minute = reader().load(minuteOfTrade(trades - 1));
    return minute.price((int) (trades - 1 - minute.id(0)));
  }

  private long lastMinute(long now) {
    return Math.min(Math.floorDiv(now, MINUTE), instrument.endMinute() - 1);
  }

  long tradesBefore(long minute) {
    long at = clamp(minute);
    return orders.before(at) + furtherFills.before(at) - tradesAtStart;
  }

  long ordersBefore(long minute) {
    return orders.before(clamp(minute)) - ordersAtStart;
  }

  /** Remembers the hour that was counted last; for one thread. */
  final class Counter {
    private Tally.Hour orderHour = orders.hour(0);
    private Tally.Hour fillHour = furtherFills.hour(0);

    private void enter(long minute) {
      if (!orderHour.has(minute)) {
        orderHour = orders.hour(minute);
        fillHour = furtherFills.hour(minute);
      }
    }
  }

  Counter counter() {
    return new Counter();
  }

  long ordersBefore(Counter counter, long minute) {
    long at = clamp(minute);
    counter.enter(at);
    return orders.before(counter.orderHour, at) - ordersAtStart;
  }

  long furtherFillsBefore(Counter counter, long minute) {
    long at = clamp(minute);
    counter.enter(at);
    return furtherFills.before(counter.fillHour, at) - (tradesAtStart - ordersAtStart);
  }

  private long clamp(long minute) {
    return Math.clamp(minute, firstMinute, endMinute);
  }

  int mostOrders() {
    return orders.most();
  }

  int mostFurtherFills() {
    return furtherFills.most();
  }

  long key() {
    return key;
  }

  PricePath path() {
    return path.get();
  }

  double unitsPerQuote() {
    return unitsPerQuote;
  }

  private static double powerOfTen(int exponent) {
    double power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }
}
