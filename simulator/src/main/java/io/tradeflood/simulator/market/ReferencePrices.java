package io.tradeflood.simulator.market;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The prices that nobody trades at: the index (the price in the world), the mark (the index plus
 * the contract's premium) and the premium itself. They are sampled at full seconds, the premium
 * every five.
 */
public final class ReferencePrices {
  /** The decimals of every reference price. */
  public static final int SCALE = 8;

  private static final double UNITS = 1e8;
  private static final double STRAY = 0.0003;
  private static final double A_SIXTIETH = 1 / 60.0;

  private final Instrument instrument;
  private final long key;
  private final Supplier<PricePath> path;
  private final Map<Of, Pyramid<ReferenceBar>> pyramids = new EnumMap<>(Of.class);

  /** Which price. */
  public enum Of {
    INDEX(1),
    MARK(1),
    PREMIUM(5);

    private final int seconds;

    Of(int seconds) {
      this.seconds = seconds;
    }
  }

  ReferencePrices(Instrument instrument, long key, Supplier<PricePath> path) {
    this.instrument = instrument;
    this.key = key;
    this.path = path;
    for (Of of : Of.values()) {
      pyramids.put(of, new Pyramid<>());
    }
  }

  /** The newest sample at the given moment, in units of {@link #SCALE}. */
  public long at(Of of, long time) {
    return units(
        new Sampler(of).sample(Math.floorDiv(time, Grid.SECOND * of.seconds) * of.seconds));
  }

  private static long units(double price) {
    return Math.round(price * UNITS);
  }

  /** The same as a plain number. */
  public double value(Of of, long time) {
    return at(of, time) / UNITS;
  }

  /**
   * Tells the candles that start from {@code first} to {@code last}, inclusive, oldest first,
   * within the life of the instrument; the one of {@code now} has the samples up to now.
   */
  public void tell(Of of, Grid grid, long first, long last, long now, Consumer<ReferenceBar> sink) {
    long listed = instrument.listed().toEpochMilli();
    long end = Math.min(now + 1, instrument.endMinute() * Grid.MINUTE);
    Sampler sampler = new Sampler(of);
    Pyramid<ReferenceBar> pyramid = pyramids.getOrDefault(of, new Pyramid<>());
    long open = Math.max(grid.ceiling(first), grid.floor(listed));
    while (open <= last && open < end) {
      long next = grid.next(open);
      long from = Math.max(open, listed);
      sink.accept(pyramid.between(sampler, from, Math.min(next, end)).at(open));
      open = next;
    }
  }

  /** Reads samples in order; for one thread. */
  private final class Sampler implements Pyramid.Source<ReferenceBar> {
    private final Of of;
    private final PricePath prices = path.get();
    private long minute = Long.MIN_VALUE;
    private double indexAtStart;
    private double indexAtEnd;
    private double premiumAtStart;
    private double premiumAtEnd;

    Sampler(Of of) {
      this.of = of;
    }

    @Override
    public ReferenceBar gather(long from, long to) {
      long step = of.seconds;
      long second = Math.floorDiv(from, Grid.SECOND * step) * step;
      double open = sample(second);
      double high = open;
      double low = open;
      double close = open;
      int samples = 1;
      for (second += step; second * Grid.SECOND < to; second += step) {
        close = sample(second);
        high = Math.max(high, close);
        low = Math.min(low, close);
        samples++;
      }
      return new ReferenceBar(from, units(open), units(high), units(low), units(close), samples);
    }

    @Override
    public ReferenceBar join(ReferenceBar earlier, ReferenceBar later) {
      return earlier.then(later);
    }

    private double sample(long second) {
      enter(Math.floorDiv(second, 60));
      double f = (second - minute * 60) * A_SIXTIETH;
      return switch (of) {
        case INDEX -> index(second, f);
        case MARK -> index(second, f) * (1 + premium(f));
        case PREMIUM -> premium(f);
      };
    }

    private double index(long second, double f) {
      double stray = STRAY * Noise.signed(Noise.of(key, second)) * 4 * f * (1 - f);
      return indexAtStart + (indexAtEnd - indexAtStart) * f + indexAtStart * stray;
    }

    private double premium(double f) {
      return premiumAtStart + (premiumAtEnd - premiumAtStart) * f;
    }

    private void enter(long wanted) {
      if (wanted == minute) {
        return;
      }
      boolean next = wanted == minute + 1;
      minute = wanted;
      indexAtStart = next ? indexAtEnd : prices.world(wanted);
      premiumAtStart = next ? premiumAtEnd : prices.premium(wanted);
      indexAtEnd = prices.world(wanted + 1);
      premiumAtEnd = prices.premium(wanted + 1);
    }
  }
}
