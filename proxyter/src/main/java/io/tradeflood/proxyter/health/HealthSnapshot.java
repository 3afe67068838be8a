package io.tradeflood.proxyter.health;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is concluded at a moment, for those who look: operators, pages, tests.
 *
 * @param at when, UTC
 * @param frozen whether verdicts are frozen because this machine reaches nobody
 * @param proxies every proxy
 * @param pairs every proxy at a target that is not well
 * @param origins every target that has been down
 */
public record HealthSnapshot(
    Instant at,
    boolean frozen,
    List<ProxyState> proxies,
    List<PairState> pairs,
    List<OriginState> origins) {

  public HealthSnapshot {
    proxies = List.copyOf(proxies);
    pairs = List.copyOf(pairs);
    origins = List.copyOf(origins);
  }

  /**
   * A proxy.
   *
   * @param state such as {@code up}, {@code down}
   * @param share what part of its ordinary share it gets
   * @param until when it is looked at next, where that is known
   */
  public record ProxyState(
      String proxy,
      String state,
      double share,
      Instant since,
      Optional<Instant> until,
      Optional<Verdict> verdict) {}

  /**
   * A proxy at a target.
   *
   * @param type the type of the request that showed it
   * @param times how often it has been blocked
   */
  public record PairState(
      String proxy,
      String origin,
      String type,
      String state,
      Verdict verdict,
      Instant since,
      Instant until,
      int times) {}

  /** A target. */
  public record OriginState(String origin, boolean down, Instant since, Optional<Instant> next) {}
}
