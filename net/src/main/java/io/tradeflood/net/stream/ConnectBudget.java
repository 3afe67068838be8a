package io.tradeflood.net.stream;

import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

/** How many connections may be opened, and held, by one address. Shared by threads. */
final class ConnectBudget {
  private final int most;
  private final long window;
  private final int atOnce;

  /** Guards all that follows. */
  private final ReentrantLock lock = new ReentrantLock();

  /** When the last ones were, or will be, opened; oldest first. */
  private final ArrayDeque<Long> opened = new ArrayDeque<>();

  private int held;
  private long shutUntil;

  ConnectBudget(StreamLimits.Connections limits) {
    most = limits.opened().most();
    window = limits.opened().window().toNanos();
    atOnce = limits.atOnce();
  }

  /** Takes the next moment at which one may be opened; how long until then, in nanoseconds. */
  long reserve(long now) {
    lock.lock();
    try {
      long at = Math.max(now, shutUntil);
      if (opened.size() == most) at = Math.max(at, opened.removeFirst() + window);
      opened.addLast(at);
      return at - now;
    } finally {
      lock.unlock();
    }
  }

  /** Takes one of those that may be held; false if there is none left. */
  boolean hold() {
    lock.lock();
    try {
      if (held == atOnce) return false;
      held++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether there is none left. */
  boolean isFull() {
    lock.lock();
    try {
      return held == atOnce;
    } finally {
      lock.unlock();
    }
  }

  /** Gives it back. */
  void release() {
    lock.lock();
    try {
      held--;
    } finally {
      lock.unlock();
    }
  }

  /** The exchange wants no more before then. */
  void shut(long until) {
    lock.lock();
    try {
      shutUntil = Math.max(shutUntil, until);
    } finally {
      lock.unlock();
    }
  }

  /** How long it is still shut, in nanoseconds. */
  long shutFor(long now) {
    lock.lock();
    try {
      return Math.max(0, shutUntil - now);
    } finally {
      lock.unlock();
    }
  }

  int held() {
    lock.lock();
    try {
      return held;
    } finally {
      lock.unlock();
    }
  }
}
