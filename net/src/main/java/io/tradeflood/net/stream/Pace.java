package io.tradeflood.net.stream;

/** Spreads what is sent over the window in which the exchange counts. Belongs to one thread. */
final class Pace {
  private final long apart;
  private long nextAt;

  Pace(StreamLimits.Rate rate) {
    apart = rate.window().toNanos() / rate.most();
  }

  /** How long until something may be sent, in nanoseconds; 0 for now. */
  long waitFor(long now) {
    return Math.max(0, nextAt - now);
  }

  /** Something is sent. */
  void sent(long now) {
    nextAt = Math.max(nextAt, now) + apart;
  }
}
