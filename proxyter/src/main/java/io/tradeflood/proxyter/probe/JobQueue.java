package io.tradeflood.proxyter.probe;

import io.tradeflood.proxyter.health.Job;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * The jobs that wait: each once, so many at most, and each kind in turn, so that a thousand proxies
 * that are down do not hold up the question who is at fault. Guarded by its lock.
 */
final class JobQueue {
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Class<? extends Job>, Deque<Job>> kinds = new LinkedHashMap<>();
  private final Set<Job> known = new HashSet<>();
  private final List<Job> turnedAway = new ArrayList<>();
  private int size;
  private int running;

  JobQueue(int most) {
    this.most = most;
  }

  /** Takes a job in; one that waits or runs already is not taken twice. */
  void offer(Job job) {
    lock.lock();
    try {
      if (known.contains(job)) return;
      if (size >= most) {
        turnedAway.add(job);
      } else {
        known.add(job);
        kinds.computeIfAbsent(job.getClass(), _ -> new ArrayDeque<>()).addLast(job);
        size++;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What is to be done next. */
  sealed interface Next {
    /** To be run, and then {@link #done}. */
    record Run(Job job) implements Next {}

    /** There was no room for it: whoever asked must know. */
    record TurnedAway(Job job) implements Next {}
  }

  /**
   * Waits for the next job.
   *
   * @param mostRunning so many may run at a time
   */
  Next take(IntSupplier mostRunning) throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        if (!turnedAway.isEmpty()) return new Next.TurnedAway(turnedAway.removeLast());
        if (size > 0 && running < mostRunning.getAsInt()) {
          running++;
          return new Next.Run(first());
        }
        // Looked at now and then, as the bound may have been changed.
        if (size > 0) {
          var unused = changed.awaitNanos(200_000_000);
        } else changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The kind whose turn it was goes to the end. */
  private Job first() {
    for (var entry : List.copyOf(kinds.entrySet())) {
      Job job = entry.getValue().pollFirst();
      if (job == null) continue;
      kinds.remove(entry.getKey());
      kinds.put(entry.getKey(), entry.getValue());
      size--;
      return job;
    }
    throw new IllegalStateException("jobs are counted that are not there");
  }

  /** A job has been run. */
  void done(Job job) {
    lock.lock();
    try {
      known.remove(job);
      running--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  int waiting() {
    lock.lock();
    try {
      return size;
    } finally {
      lock.unlock();
    }
  }

  int running() {
    lock.lock();
    try {
      return running;
    } finally {
      lock.unlock();
    }
  }
}
