package io.tradeflood.turn;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What one asker gets from a run. Thread-safe.
 *
 * @param <T> the value
 */
public final class Result<T> extends Scope implements Taker {
  private final TurnRun run;
  private final AtomicReference<@Nullable Object> outcome = new AtomicReference<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  Result(TurnRun run, String label) {
    super(label, false);
    this.run = run;
  }

  /**
   * The value, waiting for it.
   *
   * @throws Failure if there is none; also when the run was cancelled or took too long
   */
  public T await() throws InterruptedException {
    return outcome().orThrow();
  }

  /** How it ended, waiting for it. */
  public Outcome<T> outcome() throws InterruptedException {
    ended.await();
    return Broken.outcome(known());
  }

  private Object known() {
    var known = outcome.get();
    if (known == null) throw new IllegalStateException("A result ended without an outcome");
    return known;
  }

  /** Whether it has ended. */
  public boolean isDone() {
    return outcome.get() != null;
  }

  /**
   * Wants it no longer: what only this asker wanted is cancelled, and a subscription that it got is
   * let go.
   */
  public void cancel() {
    over = true;
    end(new Failure.Cancelled(label()));
    run.left();
  }

  @Override
  public void take(int index, Object value, Pump pump) {
    if (!outcome.compareAndSet(null, value)) return;
    if (value instanceof Broken) over = true;
    run.activity().ended(this);
    if (over) run.askerFailed();
    ended.countDown();
  }

  @Override
  public boolean isWanted() {
    return !over && !isDone();
  }

  @Override
  boolean hasEnded() {
    return isDone();
  }

  @Override
  void end(Failure failure) {
    if (!outcome.compareAndSet(null, new Broken(failure))) return;
    run.activity().ended(this);
    ended.countDown();
  }
}
