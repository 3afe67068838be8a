package io.tradeflood.proxyter.state;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Writes the state every five seconds if it has changed, at once when asked to, and at the end, on
 * its own thread: nobody else waits for the disk.
 */
public final class Keeper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Keeper.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final StateFolder folder;
  private final Supplier<Kept> state;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private final ReentrantLock writing = new ReentrantLock();
  private final Thread thread;
  private boolean soon;
  private boolean closed;
  private boolean failing;

  /**
   * @param state what is to be kept, asked on the keeper's thread or on that of {@link #write}
   */
  public Keeper(StateFolder folder, Supplier<Kept> state) {
    this.folder = folder;
    this.state = state;
    this.thread = Thread.ofPlatform().daemon().name("proxyter-state").unstarted(this::work);
  }

  /** Begins to keep. */
  public void start() {
    thread.start();
  }

  private void work() {
    try {
      while (rest()) keep();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether there is to be another write. */
  private boolean rest() throws InterruptedException {
    long left = EVERY.toNanos();
    lock.lock();
    try {
      while (left > 0 && !soon && !closed) left = woken.awaitNanos(left);
      soon = false;
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void keep() {
    writing.lock();
    try {
      folder.write(state.get());
      failing = false;
    } catch (IOException e) {
      if (!failing)
        LOG.log(
            System.Logger.Level.ERROR,
            "state: cannot be written, a restart would forget bans: {0} {1}",
            e.getClass().getSimpleName(),
            e.getMessage());
      failing = true;
    } finally {
      writing.unlock();
    }
  }

  /** Something changed that must not be lost: it is written without waiting for its time. */
  public void soon() {
    lock.lock();
    try {
      soon = true;
      woken.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes now, in the calling thread.
   *
   * @throws IOException if it cannot be written
   */
  public void write(Kept kept) throws IOException {
    writing.lock();
    try {
      folder.write(kept);
    } finally {
      writing.unlock();
    }
  }

  /** Writes for the last time. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) return;
      closed = true;
      woken.signal();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (thread.isAlive())
      try {
        thread.join(TimeUnit.SECONDS.toMillis(1));
      } catch (InterruptedException _) {
        interrupted = true;
      }
    keep();
    folder.close();
    if (interrupted) Thread.currentThread().interrupt();
  }
}
