package io.tradeflood.simulator.bitget;

import io.tradeflood.simulator.limit.LimitOptions;
import io.tradeflood.simulator.limit.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * So many requests per second for each endpoint and client, and 6000 a minute in all; who goes
 * beyond the latter waits five minutes.
 */
final class BitgetGuard {
  private static final long OVERALL = 6000;
  private static final Duration RECOVERY = Duration.ofMinutes(5);

  private final LimitOptions options;
  private final Window overall;
  private final Map<String, Window> endpoints = new TreeMap<>();
  private final Map<String, Long> recovering = new ConcurrentHashMap<>();

  /** Whether a request may pass, and how many more may in this second. */
  record Verdict(boolean admitted, long left) {}

  BitgetGuard(LimitOptions options) {
    this.options = options;
    this.overall = options.window("bitget requests", OVERALL, Duration.ofMinutes(1));
  }

  void limit(String path, int perSecond) {
    endpoints.put(path, options.window("bitget " + path, perSecond, Duration.ofSeconds(1)));
  }

  Verdict admit(String client, String path, long now) {
    long used = overall.add(client, 1, now).used();
    Window window = endpoints.get(path);
    long left = Long.MAX_VALUE;
    if (window != null) {
      left = window.limit() - window.add(client, 1, now).used();
    }
    if (!options.on()) {
      return new Verdict(true, Math.max(0, left));
    }
    if (used > overall.limit()) {
      recovering.put(client, now + RECOVERY.toMillis());
    }
    boolean waits = recovering.getOrDefault(client, 0L) > now;
    return new Verdict(!waits && left >= 0, Math.max(0, left));
  }

  List<Window> windows() {
    List<Window> all = new ArrayList<>(List.of(overall));
    all.addAll(endpoints.values());
    return all;
  }

  void reset() {
    windows().forEach(Window::reset);
    recovering.clear();
  }
}
