package io.tradeflood.net;

import java.time.Instant;

/**
 * A thread on which all work of some streams is done, one piece after the other, and its time. What
 * it does must not block.
 */
public interface StreamLoop {
  /** Does it soon, after what was handed in before. Safe to call from any thread. */
  void execute(Runnable work);

  /** Does it after so many nanoseconds. To be called on this thread. */
  Timer schedule(long nanos, Runnable work);

  /**
   * Something is handed out that somebody takes on another thread. A loop that can wait does
   * nothing else before, so that what comes next is told behind what came first; a network does not
   * wait. To be called on this thread.
   *
   * @return to be run on this thread when it is taken, or not wanted any more; again does no harm
   */
  default Runnable handsOut() {
    return () -> {};
  }

  /** Nanoseconds since some moment, not negative. */
  long nanos();

  /** The present moment, UTC. */
  Instant instant();

  /** Work that waits for its time. */
  interface Timer {
    /** It is not done any more, unless it was done already. To be called on the loop's thread. */
    void cancel();
  }
}
