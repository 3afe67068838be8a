package io.tradeflood.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that puts off what reaches out until it is free: those who are reached have locks of their
 * own, and may hold them when they call.
 */
final class DeferringLock {
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayList<Runnable> afterwards = new ArrayList<>();

  void lock() {
    lock.lock();
  }

  void lockInterruptibly() throws InterruptedException {
    lock.lockInterruptibly();
  }

  Condition newCondition() {
    return lock.newCondition();
  }

  /** Has a task run by this thread when it has left the lock; only by who holds it. */
  void afterwards(Runnable task) {
    afterwards.add(task);
  }

  void unlock() {
    if (afterwards.isEmpty() || lock.getHoldCount() > 1) {
      lock.unlock();
      return;
    }
    var tasks = List.copyOf(afterwards);
    afterwards.clear();
    lock.unlock();
    for (Runnable task : tasks) task.run();
  }
}
