package io.tradeflood.simulator.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * One limit: so much per window of time and client. Windows begin at multiples of their length, for
 * everybody at the same moment.
 */
public final class Window {
  private static final int MOST_CLIENTS = 100_000;
  private static final int LATEST = 600;

  private final String name;
  private final long limit;
  private final long length;
  private final Map<String, Use> uses = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<Long, Long> latest = new ConcurrentSkipListMap<>();
  private final LongAdder total = new LongAdder();
  private final LongAccumulator peak = new LongAccumulator(Math::max, 0);

  Window(String name, long limit, Duration length) {
    this.name = name;
    this.limit = limit;
    this.length = length.toMillis();
  }

  /**
   * What a client used in the present window.
   *
   * @param window the number of the window since 1970
   * @param used the sum of the weights, including the one just added
   * @param requests the number of requests beyond the limit
   */
  public record Use(long window, long used, int requests) {}

  /** Adds the weight of a request; what comes beyond the limit counts too. */
  public Use add(String client, long weight, long now) {
    if (uses.size() > MOST_CLIENTS) {
      uses.values().removeIf(use -> use.window != now / length);
    }
    Use use =
        uses.compute(
            client,
            (key, before) -> {
              long window = now / length;
              boolean fresh = before == null || before.window != window;
              long used = (fresh ? 0 : before.used) + weight;
              int beyond = fresh ? 0 : before.requests;
              return new Use(window, used, used > limit ? beyond + 1 : beyond);
            });
    boolean first = latest.merge(use.window, weight, Long::sum) == weight;
    if (first && latest.size() > LATEST) {
      latest.pollFirstEntry();
    }
    total.add(weight);
    peak.accumulate(use.used);
    return use;
  }

  /** Milliseconds until everybody starts anew. */
  public long untilReset(long now) {
    return length - Math.floorMod(now, length);
  }

  public String name() {
    return name;
  }

  public long limit() {
    return limit;
  }

  /** The weight of all requests so far. */
  public long total() {
    return total.sum();
  }

  /** The most that one client ever used in one window. */
  public long peak() {
    return peak.get();
  }

  /** What all clients together used in each of the latest windows, by the window's start. */
  public SortedMap<Instant, Long> latest() {
    SortedMap<Instant, Long> starts = new TreeMap<>();
    latest.forEach((window, used) -> starts.put(Instant.ofEpochMilli(window * length), used));
    return starts;
  }

  /** Forgets everything. */
  public void reset() {
    uses.clear();
    latest.clear();
    total.reset();
    peak.reset();
  }
}
