package io.tradeflood.proxyter.gateway;

import java.util.List;
import java.util.Map;

/**
 * What the gateway carries, at a glance; the numbers are taken one after another.
 *
 * @param clients connections of clients
 * @param tunnels open tunnels
 * @param proxies the load of each proxy by id
 * @param limits how much of each limit is used
 * @param waiting how many wait for room, by route
 * @param outcomes how often what became of a request
 */
public record GatewayStats(
    int clients,
    int tunnels,
    Map<String, ProxyLoad> proxies,
    List<LimitUse> limits,
    Map<String, Integer> waiting,
    Map<Outcome, Long> outcomes) {

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
   */
  public record LimitUse(String scope, String kind, long used, long capacity) {}

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
