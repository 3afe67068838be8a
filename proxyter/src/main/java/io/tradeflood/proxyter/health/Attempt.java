package io.tradeflood.proxyter.health;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of one attempt to reach a target through a proxy, or what was learned of it later.
 *
 * @param at when it ended, UTC
 * @param proxy the proxy's id
 * @param origin the target by our name for it, or its registrable domain
 * @param target the target as {@code host:port}
 * @param group the group that the proxy was taken from
 * @param type the request's type
 * @param signal what was seen
 * @param phase how far it came: {@code dial tls handshake connect tunnel feedback probe}
 * @param millis how long it took
 * @param retryAfter until when the target wants to be left alone, where it said so
 * @param lease the tunnel's number, 0 where none was opened
 */
public record Attempt(
    Instant at,
    String proxy,
    String origin,
    String target,
    String group,
    String type,
    Signal signal,
    String phase,
    long millis,
    Optional<Instant> retryAfter,
    long lease) {

  /** The same, seen so. */
  public Attempt as(Signal other) {
    return new Attempt(
        at, proxy, origin, target, group, type, other, phase, millis, retryAfter, lease);
  }

  /** The same of another proxy. */
  Attempt of(String other) {
    return new Attempt(
        at, other, origin, target, group, type, signal, phase, millis, retryAfter, 0);
  }
}
