package io.tradeflood.proxyter.health;

/** The state of one proxy at one target. Owned by the watcher's thread. */
final class PairHealth {
  private static final long FIRST_MILLIS = 120_000;
  private static final long LONGEST_MILLIS = 86_400_000;

  /** What a pair is at the moment. */
  enum State {
    OK,
    /** The target asks the proxy to be slower. */
    PAUSED,
    /** The target has shut the proxy out: no contact before the end, then one probe. */
    BANNED,
    /** The proxy does not want to, or cannot, reach the target. */
    REFUSED
  }

  private State state = State.OK;
  private Verdict verdict = Verdict.UNKNOWN;
  private long since;
  private long until;
  private int times;
  private String type = "*";

  State state() {
    return state;
  }

  Verdict verdict() {
    return verdict;
  }

  long since() {
    return since;
  }

  long until() {
    return until;
  }

  /** The type of the request that showed it. */
  String type() {
    return type;
  }

  int times() {
    return times;
  }

  /** As it was kept over a restart. */
  static PairHealth kept(
      State state, Verdict verdict, String type, long since, long until, int times) {
    var pair = new PairHealth();
    pair.state = state;
    pair.verdict = verdict;
    pair.since = since;
    pair.until = until;
    pair.type = type;
    pair.times = times;
    return pair;
  }

  /**
   * Blocks the pair.
   *
   * @param shownBy the type of the request that showed it
   * @param named the end that the target named, 0 if it named none
   * @return whether that is news: it was open, or is blocked for longer or worse now
   */
  boolean block(Verdict why, String shownBy, long named, long now) {
    State next =
        switch (why) {
          case RATE_LIMITED -> State.PAUSED;
          case BANNED -> State.BANNED;
          default -> State.REFUSED;
        };
    long own = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(times, 12));
    if (next == State.PAUSED) own = Math.min(own, 60_000);
    long end = named > now ? named : now + own;
    // A milder verdict never shortens a ban.
    if (state == State.BANNED && until > now && next != State.BANNED) return false;
    boolean news = state != next || now >= until;
    if (news) {
      since = now;
      times++;
    }
    state = next;
    verdict = why;
    type = shownBy;
    until = news ? end : Math.max(until, end);
    return news;
  }

  boolean isBlocked(long now) {
    return state == State.BANNED || state == State.REFUSED || state == State.PAUSED && now < until;
  }

  /** Whether a block has run out and may be looked at. */
  boolean isDue(long now) {
    return state != State.OK && now >= until;
  }

  /** It could not be looked at: not before then. */
  void postpone(long end) {
    if (state != State.OK) until = Math.max(until, end);
  }

  /** The pair is well again. Whether that is news. */
  boolean open(long now) {
    if (state == State.OK) return false;
    state = State.OK;
    verdict = Verdict.UNKNOWN;
    since = now;
    until = 0;
    return true;
  }
}
