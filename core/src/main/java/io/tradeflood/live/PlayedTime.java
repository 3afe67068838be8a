package io.tradeflood.live;

import java.time.Duration;
import java.time.InstantSource;

/**
 * The time of a recording that is played instead of what happens. A service that has one gives the
 * time to all that is watched, and to what is asked for, so that what depends on it turns out as it
 * did when it was recorded.
 */
public interface PlayedTime extends InstantSource, Later {
  /**
   * Runs the task once on a thread of its own, after the delay by the recording's time, or when the
   * recording ends before. The time stands still for it as for {@link #fetch}.
   */
  @Override
  void run(Duration delay, Runnable task);

  /**
   * Runs a task at once on a thread of its own. The time stands still until the task asks for
   * something that was recorded, or is done, and from each answer on until it asks again, or is
   * done; if it does neither, for a part of a second.
   *
   * @param name what the thread is called
   */
  void fetch(String name, Runnable task);
}
