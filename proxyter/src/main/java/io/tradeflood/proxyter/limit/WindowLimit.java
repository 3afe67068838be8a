package io.tradeflood.proxyter.limit;

import java.util.ArrayList;
import java.util.List;

/**
 * Never more than so much in a window. An aligned window is one bucket; a rolling one is ten, each
 * counted in full while any part of it lies inside the window, so the limit is never exceeded and
 * at most a tenth is given away.
 *
 * <p>Guarded by its own monitor; nothing is called while it is held.
 */
final class WindowLimit extends Limit {
  private static final int PARTS = 10;

  private final Spec.Window spec;
  private final long partMillis;
  private final long[] counts;
  private long newest = Long.MIN_VALUE;
  private long total;

  WindowLimit(Spec.Window spec) {
    this(spec, new Misses());
  }

  private WindowLimit(Spec.Window spec, Misses misses) {
    super(spec, misses);
    this.spec = spec;
    long length = spec.length().toMillis();
    this.partMillis = spec.rolling() ? (length + PARTS - 1) / PARTS : length;
    // A rolling window can touch one part more than it is long.
    this.counts = new long[spec.rolling() ? PARTS + 1 : 1];
  }

  @Override
  public Limit under(Spec changed) {
    if (changed.equals(spec)) return this;
    if (!(changed instanceof Spec.Window w)
        || !w.length().equals(spec.length())
        || w.rolling() != spec.rolling()) return Limit.of(changed);
    var next = new WindowLimit(w, misses());
    synchronized (this) {
      System.arraycopy(counts, 0, next.counts, 0, counts.length);
      next.newest = newest;
      next.total = total;
    }
    return next;
  }

  @Override
  public synchronized boolean take(long amount, long now) {
    turn(now);
    if (total + amount > spec.most()) return false;
    counts[slot(newest)] += amount;
    total += amount;
    return true;
  }

  @Override
  public synchronized void giveBack(long amount, long now) {
    turn(now);
    int slot = slot(newest);
    long back = Math.min(amount, counts[slot]);
    counts[slot] -= back;
    total -= back;
  }

  @Override
  public synchronized long roomAt(long amount, long now) {
    turn(now);
    if (amount > spec.most()) return Long.MAX_VALUE;
    long over = total + amount - spec.most();
    if (over <= 0) return now;
    for (long part = newest - counts.length + 1; part <= newest; part++) {
      over -= counts[slot(part)];
      if (over <= 0) return (part + counts.length) * partMillis;
    }
    return Long.MAX_VALUE;
  }

  @Override
  public synchronized long used(long now) {
    turn(now);
    return total;
  }

  @Override
  public synchronized void atLeast(long used, long now) {
    turn(now);
    if (used <= total) return;
    counts[slot(newest)] += used - total;
    total = used;
  }

  /** The length of a part, the number of the newest, and what was taken in each slot. */
  @Override
  public synchronized List<Long> memory(long now) {
    turn(now);
    if (total == 0) return List.of();
    var memory = new ArrayList<Long>(List.of(partMillis, newest));
    for (long count : counts) memory.add(count);
    return memory;
  }

  @Override
  public synchronized void restore(List<Long> memory) {
    if (memory.size() != 2 + counts.length || memory.getFirst() != partMillis) return;
    if (memory.stream().anyMatch(n -> n < 0)) return;
    newest = memory.get(1);
    total = 0;
    for (int i = 0; i < counts.length; i++) {
      counts[i] = memory.get(2 + i);
      total += counts[i];
    }
  }

  /**
   * Forgets the parts that have left the window. A clock that goes back stays in its newest part.
   */
  private void turn(long now) {
    long part = Math.floorDiv(now, partMillis);
    if (newest == Long.MIN_VALUE) newest = part;
    if (part - newest >= counts.length) {
      java.util.Arrays.fill(counts, 0);
      total = 0;
      newest = part;
    }
    while (newest < part) {
      newest++;
      int slot = slot(newest);
      total -= counts[slot];
      counts[slot] = 0;
    }
  }

  private int slot(long part) {
    return Math.floorMod(part, counts.length);
  }
}
