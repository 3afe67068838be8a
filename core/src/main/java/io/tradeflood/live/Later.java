package io.tradeflood.live;

import java.time.Duration;

/** Does things later, on another thread. */
@FunctionalInterface
public interface Later {
  /** Runs the task once, after the delay. */
  void run(Duration delay, Runnable task);

  /** By a virtual thread for each task, which waits. */
  static Later threads() {
    return (delay, task) ->
        Thread.ofVirtual()
            .name("later ", 0)
            .start(
                () -> {
                  try {
                    Thread.sleep(delay);
                  } catch (InterruptedException e) {
                    return; // nobody interrupts it but who ends everything
                  }
                  task.run();
                });
  }
}
