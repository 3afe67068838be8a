package io.tradeflood.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is under way in a run: the threads at work for it, the acts that are out or wait to go out,
 * the subscriptions that are held, the askers that have no answer yet. So it is known when nothing
 * is left that could answer, and when all has stopped.
 */
final class Activity {
  private final int parallelism;
  private final Set<Scope> open = ConcurrentHashMap.newKeySet();

  /** Why it is over; nothing before. */
  private volatile @Nullable Failure over;

  /** Guards all that follows. A flight's lock is never taken while it is held. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition calm = lock.newCondition();

  /** Threads at work for the run and acts that are out or wait to go out. */
  private int busy;

  /** Acts that nobody wants any more and that have not yet stopped. */
  private int lingering;

  private int out;
  private final ArrayDeque<Acting> queue = new ArrayDeque<>();
  private final Set<Acting> acts = new HashSet<>();
  private final List<Acting> subscriptions = new ArrayList<>();
  private Optional<Instant> ended = Optional.empty();

  /**
   * @param parallelism how many acts are out at once at most
   */
  Activity(int parallelism) {
    this.parallelism = parallelism;
  }

  /** An asker comes, before anything is under way. */
  void opens(Scope scope) {
    open.add(scope);
  }

  void ended(Scope scope) {
    open.remove(scope);
  }

  /** The askers that have no answer yet. */
  Set<Scope> open() {
    return open;
  }

  boolean isOver() {
    return over != null;
  }

  /** Why it is over, if it is. */
  Optional<Failure> over() {
    return Optional.ofNullable(over);
  }

  /** When it was over, if it is. */
  Optional<Instant> ended() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A thread goes to work; false if the run is over. One more asker is open from the moment that
   * the thread counts as at work: never without anybody who could answer it, and never missed when
   * the run ends.
   */
  boolean enter(Optional<Scope> asker) {
    lock.lock();
    try {
      if (over != null) return false;
      busy++;
      asker.ifPresent(open::add);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** A thread ends its work. If nothing is under way that could still answer, the rest is told. */
  void leave() {
    lock.lock();
    try {
      busy--;
      calm.signalAll();
      if (busy > 0 || over != null) return;
      for (var scope : open)
        if (!scope.hasEnded())
          scope.end(
              new Failure.Bug(
                  "%s waits for itself: nothing is left to do that could answer it"
                      .formatted(scope.label())));
    } finally {
      lock.unlock();
    }
  }

  /** Takes up an act that was reached; it goes out at once unless others are first. */
  Optional<Acting> admit(TurnRun run, Walk walk, Node node, Act<?, ?> act, Instant reached) {
    lock.lock();
    try {
      if (over != null) return Optional.empty();
      var acting = new Acting(run, walk, node, act, node.acts.size(), reached);
      if (node.acts.isEmpty()) node.acts = new ArrayList<>(1);
      node.acts.add(acting);
      acts.add(acting);
      busy++;
      if (out == parallelism) {
        queue.add(acting);
        return Optional.empty();
      }
      out++;
      return Optional.of(acting);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes an act back. It stays counted until the thread that brought it leaves.
   *
   * @param held whether it is a subscription that is open now
   * @return those that go out in its place; nothing if it is no longer wanted
   */
  Optional<List<Acting>> returned(Acting acting, boolean held) {
    lock.lock();
    try {
      if (!acts.remove(acting)) return Optional.empty();
      if (held) subscriptions.add(acting);
      return Optional.of(next());
    } finally {
      lock.unlock();
    }
  }

  private List<Acting> next() {
    var next = queue.poll();
    if (next != null) return List.of(next);
    out--;
    return List.of();
  }

  /**
   * What was given up with a call.
   *
   * @param left acts to be told so
   * @param next those that go out in their place
   */
  record Dropped(List<Acting> left, List<Acting> next) {}

  /** Gives the acts of a call up. */
  Dropped drop(Node node) {
    var dropped = new Dropped(new ArrayList<>(), new ArrayList<>());
    lock.lock();
    try {
      for (var acting : node.acts) {
        if (!acts.remove(acting)) continue;
        busy--;
        acting.dropped = true;
        dropped.left.add(acting);
        if (!queue.remove(acting)) dropped.next.addAll(next());
      }
    } finally {
      lock.unlock();
    }
    return dropped;
  }

  /** What the call has reached out for, in this order. */
  List<Acting> actsOf(Node node) {
    lock.lock();
    try {
      return List.copyOf(node.acts);
    } finally {
      lock.unlock();
    }
  }

  /** Takes away the subscriptions that nobody holds any more. */
  List<Acting> free() {
    var free = new ArrayList<Acting>();
    lock.lock();
    try {
      subscriptions.removeIf(held -> held.node.free() && free.add(held));
    } finally {
      lock.unlock();
    }
    return free;
  }

  /** An act that nobody wants goes on for a while, or has stopped at last. */
  void lingers(int more) {
    lock.lock();
    try {
      lingering += more;
      calm.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends it all. The thread that does so counts as at work until it {@link #leave leaves}: who
   * closes the run waits for it.
   *
   * @return the acts that have to be told; nothing if it was over before
   */
  Optional<List<Acting>> end(Failure reason, Instant when) {
    lock.lock();
    try {
      if (over != null) return Optional.empty();
      over = reason;
      ended = Optional.of(when);
      var left = new ArrayList<>(subscriptions);
      subscriptions.clear();
      for (var acting : acts) {
        acting.dropped = true;
        left.add(acting);
      }
      busy += 1 - acts.size();
      acts.clear();
      queue.clear();
      return Optional.of(left);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all has stopped; what runs has been told so. An interrupt is kept for the caller.
   *
   * @return how many acts and threads have not stopped by then, 0 if all have
   */
  int awaitCalm(Duration longest) {
    boolean interrupted = false;
    long left = longest.toNanos();
    lock.lock();
    try {
      while ((busy > 0 || lingering > 0) && left > 0)
        try {
          left = calm.awaitNanos(left);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      return busy + lingering;
    } finally {
      lock.unlock();
      if (interrupted) Thread.currentThread().interrupt();
    }
  }
}
