package io.tradeflood.bench.proxy;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the clients of one measurement saw. Confined to the loop until it is over. */
final class Tally {
  private long[] nanos = new long[1 << 16];
  private int count;
  private long failed;
  private long bytes;
  private final Map<String, Integer> reasons = new TreeMap<>();

  void done(long took) {
    if (count == nanos.length) nanos = Arrays.copyOf(nanos, count * 2);
    nanos[count++] = took;
  }

  void failed(String why) {
    failed++;
    reasons.merge(why, 1, Integer::sum);
  }

  void received(int more) {
    bytes += more;
  }

  int count() {
    return count;
  }

  /** {@code done failed bytes seconds p50 p99 reasons}, the times in microseconds. */
  String line(long took) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return "%d %d %d %.6f %.1f %.1f %s"
        .formatted(
            count,
            failed,
            bytes,
            took / 1e9,
            quantile(sorted, 0.5),
            quantile(sorted, 0.99),
            reasons.isEmpty()
                ? "-"
                : reasons.entrySet().stream()
                    .map(e -> e.getValue() + "x:" + e.getKey())
                    .collect(Collectors.joining(";"))
                    .replace(' ', '_'));
  }

  private static double quantile(long[] sorted, double part) {
    if (sorted.length == 0) return 0;
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(part * (sorted.length - 1)))] / 1e3;
  }
}
