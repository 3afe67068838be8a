package io.tradeflood.proxyter.gateway;

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

  private record Moved(String proxy, long until) {}

  private record Ranks(int highest, long until) {}

  private final Map<String, Moved> moved = new ConcurrentHashMap<>();

  /** Of sessions that were asked for by more than their first rank. */
  private final Map<String, Ranks> ranks = new ConcurrentHashMap<>();

  Optional<String> movedTo(String session, long now) {
    Moved found = moved.get(session);
    if (found == null) return Optional.empty();
    if (found.until() > now) return Optional.of(found.proxy());
    moved.remove(session, found);
    return Optional.empty();
  }

  void move(String session, String proxy, long until, long now) {
    if (moved.size() >= MOST) moved.values().removeIf(m -> m.until() <= now);
    if (moved.size() < MOST) moved.put(session, new Moved(proxy, until));
  }

  /** A rank above the first is asked for. */
  void ranked(String session, int rank, long until, long now) {
    if (ranks.size() >= MOST) ranks.values().removeIf(r -> r.until() <= now);
    if (ranks.size() < MOST)
      ranks.merge(
          session,
          new Ranks(rank, until),
          (old, fresh) ->
              old.until() > now ? new Ranks(Math.max(old.highest(), rank), until) : fresh);
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
