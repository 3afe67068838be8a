package io.tradeflood.turn;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one asker gets from a run for a sequence of turns, in their order, one after another. The
 * turns are begun a bounded number ahead of who takes, and what was taken is let go, so a sequence
 * of any length needs bounded memory. For one reading thread at a time.
 *
 * @param <T> the value of each
 */
public final class Results<T> extends Scope implements Taker {
  private final TurnRun run;
  private final boolean planned;
  private final List<? extends Turn<? extends T>> turns;

  /** Guards all that follows. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition arrived = lock.newCondition();
  private final @Nullable Object[] slots;
  private int begun;
  private int taken;
  private int here;
  private @Nullable Broken end;

  Results(
      TurnRun run,
      String label,
      List<? extends Turn<? extends T>> turns,
      int ahead,
      boolean planned) {
    super(label, true);
    this.planned = planned;
    this.run = run;
    this.turns = turns;
    this.slots = new Object[Math.max(1, Math.min(ahead, turns.size()))];
  }

  /** Whether there is another. */
  public boolean hasNext() {
    lock.lock();
    try {
      return taken < turns.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * How the next one ended, waiting for it. One that fails does not keep the others from coming.
   *
   * @throws NoSuchElementException if there is none
   */
  public Outcome<T> next() throws InterruptedException {
    lock.lockInterruptibly();
    Object outcome;
    try {
      if (taken == turns.size()) throw new NoSuchElementException("No more of " + label());
      int slot = taken % slots.length;
      while (slots[slot] == null && end == null) arrived.await();
      outcome = slots[slot];
      if (outcome == null) outcome = end;
      else here--;
      slots[slot] = null;
      taken++;
    } finally {
      lock.unlock();
    }
    run.advance(this);
    if (outcome == null) throw new IllegalStateException("A sequence ended without an outcome");
    return Broken.outcome(outcome);
  }

  /** Wants no more of it: what only this asker wanted is cancelled. */
  public void cancel() {
    over = true;
    end(new Failure.Cancelled(label()));
    run.left();
  }

  /** Begins what may be begun by now. */
  void begin(Pump pump) {
    while (true) {
      int index;
      lock.lock();
      try {
        if (end != null || begun == turns.size() || begun - taken == slots.length) return;
        index = begun++;
      } finally {
        lock.unlock();
      }
      pump.add(new Walk(run, this, this, index, null, false, planned, turns.get(index)));
    }
  }

  @Override
  public void take(int index, Object outcome, Pump pump) {
    lock.lock();
    try {
      if (end != null) return;
      slots[index % slots.length] = outcome;
      here++;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isWanted() {
    return !over;
  }

  @Override
  boolean hasEnded() {
    lock.lock();
    try {
      return end != null || begun == taken + here;
    } finally {
      lock.unlock();
    }
  }

  @Override
  void end(Failure failure) {
    run.activity().ended(this);
    lock.lock();
    try {
      if (end == null) end = new Broken(failure);
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
