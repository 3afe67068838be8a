package io.tradeflood.proxyter.limit;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** So many at once. */
final class ConcurrentLimit implements Limit {
  private final Spec.Concurrent spec;
  private final AtomicLong open;
  private final LongAdder rejections;

  ConcurrentLimit(Spec.Concurrent spec) {
    this(spec, new AtomicLong(), new LongAdder());
  }

  private ConcurrentLimit(Spec.Concurrent spec, AtomicLong open, LongAdder rejections) {
    this.spec = spec;
    this.open = open;
    this.rejections = rejections;
  }

  @Override
  public Limit under(Spec changed) {
    if (changed.equals(spec)) return this;
    return changed instanceof Spec.Concurrent c
        ? new ConcurrentLimit(c, open, rejections)
        : Limit.of(changed);
  }

  @Override
  public void rejected() {
    rejections.increment();
  }

  @Override
  public long rejections() {
    return rejections.sum();
  }

  @Override
  public Spec spec() {
    return spec;
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
