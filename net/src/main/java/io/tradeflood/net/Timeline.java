package io.tradeflood.net;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time by which limits are kept: nanoseconds that never jump, whatever is done to the machine's
 * clock. The clock serves to write moments down.
 */
interface Timeline {
  /** Nanoseconds since some moment, not negative. */
  long nanos();

  /** The present moment, UTC. */
  Instant instant();

  /** Waits. */
  void sleep(long nanos) throws InterruptedException;

  /** The moment that lies so many nanoseconds ahead, UTC. */
  default Instant in(long nanos) {
    return instant().plusNanos(nanos);
  }

  /** This machine's. */
  static Timeline of(InstantSource clock) {
    long origin = System.nanoTime();
    return new Timeline() {
      @Override
      public long nanos() {
        return System.nanoTime() - origin;
      }

      @Override
      public Instant instant() {
        return clock.instant();
      }

      @Override
      public void sleep(long nanos) throws InterruptedException {
        Thread.sleep(Duration.ofNanos(nanos));
      }
    };
  }
}
