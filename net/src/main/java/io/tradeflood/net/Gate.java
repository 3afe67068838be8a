package io.tradeflood.net;

import io.tradeflood.connector.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/**
 * Where requests wait for their share of one limit: first come, first served. One lock guards the
 * queue and the {@link Budget}; nothing is called while it is held but the budget, the timeline and
 * the server's clock.
 */
final class Gate {
  private final LimitKey key;
  private final Timeline timeline;
  private final ReentrantLock lock = new ReentrantLock();
  private final Budget budget;
  private final Deque<Waiter> queue = new ArrayDeque<>();

  private record Waiter(long amount, Condition turn) {}

  Gate(LimitKey key, Limit limit, ServerClock clock, Timeline timeline) {
    this.key = key;
    this.timeline = timeline;
    budget = new Budget(limit, clock);
  }

  /**
   * Waits for the turn and takes.
   *
   * @param patience the longest pause set by the exchange that is waited out
   * @param refusal makes what is thrown if the pause is longer, from the nanoseconds left
   */
  <X extends RuntimeException> void take(long amount, Duration patience, LongFunction<X> refusal)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var self = new Waiter(amount, lock.newCondition());
      queue.addLast(self);
      try {
        awaitTurn(self, patience, refusal);
      } finally {
        queue.remove(self);
        if (queue.isEmpty()) budget.calm();
        else queue.getFirst().turn().signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private <X extends RuntimeException> void awaitTurn(
      Waiter self, Duration patience, LongFunction<X> refusal) throws InterruptedException {
    while (true) {
      long now = timeline.nanos();
      long shut = budget.shutUntil() - now;
      if (shut > patience.toNanos()) throw refusal.apply(shut);
      if (queue.getFirst().equals(self)) {
        long wait = budget.waitFor(self.amount(), now);
        if (wait == 0) {
          budget.take(self.amount(), now);
          return;
        }
        await(self.turn(), wait);
      } else {
        self.turn().await();
      }
    }
  }

  /** Wakes early as well: whoever waits looks again. */
  @SuppressWarnings("ResultOfMethodCallIgnored")
  private static void await(Condition turn, long nanos) throws InterruptedException {
    if (nanos == Budget.UNTIL_SETTLED) turn.await();
    else turn.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** It never reached the exchange. */
  void giveBack(long amount) {
    locked(() -> budget.giveBack(amount));
  }

  /** It broke off. */
  void lost(long amount) {
    locked(() -> budget.lost(amount, timeline.nanos()));
  }

  /** An answer is here; the server's clock has heard of it already. */
  void answered(long amount, long sent, long received, HttpReply reply) {
    locked(
        () -> {
          budget.answered(amount, sent, received);
          Told.used(budget.limit(), reply).ifPresent(used -> budget.used(used, received));
        });
  }

  /** Nobody goes through until then; who would have to wait too long is told at once. */
  void shut(long until, boolean ban) {
    lock.lock();
    try {
      budget.shut(until, ban, timeline.nanos());
      queue.forEach(waiter -> waiter.turn().signal());
    } finally {
      lock.unlock();
    }
  }

  /** How long it is still shut, in nanoseconds. */
  long shutFor() {
    lock.lock();
    try {
      return Math.max(0, budget.shutUntil() - timeline.nanos());
    } finally {
      lock.unlock();
    }
  }

  /** How long a window lasts. */
  Duration window() {
    return budget.limit().window();
  }

  LimitState state() {
    lock.lock();
    try {
      long now = timeline.nanos();
      long used = budget.used(now);
      long queued = queue.stream().mapToLong(Waiter::amount).sum();
      Optional<Instant> shutUntil =
          budget.shutUntil() > now
              ? Optional.of(timeline.in(budget.shutUntil() - now))
              : Optional.empty();
      return new LimitState(
          key.limit(),
          key.tenant(),
          key.egress(),
          budget.limit().capacity(),
          budget.limit().window(),
          used,
          budget.limit().capacity() - used,
          queue.size(),
          Duration.ofNanos(budget.estimate(queued, now)),
          shutUntil,
          budget.isBan(now));
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      if (!queue.isEmpty()) queue.getFirst().turn().signal();
    } finally {
      lock.unlock();
    }
  }
}
