package io.tradeflood.proxyter.gateway;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often something took how long, in buckets; added to by any thread, for the price of two sums.
 */
final class Durations {
  /** The upper ends of the buckets but the last, which has none. */
  private static final long[] MICROS = {
    500,
    1_000,
    2_500,
    5_000,
    10_000,
    25_000,
    50_000,
    100_000,
    250_000,
    500_000,
    1_000_000,
    2_500_000,
    5_000_000,
    10_000_000
  };

  private final LongAdder[] counts = new LongAdder[MICROS.length + 1];
  private final LongAdder nanos = new LongAdder();

  Durations() {
    for (int i = 0; i < counts.length; i++) counts[i] = new LongAdder();
  }

  void add(long elapsed) {
    long micros = elapsed / 1_000;
    int bucket = 0;
    while (bucket < MICROS.length && micros > MICROS[bucket]) bucket++;
    counts[bucket].increment();
    nanos.add(elapsed);
  }

  GatewayStats.Spread spread() {
    double[] ends = new double[counts.length];
    long[] sums = new long[counts.length];
    for (int i = 0; i < counts.length; i++) {
      ends[i] = i < MICROS.length ? MICROS[i] / 1e6 : Double.POSITIVE_INFINITY;
      sums[i] = counts[i].sum();
    }
    return new GatewayStats.Spread(ends, sums, nanos.sum() / (double) TimeUnit.SECONDS.toNanos(1));
  }
}
