package io.tradeflood.proxyter.gateway;

import io.tradeflood.proxyter.gateway.GatewayStats.Outcome;
import io.tradeflood.proxyter.gateway.GatewayStats.RouteLoad;
import io.tradeflood.proxyter.health.Signal;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What became of the requests of one route since the start; stays when the configuration changes.
 */
final class RouteCounts {
  private final LongAdder[] outcomes = adders(Outcome.values().length);
  private final LongAdder[] retries = adders(Signal.values().length);
  private final Durations waits = new Durations();

  static LongAdder[] adders(int count) {
    var all = new LongAdder[count];
    for (int i = 0; i < count; i++) all[i] = new LongAdder();
    return all;
  }

  void count(Outcome outcome) {
    outcomes[outcome.ordinal()].increment();
  }

  /** Another proxy is tried because one failed so. */
  void retried(Signal signal) {
    count(Outcome.RETRIED);
    retries[signal.ordinal()].increment();
  }

  /** A request has waited for room, with or without success. */
  void waited(long nanos) {
    waits.add(nanos);
  }

  void addTo(Map<Outcome, Long> sums) {
    for (Outcome outcome : Outcome.values())
      sums.merge(outcome, outcomes[outcome.ordinal()].sum(), Long::sum);
  }

  RouteLoad load(int waiting) {
    var ends = new EnumMap<Outcome, Long>(Outcome.class);
    addTo(ends);
    var reasons = new LinkedHashMap<String, Long>();
    for (Signal signal : Signal.values()) {
      long count = retries[signal.ordinal()].sum();
      if (count > 0) reasons.put(signal.code(), count);
    }
    return new RouteLoad(waiting, ends, reasons, waits.spread());
  }
}
