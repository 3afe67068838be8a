package io.tradeflood.simulator;

import io.tradeflood.simulator.limit.Window;
import io.tradeflood.simulator.stream.Sessions;
import io.tradeflood.simulator.wire.Response;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what was answered. */
final class Counters {
  private static final int MOST_PATHS = 1000;

  private final Map<String, PathCount> paths = new ConcurrentHashMap<>();
  private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();

  private final Map<String, LongAdder> played = new ConcurrentHashMap<>();

  private record PathCount(LongAdder requests, LongAdder rows) {}

  void count(String path, Response response) {
    String known = paths.size() < MOST_PATHS || paths.containsKey(path) ? path : "other";
    PathCount count =
        paths.computeIfAbsent(known, name -> new PathCount(new LongAdder(), new LongAdder()));
    count.requests.increment();
    count.rows.add(response.rows());
    statuses.computeIfAbsent(response.status(), status -> new LongAdder()).increment();
  }

  /** Counts a fault that happened. */
  void played(String fault) {
    played.computeIfAbsent(fault, name -> new LongAdder()).increment();
  }

  Stats stats(List<Window> windows, long connections, Sessions sessions) {
    TreeMap<String, Stats.Path> byPath = new TreeMap<>();
    long requests = 0;
    long rows = 0;
    for (Map.Entry<String, PathCount> entry : paths.entrySet()) {
      Stats.Path path =
          new Stats.Path(entry.getValue().requests.sum(), entry.getValue().rows.sum());
      byPath.put(entry.getKey(), path);
      requests += path.requests();
      rows += path.rows();
    }
    TreeMap<Integer, Long> byStatus = new TreeMap<>();
    statuses.forEach((status, count) -> byStatus.put(status, count.sum()));
    List<Stats.Limit> limits =
        windows.stream()
            .map(
                window ->
                    new Stats.Limit(
                        window.name(),
                        window.limit(),
                        window.total(),
                        window.peak(),
                        window.latest()))
            .toList();
    TreeMap<String, Long> faults = new TreeMap<>();
    played.forEach((fault, count) -> faults.put(fault, count.sum()));
    var streams = new Stats.Streams(sessions.opened(), sessions.open(), sessions.messages());
    return new Stats(requests, rows, byStatus, byPath, limits, connections, streams, faults);
  }

  void reset() {
    paths.clear();
    statuses.clear();
    played.clear();
  }
}
