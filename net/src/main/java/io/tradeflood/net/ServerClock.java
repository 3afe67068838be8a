package io.tradeflood.net;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What is known of an exchange's clock from the {@code Date} of its answers: not one offset but the
 * bounds between which it lies. An answer that says second D was made in it, or, since some servers
 * look at their clock only once a second, in the one after; and it was made between the moment when
 * the request left and the moment when the answer was here. Each answer narrows the bounds; answers
 * that contradict them begin anew.
 *
 * <p>Guarded by its own lock; calls nothing.
 */
final class ServerClock {
  private static final long SECOND = 1_000_000_000L;

  /** Windows shorter than this are kept without knowing where they begin. */
  static final Duration SHORTEST = Duration.ofSeconds(30);

  /** Between the clock that dates answers and the one that turns windows. */
  static final Duration MARGIN = Duration.ofMillis(500);

  /** Two clocks drift apart by so much a second at most. */
  private static final double DRIFT = 2e-4;

  private boolean known;

  /** Our time less the server's is at least this. */
  private long least;

  /** Our time less the server's is at most this. */
  private long most;

  private long heard;

  /**
   * An answer came.
   *
   * @param sent when the request left, by our time in nanoseconds
   * @param received when the answer was here, by our time in nanoseconds
   * @param date what it is dated, in seconds since 1970
   */
  synchronized void heard(long sent, long received, long date) {
    long atLeast = sent - (date + 2) * SECOND;
    long atMost = received - date * SECOND;
    long drift = known ? drift(received) : 0;
    boolean fits = known && atLeast <= most + drift && atMost >= least - drift;
    least = fits ? Math.max(least - drift, atLeast) : atLeast;
    most = fits ? Math.min(most + drift, atMost) : atMost;
    known = true;
    heard = Math.max(heard, received);
  }

  /**
   * When, by our time, the server's window has surely ended in which something was counted that was
   * done by then. Windows begin at multiples of their length since 1970. Empty while the clock is
   * not known, or if the window is too short to tell.
   */
  synchronized OptionalLong windowEnd(long now, Duration window) {
    if (!tells(window)) return OptionalLong.empty();
    long drift = drift(now);
    long latest = now - least + drift;
    long length = window.toNanos();
    return OptionalLong.of(
        (Math.floorDiv(latest, length) + 1) * length + most + drift + MARGIN.toNanos());
  }

  /**
   * When, by our time, it can be told again in which of the server's windows a request is counted.
   * Not later than {@code sent} if it can be told of one that leaves then and is answered at {@code
   * answered}, or if the clock is not known well enough for the question.
   */
  synchronized long certainAt(long sent, long answered, Duration window) {
    if (!tells(window)) return sent;
    long drift = drift(sent);
    long length = window.toNanos();
    long earliest = sent - most - drift;
    long latest = answered - least + drift;
    if (latest - earliest > length / 4) return sent;
    long begins = Math.floorDiv(latest, length) * length;
    return earliest < begins ? begins + most + drift : sent;
  }

  private boolean tells(Duration window) {
    return known && window.compareTo(SHORTEST) >= 0 && window.toNanosPart() == 0;
  }

  private long drift(long now) {
    return (long) (Math.max(0, now - heard) * DRIFT);
  }
}
