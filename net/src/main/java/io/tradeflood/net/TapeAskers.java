package io.tradeflood.net;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Those who fetch something from a tape, each on a thread of its own: how many of them are at work,
 * so that the tape must not go on before they ask, or are done. Safe for use by many threads.
 */
final class TapeAskers {
  /** Whom the thread fetches for; those that it starts fetch for the same. */
  private static final InheritableThreadLocal<TapeAskers> OURS = new InheritableThreadLocal<>();

  private final Runnable stirred;

  /** Guards what is written to all that follows. */
  private final ReentrantLock lock = new ReentrantLock();

  private volatile int begun;
  private volatile int working;
  private volatile long steps;

  /**
   * @param stirred is told whenever one has stopped working
   */
  TapeAskers(Runnable stirred) {
    this.stirred = stirred;
  }

  /** One more, who is at work from now on. */
  void start(String name, Runnable task) {
    lock.lock();
    try {
      begun++;
      working++;
      steps++;
    } finally {
      lock.unlock();
    }
    Thread.ofVirtual()
        .name(name + " ", 0)
        .start(
            () -> {
              OURS.set(this);
              try {
                task.run();
              } finally {
                done();
              }
            });
  }

  private void done() {
    lock.lock();
    try {
      begun--;
      // One may have asked for several things at once, and have worked on each.
      working = begun == 0 ? 0 : less();
      steps++;
    } finally {
      lock.unlock();
    }
    stirred.run();
  }

  /** Whether this thread is one of them, or works for one. */
  boolean isOne() {
    return OURS.get() == this;
  }

  /** One of them waits for the tape from now on. */
  void waits() {
    lock.lock();
    try {
      working = less();
      steps++;
    } finally {
      lock.unlock();
    }
    stirred.run();
  }

  private int less() {
    return Math.max(0, working - 1);
  }

  /** One of them gets what it waited for, or waits no more. */
  void goesOn() {
    lock.lock();
    try {
      if (begun > 0) working++;
    } finally {
      lock.unlock();
    }
  }

  boolean isAnyAtWork() {
    return working > 0;
  }

  boolean isOneAlone() {
    return begun == 1;
  }

  /** How often one has begun, has asked, or was done. */
  long steps() {
    return steps;
  }

  /** They take too long. */
  void giveUp() {
    lock.lock();
    try {
      working = 0;
    } finally {
      lock.unlock();
    }
  }
}
