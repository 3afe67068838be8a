package io.tradeflood.live;

import java.time.InstantSource;

/**
 * The time of a recording that is played instead of what happens. Where a service has one, it is
 * the time of all that is watched, so that what depends on it turns out as it did when it was
 * recorded.
 */
public interface PlayedTime extends InstantSource, Later {
  /**
   * Something begins that may ask for what the recording has. The time stands still until it asks,
   * or is done; and from each answer on until it asks again, or is done.
   *
   * @return to be run when it is done
   */
  Runnable begins();
}
