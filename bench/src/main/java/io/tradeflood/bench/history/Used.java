package io.tradeflood.bench.history;

import io.tradeflood.bench.history.SimulatedExchanges.Counts;
import java.time.Instant;
import java.util.Arrays;

/**
 * What was used of a limit in the exchange's windows that lie wholly in the time of the
 * measurement; a window in which nothing was used counts like any other.
 *
 * @param perWindow what one window allows
 * @param each what each window held
 */
record Used(long perWindow, long[] each) {
  static Used of(Venue venue, Counts counts, Instant began, Instant ended) {
    var windows = counts.windows(venue);
    long length = venue.windowSeconds();
    long first = Math.ceilDiv(began.toEpochMilli(), length * 1000) * length;
    long end = Math.floorDiv(ended.toEpochMilli(), length * 1000) * length;
    long[] each = new long[(int) Math.max(0, (end - first) / length)];
    for (int i = 0; i < each.length; i++)
      each[i] = windows.getOrDefault(Instant.ofEpochSecond(first + i * length), 0L);
    return new Used(counts.limit(venue), each);
  }

  int windows() {
    return each.length;
  }

  long used() {
    return Arrays.stream(each).sum();
  }

  long allowed() {
    return perWindow * each.length;
  }

  /** The part that was used of what was allowed; 0 if there was no full window. */
  double part() {
    return allowed() == 0 ? 0 : (double) used() / allowed();
  }

  /** The same of the window that held the least. */
  double least() {
    return allowed() == 0 ? 0 : (double) Arrays.stream(each).min().orElse(0) / perWindow;
  }
}
