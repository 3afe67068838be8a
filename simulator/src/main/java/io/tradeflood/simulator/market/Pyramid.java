package io.tradeflood.simulator.market;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Sums over long spans from sums over hours and days, of which it keeps a bounded number. Only
 * spans that are over belong in here, so nothing kept ever changes and whoever computes it computes
 * the same.
 */
final class Pyramid<B> {
  private static final int KEPT = 4096;

  private final AtomicReferenceArray<Kept<B>> hours = new AtomicReferenceArray<>(KEPT);
  private final AtomicReferenceArray<Kept<B>> days = new AtomicReferenceArray<>(KEPT);

  /** How sums are made; belongs to one thread. */
  interface Source<B> {
    /** The sum from one moment up to another within the same hour; the end is exclusive. */
    B gather(long from, long to);

    B join(B earlier, B later);
  }

  private record Kept<B>(long start, B sum) {}

  /** The sum from one moment up to another, later one; the end is exclusive. */
  B between(Source<B> source, long from, long to) {
    long end = Math.min(to, nextHour(from));
    if (from % Grid.DAY == 0 && from + Grid.DAY <= to) {
      end = from + Grid.DAY;
    }
    B sum = part(source, from, end);
    while (end < to) {
      long start = end;
      end = start % Grid.DAY == 0 && start + Grid.DAY <= to ? start + Grid.DAY : nextHour(start);
      end = Math.min(to, end);
      sum = source.join(sum, part(source, start, end));
    }
    return sum;
  }

  private B part(Source<B> source, long from, long to) {
    if (to - from == Grid.DAY) {
      return day(source, from);
    }
    return to - from == Grid.HOUR ? hour(source, from) : source.gather(from, to);
  }

  private B day(Source<B> source, long start) {
    int slot = (int) Math.floorMod(start / Grid.DAY, (long) KEPT);
    Kept<B> kept = days.get(slot);
    if (kept != null && kept.start == start) {
      return kept.sum;
    }
    B sum = hour(source, start);
    for (int i = 1; i < 24; i++) {
      sum = source.join(sum, hour(source, start + i * Grid.HOUR));
    }
    days.set(slot, new Kept<>(start, sum));
    return sum;
  }

  private B hour(Source<B> source, long start) {
    int slot = (int) Math.floorMod(start / Grid.HOUR, (long) KEPT);
    Kept<B> kept = hours.get(slot);
    if (kept != null && kept.start == start) {
      return kept.sum;
    }
    B sum = source.gather(start, start + Grid.HOUR);
    hours.set(slot, new Kept<>(start, sum));
    return sum;
  }

  private static long nextHour(long time) {
    return time - Math.floorMod(time, Grid.HOUR) + Grid.HOUR;
  }
}
