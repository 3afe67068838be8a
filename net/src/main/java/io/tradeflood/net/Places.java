package io.tradeflood.net;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Places for requests that are on their way at once. A free one goes to whoever waits by turns of
 * the parties: thousands of requests of one limit that wait do not keep that of another waiting,
 * which would hold its share of its own limit for nothing meanwhile. Within a party, first come,
 * first served.
 */
final class Places {
  private final ReentrantLock lock = new ReentrantLock();

  /** Who waits, by party; the first party's turn is next. None is empty. */
  private final LinkedHashMap<Object, Deque<Waiter>> waiting = new LinkedHashMap<>();

  private int free;

  private static final class Waiter {
    final Condition turn;
    boolean placed;

    Waiter(Condition turn) {
      this.turn = turn;
    }
  }

  Places(int places) {
    free = places;
  }

  /** Waits for a place and takes it. */
  void acquire(Object party) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (free > 0) {
        free--;
        return;
      }
      var self = new Waiter(lock.newCondition());
      waiting.computeIfAbsent(party, _ -> new ArrayDeque<>()).addLast(self);
      try {
        while (!self.placed) self.turn.await();
      } catch (InterruptedException interrupted) {
        if (self.placed) pass();
        else leave(party, self);
        throw interrupted;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives a place back. */
  void release() {
    lock.lock();
    try {
      pass();
    } finally {
      lock.unlock();
    }
  }

  private void pass() {
    var next = waiting.pollFirstEntry();
    if (next == null) {
      free++;
      return;
    }
    var waiter = next.getValue().removeFirst();
    waiter.placed = true;
    waiter.turn.signal();
    if (!next.getValue().isEmpty()) waiting.putLast(next.getKey(), next.getValue());
  }

  private void leave(Object party, Waiter waiter) {
    var queue = Objects.requireNonNull(waiting.get(party), "who waits is in the queue");
    queue.remove(waiter);
    if (queue.isEmpty()) waiting.remove(party);
  }

  /** How many wait. */
  int waiting() {
    lock.lock();
    try {
      return waiting.values().stream().mapToInt(Deque::size).sum();
    } finally {
      lock.unlock();
    }
  }
}
