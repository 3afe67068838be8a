package io.tradeflood.proxyter.limit;

import java.util.concurrent.atomic.AtomicLong;

/** So many at once. */
final class ConcurrentLimit extends Limit {
  private final Spec.Concurrent spec;
  private final AtomicLong open;

  ConcurrentLimit(Spec.Concurrent spec) {
    this(spec, new AtomicLong(), new Misses());
  }

  private ConcurrentLimit(Spec.Concurrent spec, AtomicLong open, Misses misses) {
    super(spec, misses);
    this.spec = spec;
    this.open = open;
  }

  @Override
  public Limit under(Spec changed) {
    if (changed.equals(spec)) return this;
    return changed instanceof Spec.Concurrent c
        ? new ConcurrentLimit(c, open, misses())
        : Limit.of(changed);
  }

  @Override
  public boolean take(long amount, long now) {
    long before = open.get();
    while (before + amount <= spec.most()) {
      long seen = open.compareAndExchange(before, before + amount);
      if (seen == before) return true;
      before = seen;
    }
    return false;
  }

  @Override
  public void giveBack(long amount, long now) {
    open.addAndGet(-amount);
  }

  @Override
  public long roomAt(long amount, long now) {
    return open.get() + amount <= spec.most() ? now : Long.MAX_VALUE;
  }

  @Override
  public long used(long now) {
    return open.get();
  }
}
