package io.tradeflood.proxyter.probe;

import java.util.concurrent.TimeUnit;

/**
 * How long it is worth waiting for probes that run side by side. Only time in which this machine
 * worked counts: while it stood still, those who are silent may have spoken. Of one thread.
 */
final class Patience {
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(5);

  /** Once some way has served, silence says something soon. */
  private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(800);

  private static final int TIMES_THE_QUICKEST = 8;

  /** Who looks every few milliseconds and finds that more have passed was kept from it. */
  private static final long MOST_AT_ONCE = TimeUnit.MILLISECONDS.toNanos(20);

  private long last;
  private long spent;
  private long lost;
  private long end = LONGEST;

  /**
   * @param nanos now, of a time that only goes on
   */
  Patience(long nanos) {
    last = nanos;
  }

  /** Looks at the time again; whether to wait on. */
  boolean lasts(long nanos) {
    long passed = nanos - last;
    long counted = Math.min(passed, MOST_AT_ONCE);
    last = nanos;
    spent += counted;
    lost += passed - counted;
    return spent < end;
  }

  /** A way like those that are waited for has served. */
  void served() {
    end = Math.min(end, spent + Math.max(MOMENT, TIMES_THE_QUICKEST * spent));
  }

  /** Whether this machine stood still for the greater part, so that silence says nothing. */
  boolean isLost() {
    return lost > spent;
  }
}
