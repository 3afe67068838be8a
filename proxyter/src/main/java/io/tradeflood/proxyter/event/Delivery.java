package io.tradeflood.proxyter.event;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What one callback is still owed, in order. At least once: an event stays until the receiver has
 * answered with 2xx, or a day has passed. It has no thread and no clock; whoever drives it asks
 * {@link #next} and tells how it went.
 *
 * <p>Not safe for threads; the driver holds its lock.
 */
final class Delivery {
  static final int MOST = 10_000;
  static final long COALESCE_MILLIS = 5_000;
  static final long GIVE_UP_MILLIS = 86_400_000;
  private static final long FIRST_MILLIS = 1_000;
  private static final long LONGEST_MILLIS = 3_600_000;

  private final RandomGenerator random;
  private final Deque<Owed> owed = new ArrayDeque<>();
  private final Map<String, Long> lastOf = new HashMap<>();
  private long notBefore;
  private int failures;
  private long lost;
  private boolean off;

  private record Owed(Event event, long since) {}

  Delivery(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Takes an event. Another of the same type and subject within five seconds says nothing new and
   * is left to the journal.
   */
  void offer(Event event, long now) {
    if (off) return;
    String key = event.type() + " " + event.subject();
    Long last = lastOf.put(key, now);
    if (last != null && now - last < COALESCE_MILLIS) return;
    if (lastOf.size() > MOST) lastOf.values().removeIf(at -> now - at >= COALESCE_MILLIS);
    owed.addLast(new Owed(event, now));
    if (owed.size() > MOST) drop();
  }

  /** Suspicions are the first to go, the oldest first. */
  private void drop() {
    lost++;
    for (Iterator<Owed> each = owed.iterator(); each.hasNext(); )
      if (each.next().event().type().endsWith(".suspect")) {
        each.remove();
        return;
      }
    owed.removeFirst();
  }

  /** The event to send now; the same until it is told how that went. */
  Optional<Event> next(long now) {
    while (!owed.isEmpty() && now - owed.peekFirst().since() > GIVE_UP_MILLIS) {
      owed.removeFirst();
      lost++;
    }
    return owed.isEmpty() || now < notBefore
        ? Optional.empty()
        : Optional.of(owed.peekFirst().event());
  }

  /** When there may be something to send; {@link Long#MAX_VALUE} if nothing is owed. */
  long dueAt() {
    return owed.isEmpty() ? Long.MAX_VALUE : notBefore;
  }

  /** The receiver has it. */
  void delivered() {
    owed.pollFirst();
    failures = 0;
    notBefore = 0;
  }

  /** The receiver does not have it. Whether it has begun to fail, which is an event of its own. */
  boolean failed(long now) {
    long wait = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, 20));
    notBefore = now + Math.round(wait * (0.5 + 0.5 * random.nextDouble()));
    return ++failures == 3;
  }

  /** The receiver wants nothing more, ever. */
  void switchOff() {
    off = true;
    owed.clear();
  }

  /** The number of the oldest event that is owed; {@link Long#MAX_VALUE} if none is. */
  long oldest() {
    return owed.isEmpty() ? Long.MAX_VALUE : owed.peekFirst().event().seq();
  }

  boolean isOff() {
    return off;
  }

  int size() {
    return owed.size();
  }

  int failures() {
    return failures;
  }

  /** How many were dropped because there were too many or the receiver was away for too long. */
  long lost() {
    return lost;
  }
}
