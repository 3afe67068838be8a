package io.tradeflood.simulator.market;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** The candles of one instrument: its trades, added up. */
public final class Bars {
  private final Tape tape;
  private final Supplier<QuoteRate> rates;
  private final Pyramid<Bar> pyramid = new Pyramid<>();

  Bars(Tape tape, Supplier<QuoteRate> rates) {
    this.tape = tape;
    this.rates = rates;
  }

  /** What a unit of the quote asset is worth in dollars, at a minute's start; for one thread. */
  interface QuoteRate {
    double at(long minute);
  }

  /**
   * All trades from one moment up to another, neither after {@code now}; the end is exclusive.
   * Without trades the bar is flat at the last price before.
   */
  public Bar between(long from, long to, long now) {
    return sum(new Adder(), from, to, now);
  }

  /**
   * Tells the candles that start from {@code first} to {@code last}, inclusive, oldest first.
   * Candles before the first trade, after the end of trading and after {@code now} do not exist;
   * the one of {@code now} has the trades up to now.
   */
  public void tell(Grid grid, long first, long last, long now, Consumer<Bar> sink) {
    if (tape.tradesUntil(now) == 0) {
      return;
    }
    long end = Math.min(last, lastOpen(grid, now));
    Adder adder = new Adder();
    for (long open = Math.max(grid.ceiling(first), firstOpen(grid)); open <= end; ) {
      long next = grid.next(open);
      Bar bar = sum(adder, open, next, now);
      adder.lastClose = bar.close();
      sink.accept(bar);
      open = next;
    }
  }

  /** The start of the very first candle: the one with the first trade. */
  public long firstOpen(Grid grid) {
    return grid.floor(tape.reader().load(tape.minuteOfTrade(0)).time(0));
  }

  /** The start of the candle of {@code now}, or of the last one of all. */
  public long lastOpen(Grid grid, long now) {
    long end = tape.instrument().endMinute() * Grid.MINUTE;
    return grid.floor(Math.min(now, end - 1));
  }

  private Bar sum(Adder adder, long from, long to, long now) {
    Instrument instrument = tape.instrument();
    long start = Math.max(from, instrument.listed().toEpochMilli());
    long end = Math.min(Math.min(to, now + 1), instrument.endMinute() * Grid.MINUTE);
    if (start < end) {
      Bar bar = pyramid.between(adder, start, end);
      if (bar.count() > 0) {
        return bar.at(from);
      }
    }
    long before = adder.lastClose > 0 ? adder.lastClose : tape.lastPriceBefore(from);
    return Bar.flat(from, before, tape.firstTradeFrom(Math.min(to, now + 1)));
  }

  /** Adds up trades minute by minute. */
  private final class Adder implements Pyramid.Source<Bar> {
    private final MinuteTrades trades = tape.reader();
    private final QuoteRate rate = rates.get();
    private long lastClose;
    private long open;
    private long high;
    private long low;
    private long close;
    private long volume;
    private long quoteVolume;
    private long takerVolume;
    private long takerQuoteVolume;
    private long dollarVolume;
    private int count;
    private long firstTrade;

    @Override
    public Bar gather(long from, long to) {
      count = 0;
      volume = 0;
      quoteVolume = 0;
      takerVolume = 0;
      takerQuoteVolume = 0;
      dollarVolume = 0;
      for (long minute = from / Grid.MINUTE; minute * Grid.MINUTE < to; minute++) {
        trades.load(minute);
        long quoteBefore = quoteVolume;
        for (int i = 0; i < trades.count(); i++) {
          if (trades.time(i) >= from && trades.time(i) < to) {
            add(i);
          }
        }
        long quoteNow = quoteVolume - quoteBefore;
        dollarVolume += quoteNow == 0 ? 0 : Math.round(quoteNow * rate.at(minute));
      }
      if (count == 0) {
        return Bar.flat(from, 0, 0);
      }
      return new Bar(
          from,
          open,
          high,
          low,
          close,
          volume,
          quoteVolume,
          takerVolume,
          takerQuoteVolume,
          dollarVolume,
          count,
          firstTrade);
    }

    private void add(int i) {
      long price = trades.price(i);
      long size = trades.size(i);
      long quote = tape.instrument().value(price, size);
      if (count == 0) {
        firstTrade = trades.id(i);
        open = price;
        high = price;
        low = price;
      } else {
        high = Math.max(high, price);
        low = Math.min(low, price);
      }
      close = price;
      volume += size;
      quoteVolume = Math.addExact(quoteVolume, quote);
      if (!trades.sold(i)) {
        takerVolume += size;
        takerQuoteVolume += quote;
      }
      count++;
    }

    @Override
    public Bar join(Bar earlier, Bar later) {
      return earlier.then(later);
    }
  }
}
