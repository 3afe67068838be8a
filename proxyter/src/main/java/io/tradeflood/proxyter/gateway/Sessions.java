package io.tradeflood.proxyter.gateway;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions that had to leave the proxy they prefer, and where they went; they stay there until they
 * are quiet for their time. All others need no memory.
 */
final class Sessions {
  private static final int MOST = 65_536;

  private record Moved(String proxy, long until) {}

  private final Map<String, Moved> moved = new ConcurrentHashMap<>();

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

  void home(String session) {
    if (!moved.isEmpty()) moved.remove(session);
  }
}
