package io.tradeflood.net;

import java.util.concurrent.atomic.AtomicLong;

/** Keeps a connector from asking by a route on which the exchange has banned it. */
final class Shutter {
  private final AtomicLong until = new AtomicLong();

  /** Nothing more until then, by the timeline. */
  void shut(long nanos) {
    until.accumulateAndGet(nanos, Math::max);
  }

  /** How long it is still shut, in nanoseconds; 0 if it is open. */
  long shutFor(long now) {
    return Math.max(0, until.get() - now);
  }
}
