package io.tradeflood.proxyter.limit;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The generic cell rate algorithm: one number, the theoretical arrival time, says all. Times are in
 * units of a 1024th of a millisecond, so that rates of some thousands a second stay even.
 */
final class RateLimit extends Limit {
  private static final int FINE = 10;
  private static final double CENTURY = 3_200_000_000_000.0 * (1 << FINE);

  private final Spec.Rate spec;
  private final AtomicLong arrival;

  RateLimit(Spec.Rate spec) {
    this(spec, new AtomicLong(), new Misses());
  }

  private RateLimit(Spec.Rate spec, AtomicLong arrival, Misses misses) {
    super(spec, misses);
    this.spec = spec;
    this.arrival = arrival;
  }

  @Override
  public Limit under(Spec changed) {
    if (changed.equals(spec)) return this;
    return changed instanceof Spec.Rate r ? new RateLimit(r, arrival, misses()) : Limit.of(changed);
  }

  @Override
  public boolean take(long amount, long now) {
    long fine = now << FINE;
    long before = arrival.get();
    while (true) {
      long after = Math.max(before, fine) + length(amount);
      if (after - fine > length(Math.max(spec.burst(), amount))) return false;
      long seen = arrival.compareAndExchange(before, after);
      if (seen == before) return true;
      before = seen;
    }
  }

  @Override
  public void giveBack(long amount, long now) {
    arrival.addAndGet(-length(amount));
  }

  @Override
  public long roomAt(long amount, long now) {
    long fine = now << FINE;
    long after = Math.max(arrival.get(), fine) + length(amount);
    long wait = after - fine - length(Math.max(spec.burst(), amount));
    return wait <= 0 ? now : now + (wait + (1 << FINE) - 1 >> FINE);
  }

  @Override
  public long used(long now) {
    long ahead = arrival.get() - (now << FINE);
    return ahead <= 0 ? 0 : Math.min(spec.burst(), (ahead + length(1) - 1) / length(1));
  }

  @Override
  public List<Long> memory(long now) {
    long at = arrival.get();
    return at > now << FINE ? List.of(at) : List.of();
  }

  @Override
  public void restore(List<Long> memory) {
    if (memory.size() == 1) arrival.set(memory.getFirst());
  }

  /** How long so much lasts at the rate. */
  private long length(long amount) {
    double exact = (double) amount * (spec.per().toMillis() << FINE) / spec.amount();
    // A century is as good as for ever, and leaves room to add to.
    return Math.max(1, (long) Math.min(exact, CENTURY));
  }
}
