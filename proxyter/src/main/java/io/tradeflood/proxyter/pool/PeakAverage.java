package io.tradeflood.proxyter.pool;

import java.util.concurrent.atomic.AtomicLong;

/**
 * An average of durations that jumps up at once and comes down slowly: after the time constant, by
 * two thirds of the way. Safe for many threads; the value and its time are one number, so no reader
 * sees half of a change.
 */
final class PeakAverage {
  /**
   * Value in the upper half in microseconds, time in the lower half in milliseconds, cut to 32
   * bits.
   */
  private final AtomicLong state = new AtomicLong();

  private final double constantMillis;

  PeakAverage(long constantMillis) {
    this.constantMillis = constantMillis;
  }

  /** Adds a duration in nanoseconds, seen at the time in milliseconds. */
  void add(long nanos, long now) {
    long micros = Math.min(Math.max(nanos / 1_000, 1), Integer.MAX_VALUE);
    while (true) {
      long before = state.get();
      double old = at(before);
      double fresh = micros >= old ? micros : old + (micros - old) * (1 - decay(before, now));
      long after = Math.round(fresh) << 32 | now & 0xffffffffL;
      if (state.compareAndSet(before, after)) return;
    }
  }

  /**
   * The average in microseconds, coming down while nothing is added; 0 before the first duration.
   */
  double micros(long now) {
    long packed = state.get();
    return at(packed) * decay(packed, now);
  }

  /** Value and time as they are; what {@link #restore} takes. */
  long packed() {
    return state.get();
  }

  void restore(long packed) {
    state.set(packed);
  }

  private static double at(long packed) {
    return packed >>> 32;
  }

  private double decay(long packed, long now) {
    int elapsed = Math.max(0, (int) (now - packed));
    return Math.exp(-elapsed / constantMillis);
  }
}
