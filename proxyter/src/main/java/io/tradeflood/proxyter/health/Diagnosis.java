package io.tradeflood.proxyter.health;

/**
 * The decision of who is at fault, from what was seen of the failure and of everything around it. A
 * pure function: where the sights come from, passive outcomes or probes, is not its business.
 *
 * @param verdict who
 * @param confidence 0 to 1
 */
public record Diagnosis(Verdict verdict, double confidence) {

  /** So many other proxies must fail, too, before a target is said to be down. */
  private static final int OTHERS_FOR_ORIGIN = 3;

  /** What is known of one way. */
  public enum Seen {
    WORKS,
    FAILS,
    UNKNOWN
  }

  /**
   * What is known around a failure of a proxy at a target.
   *
   * @param signal what was seen of the failure itself
   * @param repeated whether the same proxy failed in the same way just before
   * @param proxyElsewhere the proxy at other targets or controls
   * @param others other proxies at the target
   * @param othersFailing how many other proxies failed there
   * @param providersFailing of how many providers these are
   * @param othersTelling how many of them said that it is the target
   * @param poolFails whether they are all that the group has, too few to ask for more, and each of
   *     them works elsewhere
   * @param peers other proxies of the same provider, wherever they go
   * @param otherProviders proxies of other providers, wherever they go
   * @param direct the target without a proxy
   * @param directControls the controls without a proxy
   */
  public record Sights(
      Signal signal,
      boolean repeated,
      Seen proxyElsewhere,
      Seen others,
      int othersFailing,
      int providersFailing,
      int othersTelling,
      boolean poolFails,
      Seen peers,
      Seen otherProviders,
      Seen direct,
      Seen directControls) {

    /** Nobody said that it is the target, and the pool has others. */
    Sights(
        Signal signal,
        boolean repeated,
        Seen proxyElsewhere,
        Seen others,
        int othersFailing,
        int providersFailing,
        Seen peers,
        Seen otherProviders,
        Seen direct,
        Seen directControls) {
      this(
          signal,
          repeated,
          proxyElsewhere,
          others,
          othersFailing,
          providersFailing,
          0,
          false,
          peers,
          otherProviders,
          direct,
          directControls);
    }

    /** Nothing known but the failure itself. */
    public static Sights of(Signal signal) {
      return of(signal, false);
    }

    /** Nothing known but the failure itself, and whether it came twice. */
    static Sights of(Signal signal, boolean repeated) {
      Seen unknown = Seen.UNKNOWN;
      return new Sights(
          signal, repeated, unknown, unknown, 0, 0, unknown, unknown, unknown, unknown);
    }
  }

  /** Whether the failure is settled without looking further. */
  public static boolean isSettledBy(Signal signal, boolean repeated) {
    return signal.isCertain() && signal != Signal.HTTP_5XX
        || signal == Signal.PROXY_TIMEOUT && repeated;
  }

  /** Who is at fault. */
  public static Diagnosis decide(Sights s) {
    boolean settled = isSettledBy(s.signal(), s.repeated());
    if (settled && !s.signal().mayBeUs()) return settled(s.signal());
    if (isLocal(s)) return new Diagnosis(Verdict.LOCAL_NETWORK, 0.95);
    if (settled) return settled(s.signal());
    // Whoever brought the target's own answer works; the answer is the target's.
    if (s.signal() == Signal.HTTP_5XX)
      return isOriginDown(s)
          ? new Diagnosis(Verdict.ORIGIN_DOWN, 0.8)
          : new Diagnosis(Verdict.UNKNOWN, 0);
    return switch (s.proxyElsewhere()) {
      case FAILS -> proxySide(s);
      case WORKS -> targetSide(s);
      case UNKNOWN ->
          s.others() == Seen.WORKS && s.signal().blame() == Signal.Blame.PROXY
              ? new Diagnosis(Verdict.PROXY_DOWN, 0.7)
              : isOriginDown(s) && !s.signal().mayBeUs()
                  // All these proxies took our connections, so they do not fail themselves.
                  ? new Diagnosis(Verdict.ORIGIN_DOWN, s.direct() == Seen.FAILS ? 0.9 : 0.7)
                  : new Diagnosis(Verdict.UNKNOWN, 0);
    };
  }

