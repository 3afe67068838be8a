package io.tradeflood.proxyter.health;

/**
 * What was seen of an attempt. The code in front tells whom it speaks against: {@code L} us, {@code
 * P} the proxy, {@code O} the target as the proxy told it, {@code X} nobody for certain, {@code T}
 * seen in an open tunnel, {@code H} the target's own status, {@code C} the client.
 */
public enum Signal {
  OK("OK", Blame.NOBODY, true),
  /** No descriptor, address or network left on this machine. */
  LOCAL("L", Blame.US, false),
  PROXY_DNS("P-DNS", Blame.PROXY, true),
  PROXY_REFUSED("P-REFUSED", Blame.PROXY, true),
  PROXY_UNREACHABLE("P-UNREACH", Blame.PROXY, true),
  /** Certain when it happens twice in a row. */
  PROXY_TIMEOUT("P-TIMEOUT", Blame.PROXY, false),
  PROXY_TLS("P-TLS", Blame.PROXY, true),
  /** Our credentials there are refused. */
  PROXY_AUTH("P-AUTH", Blame.PROXY, true),
  /** The account there is used up, or asks us to be slower. */
  PROXY_QUOTA("P-QUOTA", Blame.PROXY, true),
  /** It speaks neither HTTP nor SOCKS. */
  PROXY_PROTOCOL("P-PROTO", Blame.PROXY, true),
  /** The proxy does not want to reach this target. */
  PROXY_POLICY("P-POLICY", Blame.PAIR, true),
  ORIGIN_DNS("O-DNS", Blame.ORIGIN, false),
  ORIGIN_REFUSED("O-REFUSED", Blame.ORIGIN, false),
  ORIGIN_TIMEOUT("O-TIMEOUT", Blame.ORIGIN, false),
  /** The proxy said that it failed, but not who. */
  CONNECT_FAILED("X-CONNECT", Blame.UNKNOWN, false),
  CONNECT_CLOSED("X-CLOSE", Blame.UNKNOWN, false),
  CONNECT_SILENT("X-SILENT", Blame.UNKNOWN, false),
  /** The tunnel was reset before the first byte came back. */
  TUNNEL_RESET("T-RST0", Blame.UNKNOWN, false),
  /** The first thing from the other side was a TLS alert, or no TLS at all. */
  TUNNEL_ALERT("T-ALERT", Blame.UNKNOWN, false),
  /** Bytes went out and none came back. */
  TUNNEL_MUTE("T-MUTE", Blame.UNKNOWN, false),
  /** Cut after bytes had come back: statistics only. */
  TUNNEL_CUT("T-CUT", Blame.NOBODY, false),
  HTTP_429("H-429", Blame.PAIR, true),
  HTTP_418("H-418", Blame.PAIR, true),
  HTTP_403("H-403", Blame.PAIR, true),
  HTTP_451("H-451", Blame.PAIR, true),
  HTTP_5XX("H-5xx", Blame.ORIGIN, true),
  /** The client went away first. */
  CLIENT_LEFT("C-LEFT", Blame.NOBODY, true);

  /** Whom a signal speaks against. */
  public enum Blame {
    NOBODY,
    US,
    PROXY,
    PAIR,
    ORIGIN,
    UNKNOWN
  }

  private final String code;
  private final Blame blame;
  private final boolean certain;

  Signal(String code, Blame blame, boolean certain) {
    this.code = code;
    this.blame = blame;
    this.certain = certain;
  }

  /** As it is written in events, metrics and logs. */
  public String code() {
    return code;
  }

  public Blame blame() {
    return blame;
  }

  /** Whether one of them settles it. */
  public boolean isCertain() {
    return certain;
  }

  /** Whether it is the proxy that says that the target is at fault. */
  public boolean isTold() {
    return this == ORIGIN_DNS || this == ORIGIN_REFUSED || this == ORIGIN_TIMEOUT;
  }

  /** Whether it looks the same when this machine reaches nobody. */
  public boolean mayBeUs() {
    return this == LOCAL || this == PROXY_DNS || this == PROXY_UNREACHABLE || this == PROXY_TIMEOUT;
  }

  /** Whether the target could not be served. */
  public boolean isFailure() {
    return this != OK && this != CLIENT_LEFT && this != TUNNEL_CUT;
  }
}
