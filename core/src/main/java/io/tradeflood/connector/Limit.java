package io.tradeflood.connector;

import java.time.Duration;
import java.util.Optional;

/**
 * A limit that an exchange sets: so much in a window of time, counted for each address or for each
 * credential.
 *
 * @param name what the connector's calls name when they take from it, such as {@code weight}
 * @param capacity how much one window holds
 * @param window the window's length; windows are the exchange's own and start at multiples of it
 * @param scope what the exchange counts by
 * @param together by which name it is counted together with the limits of other connectors; empty
 *     if it is the connector's own
 * @param usedHeader the answer's header that says how much of the window is used, if there is one
 * @param leftHeader the answer's header that says how much is left, if there is one
 */
public record Limit(
    String name,
    long capacity,
    Duration window,
    Scope scope,
    Optional<String> together,
    Optional<String> usedHeader,
    Optional<String> leftHeader) {

  /** What an exchange counts by. */
  public enum Scope {
    /** The address that requests come from. */
    ADDRESS,
    /** The credential that requests carry. */
    CREDENTIAL
  }

  public Limit {
    if (capacity < 1 || window.isNegative() || window.isZero())
      throw new IllegalArgumentException(
          "Limit %s must hold at least 1 in a window of some length, was %d per %s"
              .formatted(name, capacity, window));
  }

  /** So much in each window, for each address. */
  public static Limit of(String name, long capacity, Duration window) {
    return new Limit(
        name,
        capacity,
        window,
        Scope.ADDRESS,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** This limit, corrected by a header that says how much is used. */
  public Limit usedHeader(String header) {
    return new Limit(name, capacity, window, scope, together, Optional.of(header), leftHeader);
  }

  /** This limit, corrected by a header that says how much is left. */
  public Limit leftHeader(String header) {
    return new Limit(name, capacity, window, scope, together, usedHeader, Optional.of(header));
  }

  /** This limit, counted for each credential. */
  public Limit perCredential() {
    return new Limit(name, capacity, window, Scope.CREDENTIAL, together, usedHeader, leftHeader);
  }

  /**
   * This limit, counted together with what other connectors take at the same host from theirs of
   * the same name.
   *
   * @param name unique among all exchanges, such as {@code acme requests}
   */
  public Limit together(String name) {
    return new Limit(this.name, capacity, window, scope, Optional.of(name), usedHeader, leftHeader);
  }

  /**
   * By which name it is counted and shown.
   *
   * @param hostName the connector's, such as {@code binance.spot-rest}
   */
  public String label(String hostName) {
    return together.orElseGet(() -> hostName + " " + name);
  }
}
