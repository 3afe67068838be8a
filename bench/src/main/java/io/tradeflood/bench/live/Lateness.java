package io.tradeflood.bench.live;

import io.tradeflood.model.BookChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * How late messages are at somebody who takes each as it comes: {@code from} the server's writing
 * and {@code inside}, from the socket on. Confined to the thread that takes them.
 */
final class Lateness {
  /** A tenth of a second of 50,000 messages a second. */
  private static final int WINDOW = 5_000;

  private final long[] from;
  private final long[] inside;
  private final long nanos;
  private long began;
  private long now;
  private int count;

  /**
   * @param nanos how long it is measured, after as long a time without
   */
  Lateness(long nanos) {
    this.nanos = nanos;
    // Made and touched beforehand: the messages of the time that takes would wait for it.
    from = room(nanos);
    inside = room(nanos);
  }

  /** Room for more latencies than will come. */
  static long[] room(long nanos) {
    var room = new long[(int) Math.min(nanos / 10_000, 10_000_000)];
    Arrays.fill(room, 1);
    return room;
  }

  /** A change is here. */
  void add(BookChange change, Instant received) {
    Instant clock = Instant.now();
    now = System.nanoTime();
    if (began == 0) began = now + nanos;
    if (now < began || isOver()) return;
    from[count] = now - (change.time().orElseThrow().toEpochMilli() - Frames.STAMP);
    inside[count++] = Duration.between(received, clock).toNanos();
  }

  /** Whether it has measured long enough. */
  boolean isOver() {
    return count == from.length || count > 0 && now >= began + nanos;
  }

  void print() {
    quantiles("from", Arrays.copyOf(from, count));
    quantiles("inside", Arrays.copyOf(inside, count));
    System.out.println("pace " + count * 1e9 / (now - began));
  }

  /** Prints quantiles of all, and the p99 of most tenths of a second as {@code NAME-usual}. */
  static void quantiles(String name, long[] nanos) {
    System.out.println(name + "-usual " + usual(nanos));
    Arrays.sort(nanos);
    for (double quantile : new double[] {50, 99, 99.9})
      System.out.println("%s-%s %d".formatted(name, words(quantile), at(nanos, quantile)));
  }

  /**
   * The p99 of a tenth of a second, of all tenths the median: a stall of the machine is in few of
   * them and is most of the p99 of all.
   */
  private static long usual(long[] nanos) {
    int windows = Math.max(1, nanos.length / WINDOW);
    var each = new long[windows];
    for (int i = 0; i < windows; i++) {
      var window =
          Arrays.copyOfRange(
              nanos,
              (int) ((long) i * nanos.length / windows),
              (int) ((i + 1L) * nanos.length / windows));
      Arrays.sort(window);
      each[i] = at(window, 99);
    }
    Arrays.sort(each);
    return each[windows / 2];
  }

  private static long at(long[] sorted, double quantile) {
    return sorted[(int) (sorted.length * quantile / 100)];
  }

  private static String words(double quantile) {
    return quantile == (int) quantile ? String.valueOf((int) quantile) : String.valueOf(quantile);
  }
}