  private static Diagnosis settled(Signal signal) {
    Verdict verdict =
        switch (signal) {
          case PROXY_AUTH -> Verdict.PROXY_AUTH;
          case PROXY_QUOTA -> Verdict.PROXY_QUOTA;
          case PROXY_POLICY -> Verdict.POLICY;
          case HTTP_429 -> Verdict.RATE_LIMITED;
          case HTTP_418, HTTP_403, HTTP_451 -> Verdict.BANNED;
          case PROXY_DNS,
              PROXY_REFUSED,
              PROXY_UNREACHABLE,
              PROXY_TIMEOUT,
              PROXY_TLS,
              PROXY_PROTOCOL ->
              Verdict.PROXY_DOWN;
          case OK,
              LOCAL,
              ORIGIN_DNS,
              ORIGIN_REFUSED,
              ORIGIN_TIMEOUT,
              CONNECT_FAILED,
              CONNECT_CLOSED,
              CONNECT_SILENT,
              TUNNEL_RESET,
              TUNNEL_ALERT,
              TUNNEL_MUTE,
              TUNNEL_CUT,
              HTTP_5XX,
              CLIENT_LEFT ->
              Verdict.UNKNOWN;
        };
    return new Diagnosis(verdict, verdict == Verdict.UNKNOWN ? 0 : 1);
  }

  private static boolean isLocal(Sights s) {
    boolean everythingFails =
        s.others() != Seen.WORKS
            && s.proxyElsewhere() != Seen.WORKS
            && s.otherProviders() != Seen.WORKS
            && s.directControls() == Seen.FAILS;
    return everythingFails
        && (s.signal().mayBeUs() || s.others() == Seen.FAILS && s.direct() != Seen.WORKS);
  }

  /** The proxy fails at other targets, too. */
  private static Diagnosis proxySide(Sights s) {
    if (s.peers() == Seen.FAILS && s.otherProviders() == Seen.WORKS)
      return new Diagnosis(Verdict.PROVIDER_DOWN, 0.9);
    if (s.others() == Seen.WORKS || s.otherProviders() == Seen.WORKS)
      return new Diagnosis(Verdict.PROXY_DOWN, 0.95);
    return new Diagnosis(Verdict.UNKNOWN, 0);
  }

  /** The proxy serves other targets. */
  private static Diagnosis targetSide(Sights s) {
    return switch (s.others()) {
      case WORKS ->
          new Diagnosis(
              switch (s.signal()) {
                case ORIGIN_DNS -> Verdict.PROXY_DNS;
                case TUNNEL_ALERT -> Verdict.PROXY_TLS_INTERFERENCE;
                case TUNNEL_RESET -> Verdict.BANNED;
                default -> Verdict.PAIR_REFUSED;
              },
              s.signal() == Signal.TUNNEL_RESET ? 0.8 : 0.9);
      case FAILS -> nobodyServed(s);
      case UNKNOWN -> new Diagnosis(Verdict.UNKNOWN, 0);
    };
  }

  /** The proxy serves other targets, and no other proxy serves this one. */
  private static Diagnosis nobodyServed(Sights s) {
    if (s.direct() == Seen.WORKS) return new Diagnosis(Verdict.POOL_REFUSED, 0.9);
    if (isOriginDown(s))
      return new Diagnosis(Verdict.ORIGIN_DOWN, s.direct() == Seen.FAILS ? 0.95 : 0.8);
    return s.poolFails()
        ? new Diagnosis(Verdict.ORIGIN_DOWN, 0.7)
        : new Diagnosis(Verdict.UNKNOWN, 0);
  }

  /** Whether so many others of so many providers can say of a target that it is down. */
  static boolean isEnough(long others, long providers) {
    return others >= OTHERS_FOR_ORIGIN && providers >= 2;
  }

  private static boolean isOriginDown(Sights s) {
    boolean told = s.signal().isTold() && s.othersTelling() > 0;
    return s.others() == Seen.FAILS
        && (isEnough(s.othersFailing(), s.providersFailing())
            || s.direct() == Seen.FAILS
            || told && s.direct() != Seen.WORKS);
  }
}
