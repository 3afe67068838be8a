package io.tradeflood.proxyter.gateway;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions that had to leave the proxy they prefer, and where they went; they stay there until they
 * are quiet for their time; and how many ranks a session has, so that one that has to leave does
 * not go where another is. All others need no memory.
 */
final class Sessions {
  private static final int MOST = 65_536;

  /** Who looks for those whose time is over looks at all, so it is not done for every request. */
  private static final long SWEEP_MILLIS = 1_000;

  private sealed interface Ending {
    long until();
  }

  private record Moved(String proxy, long until) implements Ending {}

  private record Ranks(int highest, long until) implements Ending {}

  private final Map<String, Moved> moved = new ConcurrentHashMap<>();

  /** Of sessions that were asked for by more than their first rank. */
  private final Map<String, Ranks> ranks = new ConcurrentHashMap<>();

  private volatile long sweepAt = Long.MIN_VALUE;

  Optional<String> movedTo(String session, long now) {
    Moved found = moved.get(session);
    if (found == null) return Optional.empty();
    if (found.until() > now) return Optional.of(found.proxy());
    moved.remove(session, found);
    return Optional.empty();
  }

  void move(String session, String proxy, long until, long now) {
    if (isRoomFor(session, moved, now)) moved.put(session, new Moved(proxy, until));
  }

  /** A rank above the first is asked for. */
  void ranked(String session, int rank, long until, long now) {
    if (isRoomFor(session, ranks, now))
      ranks.merge(
          session,
          new Ranks(rank, until),
          (old, fresh) ->
              old.until() > now ? new Ranks(Math.max(old.highest(), rank), until) : fresh);
  }

  /** What is remembered already needs no room. */
  private boolean isRoomFor(String session, Map<String, ? extends Ending> all, long now) {
    if (all.size() < MOST || all.containsKey(session)) return true;
    if (now < sweepAt) return false;
    sweepAt = now + SWEEP_MILLIS;
    for (var map : List.of(moved, ranks)) map.values().removeIf(ending -> ending.until() <= now);
    return all.size() < MOST;
  }

  /** The highest rank that was asked for lately; 1 if there are no others. */
  int ranks(String session, long now) {
    Ranks known = ranks.isEmpty() ? null : ranks.get(session);
    return known == null || known.until() <= now ? 1 : known.highest();
  }

  void home(String session) {
    if (!moved.isEmpty()) moved.remove(session);
  }
}
