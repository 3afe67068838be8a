package io.tradeflood.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Who stops the program, by Ctrl-C or SIGTERM, still gets whole lines and whole files: the thread
 * that made this has some time to finish what it writes.
 */
final class Stopping implements AutoCloseable {
  private static final Duration LAST_WRITES = Duration.ofSeconds(5);

  private final Thread writer = Thread.currentThread();
  private final Thread hook = new Thread(this::stop, "last writes");
  private final CountDownLatch done = new CountDownLatch(1);

  // Both are guarded by this.
  private boolean stopped;
  private boolean writing;

  Stopping() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stop() {
    synchronized (this) {
      stopped = true;
      // A file that is being written would be closed by it.
      if (!writing) writer.interrupt();
    }
    try {
      var unused = done.await(LAST_WRITES.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** From now on the thread asks by itself whether it is to stop. */
  synchronized void begin() {
    writing = true;
    var unused = stopped && Thread.interrupted();
  }

  synchronized boolean isStopped() {
    return stopped;
  }

  /** All is written. */
  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // the program is being stopped, and the hook has done its part
    }
  }
}
