package io.tradeflood.simulator;

import io.tradeflood.simulator.wire.Json;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a simulator did since its start or its last reset.
 *
 * @param requests all requests but those to the simulator itself
 * @param rows all rows of data that were served
 * @param statuses how many answers had which status
 * @param paths by path
 * @param limits the limits of the exchanges and their use
 * @param connections how many connections were ever accepted
 * @param streams the connections with streams on them
 * @param played how often each fault happened, by its name in a rule
 */
public record Stats(
    long requests,
    long rows,
    SortedMap<Integer, Long> statuses,
    SortedMap<String, Path> paths,
    List<Limit> limits,
    long connections,
    Streams streams,
    SortedMap<String, Long> played) {

  public Stats {
    played = Collections.unmodifiableSortedMap(new TreeMap<>(played));
    statuses = Collections.unmodifiableSortedMap(new TreeMap<>(statuses));
    paths = Collections.unmodifiableSortedMap(new TreeMap<>(paths));
    limits = List.copyOf(limits);
  }

  /**
   * Connections with streams on them.
   *
   * @param opened how many there were
   * @param open how many there are
   * @param messages how many messages were sent on their streams
   */
  public record Streams(long opened, long open, long messages) {}

  /** How often the fault with the given name happened. */
  public long played(String fault) {
    return played.getOrDefault(fault, 0L);
  }

  /** One path. */
  public record Path(long requests, long rows) {}

  /**
   * One limit.
   *
   * @param limit the most per window and client
   * @param used the weight of all requests
   * @param peak the most that one client used in one window
   * @param windows what all clients together used in each of the latest windows in which somebody
   *     used anything, by the window's start
   */
  public record Limit(
      String name, long limit, long used, long peak, SortedMap<Instant, Long> windows) {
    public Limit {
      windows = Collections.unmodifiableSortedMap(new TreeMap<>(windows));
    }
  }

  /** How many answers had the given status. */
  public long status(int status) {
    return statuses.getOrDefault(status, 0L);
  }

  /** How many requests came to the given path. */
  public long requests(String path) {
    Path counted = paths.get(path);
    return counted == null ? 0 : counted.requests();
  }

  /** The weight used of the limit with the given name; 0 where there is none. */
  public long used(String name) {
    return limits.stream().filter(limit -> limit.name().equals(name)).mapToLong(Limit::used).sum();
  }

  Json json() {
    Json json = new Json(2048).beginObject();
    json.field("requests", requests).field("rows", rows).field("connections", connections);
    json.name("streams").beginObject().field("opened", streams.opened());
    json.field("open", streams.open()).field("messages", streams.messages()).endObject();
    json.name("played").beginObject();
    played.forEach(json::field);
    json.endObject().name("statuses").beginObject();
    for (Map.Entry<Integer, Long> status : statuses.entrySet()) {
      json.field(status.getKey().toString(), status.getValue());
    }
    json.endObject().name("paths").beginObject();
    for (Map.Entry<String, Path> path : paths.entrySet()) {
      json.name(path.getKey()).beginObject().field("requests", path.getValue().requests());
      json.field("rows", path.getValue().rows()).endObject();
    }
    json.endObject().name("limits").beginArray();
    for (Limit limit : limits) {
      json.beginObject().field("name", limit.name()).field("limit", limit.limit());
      json.field("used", limit.used()).field("peak", limit.peak());
      json.name("windows").beginObject();
      limit.windows().forEach((start, used) -> json.field(start.toString(), used));
      json.endObject().endObject();
    }
    return json.endArray().endObject();
  }
}
