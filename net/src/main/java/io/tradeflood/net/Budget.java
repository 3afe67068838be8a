package io.tradeflood.net;

import io.tradeflood.connector.Limit;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What may be taken from one limit now. It never lets the exchange count more than the capacity in
 * one of its windows, wherever the windows lie and however the clocks differ:
 *
 * <ul>
 *   <li>What is taken is <i>under way</i> until the answer is here: the exchange counts it at some
 *       moment in between.
 *   <li>Then it is <i>counted</i>, and comes back when the window in which it can have been counted
 *       has surely ended: by the exchange's clock if that is known ({@link ServerClock}), else a
 *       window after it can have been counted last, as its answer tells and how long ways are at
 *       least: then no window can hold both it and what follows.
 *   <li>What an answer's header says beyond that is <i>others'</i>, behind the same address, and
 *       comes back in the same way. Headers never give anything back.
 * </ul>
 *
 * <p>Near the end of one of the exchange's windows it cannot be told in which of two a request is
 * counted, and it is held for the later one. So little is sent then that hardly anything of that
 * one is lost; what waits goes as soon as the new window has surely begun.
 *
 * <p>A burst goes through at once as long as the window holds it. Once it does not, what waits is
 * spread evenly over the windows that follow, at {@link #SPREAD the pace} that uses them up, until
 * nobody waits any more.
 *
 * <p>Belongs to a {@link Gate} and is guarded by its lock. Times are nanoseconds of one {@link
 * Timeline}.
 */
final class Budget {
  /** The part of a window over which its capacity is spread; the rest makes up for delays. */
  private static final double SPREAD = 0.9;

  /**
   * By this part of a window of a known beginning may what waits fall behind its pace and catch up.
   */
  private static final int BEHIND = 100;

  /**
   * The same where windows may begin at any time. What came too late for its pace then stays late
   * for ever, as each share comes back a window after it was counted: held up once more by the pace
   * because two came back at once, it would lose a part of every window.
   */
  private static final int ROLLING_BEHIND = 4;

  /** This part of the capacity is sent while it cannot be told in which window it is counted. */
  private static final int IN_DOUBT = 32;

  /** So many answers tell how long ways are at least. */
  private static final int WAYS = 64;

  /** This part of a window is kept between two counts in any case. */
  private static final int APART = 256;

  /** Something must happen first: no time alone will do. */
  static final long UNTIL_SETTLED = Long.MAX_VALUE;

  private final Limit limit;
  private final ServerClock clock;
  private final long window;

  /** Times are rounded up to multiples of this, so that few of them are kept. */
  private final long grain;

  private final int behind;

  /** What is counted, by the time at which it comes back. */
  private final TreeMap<Long, Long> counted = new TreeMap<>();

  /** What others have used as far as is known, by the time at which it no longer counts. */
  private final TreeMap<Long, Long> others = new TreeMap<>();

  private long underWay;
  private long countedSum;
  private boolean crowded;
  private long nextAt;
  private int ways;
  private long quickest = Long.MAX_VALUE;
  private double average;
  private long heard = Long.MIN_VALUE;
  private long shutUntil;
  private boolean ban;

  /** What was taken since it could last be told in which window it is counted. */
  private long doubtful;

  private boolean inDoubt;

  Budget(Limit limit, ServerClock clock) {
    this.limit = limit;
    this.clock = clock;
    window = limit.window().toNanos();
    grain = Math.max(1, window / 1024);
    behind = limit.window().compareTo(ServerClock.SHORTEST) < 0 ? ROLLING_BEHIND : BEHIND;
  }

  Limit limit() {
    return limit;
  }

  /** How long until so much may be taken: 0 for now, or {@link #UNTIL_SETTLED}. */
  long waitFor(long amount, long now) {
    forget(now);
    if (now < shutUntil) return shutUntil - now;
    boolean blind = isBlind(now);
    if (blind && underWay > 0 && underWay + amount > limit.capacity() / IN_DOUBT)
      return UNTIL_SETTLED;
    long certainAt = clock.certainAt(now, now + (long) average, limit.window());
    inDoubt = blind || certainAt > now;
    if (!inDoubt) doubtful = 0;
    if (certainAt > now && doubtful > 0 && doubtful + amount > limit.capacity() / IN_DOUBT)
      return certainAt - now;
    if (amount > left()) {
      crowd(now);
      return nextReturn(now);
    }
    return crowded && now < nextAt ? nextAt - now : 0;
  }

  /**
   * Whether nothing is known of what others have used in this window. Then only a little is sent
   * until the first answer tells.
   */
  private boolean isBlind(long now) {
    boolean tells = limit.usedHeader().isPresent() || limit.leftHeader().isPresent();
    return tells && (heard == Long.MIN_VALUE || now - heard > window);
  }

  private long left() {
    long foreign = foreign();
    long reserve = foreign > 0 ? limit.capacity() / 50 : 0;
    return limit.capacity() - underWay - countedSum - foreign - reserve;
  }

  private long foreign() {
    return others.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private long nextReturn(long now) {
    long next = UNTIL_SETTLED;
    if (!counted.isEmpty()) next = counted.firstKey() - now;
    if (!others.isEmpty()) next = Math.min(next, others.firstKey() - now);
    return next;
  }

  /** Takes. Call only when {@link #waitFor} said 0. */
  void take(long amount, long now) {
    underWay += amount;
    if (inDoubt) doubtful += amount;
    if (crowded)
      nextAt =
          Math.max(nextAt, now - window / behind)
              + (long) (amount * SPREAD * window / limit.capacity());
  }

  private void crowd(long now) {
    if (!crowded) nextAt = now;
    crowded = true;
  }

  /** Nobody waits. */
  void calm() {
    crowded = false;
  }

  /** It never reached the exchange. */
  void giveBack(long amount) {
    underWay -= amount;
  }

  /**
   * An answer is here.
   *
   * @param sent when the request left
   * @param received when the answer was here
   */
  void answered(long amount, long sent, long received) {
    long took = received - sent;
    ways = Math.min(ways + 1, WAYS);
    quickest = Math.min(quickest, took);
    average += (took - average) / (average == 0 ? 1 : 8);
    heard = Math.max(heard, received);
    settle(amount, windowOver(received));
  }

  /** It broke off: the exchange may have counted it, or still do so when it finds it. */
  void lost(long amount, long now) {
    settle(amount, now + window + Duration.ofSeconds(1).toNanos());
  }

  private void settle(long amount, long until) {
    underWay -= amount;
    if (amount == 0) return;
    counted.merge(roundUp(until), amount, Long::sum);
    countedSum += amount;
  }

  /** When what an answer told of no longer counts. */
  private long windowOver(long received) {
    long anyWindow = received + window - credit();
    OptionalLong itsWindow = clock.windowEnd(received, limit.window());
    return itsWindow.isPresent() ? Math.min(anyWindow, itsWindow.getAsLong()) : anyWindow;
  }

  /**
   * The way there of the next request and the way back of the last lie between the two counts, and
   * take as long together as the quickest answer did, or longer. So much is not waited for once
   * more, less by how much answers differ, since the quickest of all may not have been seen. The
   * first answers do not tell how quick a way can be: both sides are slow when they have just
   * begun.
   */
  private long credit() {
    if (ways < WAYS) return 0;
    long unsure = (long) (average - quickest) / 2 + window / APART;
    return Math.clamp(quickest - unsure, 0, window / 2);
  }

  /** The exchange says so much of its window is used, by whomever. */
  void used(long used, long received) {
    long foreign = Math.min(used, limit.capacity()) - underWay - countedSum;
    if (foreign > 0) others.merge(roundUp(windowOver(received)), foreign, Math::max);
  }

  /** Nothing more until then. */
  void shut(long until, boolean ban, long now) {
    if (until < shutUntil) return;
    shutUntil = until;
    this.ban = ban;
    crowd(now);
  }

  long shutUntil() {
    return shutUntil;
  }

  boolean isBan(long now) {
    return ban && now < shutUntil;
  }

  long used(long now) {
    forget(now);
    return Math.min(limit.capacity(), underWay + countedSum + foreign());
  }

  /** About how long somebody would wait who comes now, behind so much that waits already. */
  long estimate(long queued, long now) {
    long wait = Math.max(0, shutUntil - now);
    long missing = queued + 1 - Math.max(0, limit.capacity() - used(now));
    if (missing <= 0) return wait;
    long next = nextReturn(now);
    return wait
        + (next == UNTIL_SETTLED ? 0 : next)
        + (long) ((double) missing / limit.capacity() * window);
  }

  private long roundUp(long time) {
    return Math.ceilDiv(time, grain) * grain;
  }

  private void forget(long now) {
    while (!counted.isEmpty() && counted.firstKey() <= now)
      countedSum -= counted.pollFirstEntry().getValue();
    others.headMap(now, true).clear();
  }
}
