package io.tradeflood.proxyter.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the gateway carries, at a glance; the numbers are taken one after another.
 *
 * @param clients connections of clients
 * @param tunnels open tunnels
 * @param proxies the load of each proxy by id
 * @param limits how much of each limit is used
 * @param waiting how many wait for room, by route
 * @param outcomes how often what became of a request
 * @param routes what became of the requests of each route, by type
 * @param groups what each group carries, by id
 * @param feedback how often clients told of a target's status, by status
 */
public record GatewayStats(
    int clients,
    int tunnels,
    Map<String, ProxyLoad> proxies,
    List<LimitUse> limits,
    Map<String, Integer> waiting,
    Map<Outcome, Long> outcomes,
    Map<String, RouteLoad> routes,
    Map<String, GroupLoad> groups,
    Map<Integer, Long> feedback) {

  /**
   * The requests of a route.
   *
   * @param waiting how many wait for room
   * @param outcomes how often what became of one, since the start
   * @param retries how often another proxy was tried, by the class of the failure
   * @param waits how long those that waited for room did
   */
  public record RouteLoad(
      int waiting, Map<Outcome, Long> outcomes, Map<String, Long> retries, Spread waits) {}

  /**
   * The load of a group.
   *
   * @param tunnels open tunnels that left by the group, by proxy
   * @param setups how long set-ups took that gave a tunnel
   */
  public record GroupLoad(Map<String, Integer> tunnels, Spread setups) {}

  /**
   * How often something took how long.
   *
   * @param ends the upper ends of the buckets in seconds, the last one infinite
   * @param counts how often it ended in each bucket
   * @param seconds how long all of them took
   */
  @SuppressWarnings("ArrayRecordComponent") // A glance, never compared.
  public record Spread(double[] ends, long[] counts, double seconds) {}

  /**
   * The load of a proxy.
   *
   * @param setups tunnels being set up
   * @param tunnels open tunnels
   * @param opened tunnels opened since the start
   * @param failed set-ups failed since the start
   * @param bytesUp from clients, of tunnels that are closed and of open ones up to the last look
   * @param bytesDown to clients, likewise
   * @param setupMicros the peak average of the time of a set-up
   * @param successRate of recent set-ups, 0 to 1
   */
  public record ProxyLoad(
      int setups,
      int tunnels,
      long opened,
      long failed,
      long bytesUp,
      long bytesDown,
      double setupMicros,
      double successRate) {}

  /**
   * How much of a limit is used.
   *
   * @param scope such as {@code client:alice}, {@code type:binance}, {@code group:eu}, {@code
   *     proxy:fr-1}, {@code proxy:fr-1@group:eu}, {@code proxy:fr-1@origin:binance}
   * @param kind such as {@code tunnels}, {@code setups}, {@code rate}, {@code window}
   * @param missed how often somebody looked for room in it in vain, the same request many times
   * @param rejected how many requests were refused for want of room in it
   * @param length of a rate or a window
   */
  public record LimitUse(
      String scope,
      String kind,
      long used,
      long capacity,
      long missed,
      long rejected,
      Optional<Duration> length) {}

  /** What became of requests. */
  public enum Outcome {
    OPENED,
    /** Answered by plain HTTP, whatever the status. */
    ANSWERED,
    /** The request or its payload could not be read, or loops. */
    MALFORMED,
    UNAUTHENTICATED,
    DENIED,
    /** Limits exhausted. */
    LIMITED,
    /** No proxy left. */
    UNAVAILABLE,
    /** The target is at fault. */
    ORIGIN_FAILED,
    /** All tries failed. */
    FAILED,
    CLIENT_LEFT,
    RETRIED,
    HEDGED,
    HEDGE_WON
  }
}
