package io.tradeflood.proxyter.health;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the data path reads, as one immutable value: the watcher publishes a new one after each
 * change. Proxies and pairs that are well are not in it, so in good times every look misses.
 */
record View(
    Map<String, Out> proxies,
    Map<String, Ramp> ramps,
    Map<HealthBook.Pair, Blocked> pairs,
    Map<String, Long> origins) {

  static final View EMPTY = new View(Map.of(), Map.of(), Map.of(), Map.of());

  /**
   * A proxy that is out.
   *
   * @param isLastResort whether its fault may have ended
   */
  record Out(String why, long until, boolean isLastResort) {}

  /** A proxy whose share is not whole: from a part to another over a time. */
  record Ramp(double from, double to, long began, long length) {
    double at(long now) {
      if (length <= 0) return to;
      double way = Math.clamp((double) (now - began) / length, 0, 1);
      return from + (to - from) * way;
    }
  }

  /**
   * A pair that is blocked; a pause ends by itself, a ban by its probe.
   *
   * @param status by which the target has shut the proxy out, if it is the target's will
   */
  record Blocked(String why, long until, boolean endsByItself, OptionalInt status) {
    boolean holds(long now) {
      return !endsByItself || now < until;
    }
  }

  boolean isEligible(String proxy, String origin, long now) {
    if (!proxies.isEmpty() && proxies.containsKey(proxy)) return false;
    return !isBlocked(proxy, origin, now);
  }

  boolean isLastResort(String proxy, String origin, long now) {
    Out out = proxies.get(proxy);
    return out != null && out.isLastResort() && !isBlocked(proxy, origin, now);
  }

  /** Whether the target does not want to see the proxy, or the other way round. */
  boolean isBlocked(String proxy, String origin, long now) {
    if (pairs.isEmpty()) return false;
    Blocked blocked = pairs.get(new HealthBook.Pair(proxy, origin));
    return blocked != null && blocked.holds(now);
  }

  Optional<String> whyNot(String proxy, String origin, long now) {
    Out out = proxies.get(proxy);
    if (out != null) return Optional.of(words(out.why(), out.until()));
    Blocked blocked = pairs.get(new HealthBook.Pair(proxy, origin));
    return blocked == null || !blocked.holds(now)
        ? Optional.empty()
        : Optional.of(words(blocked.why(), blocked.until()));
  }

  OptionalInt shutOut(String proxy, String origin, long now) {
    if (pairs.isEmpty()) return OptionalInt.empty();
    Blocked blocked = pairs.get(new HealthBook.Pair(proxy, origin));
    return blocked == null || !blocked.holds(now) ? OptionalInt.empty() : blocked.status();
  }

  private static String words(String why, long until) {
    return until <= 0 ? why : why + " until " + Instant.ofEpochMilli(until);
  }

  double share(String proxy, long now) {
    if (ramps.isEmpty()) return 1;
    Ramp ramp = ramps.get(proxy);
    return ramp == null ? 1 : ramp.at(now);
  }

  long eligibleAt(String proxy, String origin, long now) {
    Out out = proxies.get(proxy);
    Blocked blocked = pairs.get(new HealthBook.Pair(proxy, origin));
    long at = now;
    if (out != null) at = out.until() <= 0 ? Long.MAX_VALUE : Math.max(at, out.until());
    if (blocked != null && blocked.holds(now) && at != Long.MAX_VALUE)
      at = Math.max(at, blocked.until());
    return at;
  }
}
