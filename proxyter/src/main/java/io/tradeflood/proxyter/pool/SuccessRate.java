package io.tradeflood.proxyter.pool;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The part of recent outcomes that were good. What is not tried is forgiven with time, so that a
 * proxy which is avoided for its failures is not avoided for ever. Value and time are one number.
 */
final class SuccessRate {
  /** How long an outcome is remembered, roughly so many outcomes. */
  private static final double MEMORY = 20;

  private static final double FORGIVING_MILLIS = 10_000;
  private static final double ONE = 0x7fff_ffffL;

  /** What is missing to 1 in the upper half, the time in milliseconds, cut to 32 bits, below. */
  private final AtomicLong state = new AtomicLong();

  void add(boolean good, long now) {
    while (true) {
      long before = state.get();
      double missing = missing(before, now);
      double after = missing + ((good ? 0 : 1) - missing) / MEMORY;
      if (state.compareAndSet(before, Math.round(after * ONE) << 32 | now & 0xffffffffL)) return;
    }
  }

  double at(long now) {
    return 1 - missing(state.get(), now);
  }

  /** Value and time as they are; what {@link #restore} takes. */
  long packed() {
    return state.get();
  }

  void restore(long packed) {
    state.set(packed);
  }

  private static double missing(long packed, long now) {
    if (packed >>> 32 == 0) return 0;
    int elapsed = Math.max(0, (int) (now - packed));
    return (packed >>> 32) / ONE * Math.exp(-elapsed / FORGIVING_MILLIS);
  }
}
