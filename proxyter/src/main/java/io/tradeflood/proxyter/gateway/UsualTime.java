package io.tradeflood.proxyter.gateway;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What most set-ups of a route stay below: an estimate of the 95th percentile that goes up by much
 * when one takes longer and down by little when one does not.
 */
final class UsualTime {
  private static final double STEP = 0.02;
  private static final double PART = 0.95;

  private final AtomicLong micros = new AtomicLong();

  /** A set-up took so long; a change that another thread overtakes is lost, which does no harm. */
  void add(long nanos) {
    long seen = Math.max(1, nanos / 1_000);
    long before = micros.get();
    double after =
        before == 0
            ? seen
            : seen > before ? before * (1 + STEP * PART) + 1 : before * (1 - STEP * (1 - PART));
    micros.lazySet(Math.round(after));
  }

  long nanos() {
    return micros.get() * 1_000;
  }
}
