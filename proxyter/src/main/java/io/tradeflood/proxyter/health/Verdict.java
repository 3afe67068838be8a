package io.tradeflood.proxyter.health;

/** Who was found to be at fault, and what that is acted on. */
public enum Verdict {
  /** The proxy serves nobody: it is taken out. */
  PROXY_DOWN(Scope.PROXY),
  /** Our credentials at the proxy are refused: it is taken out until somebody acts. */
  PROXY_AUTH(Scope.PROXY),
  /** The account at the proxy is used up: it waits. */
  PROXY_QUOTA(Scope.PROXY),
  /** All proxies of the provider fail: they are taken out. */
  PROVIDER_DOWN(Scope.PROVIDER),
  /** The target does not serve this proxy. */
  PAIR_REFUSED(Scope.PAIR),
  /** The target has shut this proxy out for a time. */
  BANNED(Scope.PAIR),
  /** The target asks this proxy to be slower. */
  RATE_LIMITED(Scope.PAIR),
  /** The proxy does not want to reach the target. */
  POLICY(Scope.PAIR),
  /** The proxy alone cannot resolve the target's name. */
  PROXY_DNS(Scope.PAIR),
  /** The proxy alone gets TLS alerts from the target. */
  PROXY_TLS_INTERFERENCE(Scope.PAIR),
  /** The target serves no proxy of the group, but others. */
  POOL_REFUSED(Scope.GROUP),
  /** The target serves nobody: nobody is taken out. */
  ORIGIN_DOWN(Scope.ORIGIN),
  /** We reach nobody: nobody is taken out, nothing is concluded. */
  LOCAL_NETWORK(Scope.US),
  /** Not settled: the proxy is used less. */
  UNKNOWN(Scope.NONE);

  /** What a verdict is acted on. */
  public enum Scope {
    PROXY,
    PROVIDER,
    /** The proxy at this one target. */
    PAIR,
    /** The group at this one target. */
    GROUP,
    ORIGIN,
    US,
    NONE
  }

  private final Scope scope;

  Verdict(Scope scope) {
    this.scope = scope;
  }

  public Scope scope() {
    return scope;
  }
}
