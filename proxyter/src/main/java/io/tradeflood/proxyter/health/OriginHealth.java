package io.tradeflood.proxyter.health;

/** The breaker of one target. Owned by the watcher's thread. */
final class OriginHealth {
  private static final long PROBE_MILLIS = 2_000;

  private boolean down;
  private long since;
  private long next;
  private String target = "";

  boolean isDown() {
    return down;
  }

  long since() {
    return since;
  }

  /** Where it was when it was found down, as {@code host:port}. */
  String target() {
    return target;
  }

  /** When the target is asked again. */
  long next() {
    return next;
  }

  /** It serves nobody. Whether that is news. */
  boolean open(String where, long now) {
    if (down) return false;
    target = where;
    next = now + PROBE_MILLIS;
    down = true;
    since = now;
    return true;
  }

  /** Somebody was served. Whether that is news. */
  boolean close(long now) {
    if (!down) return false;
    down = false;
    since = now;
    next = 0;
    return true;
  }

  boolean isProbeDue(long now) {
    return down && now >= next;
  }

  void probing(long now) {
    next = now + PROBE_MILLIS;
  }
}
