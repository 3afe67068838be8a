package io.tradeflood.proxyter.event;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

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

  /** When an event of a type and subject was told last. */
  private final Map<String, Long> told = new HashMap<>();

  /** What is told when five seconds have passed, by subject and type, the oldest first. */
  private final Map<String, Map<String, Event>> held = new LinkedHashMap<>();

  private int heldCount;
  private long heldUntil = Long.MAX_VALUE;
  private long notBefore;
  private int failures;
  private long lost;
  private boolean off;

  private record Owed(Event event, long since) {}

  Delivery(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Takes an event. Others of the same type and subject within five seconds wait for their end, and
   * the last of them is told then, the rest is left to the journal.
   */
  void offer(Event event, long now) {
    if (off) return;
    tellDue(now);
    Map<String, Event> waiting = held.computeIfAbsent(event.subject(), _ -> new LinkedHashMap<>());
    if (waiting.remove(event.type()) != null) heldCount--;
    waiting.put(event.type(), event);
    heldCount++;
    long due = dueAt(event);
    // What waits of its subject is older, and is told in front of it.
    if (due <= now) tell(waiting, event.seq(), now);
    else heldUntil = Math.min(heldUntil, due);
    if (waiting.isEmpty()) held.remove(event.subject());
    if (size() <= MOST) return;
    tellAll(now);
    drop();
  }

  private static String key(Event event) {
    return event.type() + " " + event.subject();
  }

  private long dueAt(Event event) {
    Long last = told.get(key(event));
    return last == null ? 0 : last + COALESCE_MILLIS;
  }

  /** Tells what waits of a subject, up to a number. */
  private void tell(Map<String, Event> waiting, long upTo, long now) {
    for (Iterator<Event> each = waiting.values().iterator(); each.hasNext(); ) {
      Event event = each.next();
      if (event.seq() > upTo) continue;
      each.remove();
      heldCount--;
      told.put(key(event), now);
      owed.addLast(new Owed(event, now));
    }
    if (told.size() > MOST) told.values().removeIf(at -> now - at >= COALESCE_MILLIS);
  }

  private void tellDue(long now) {
    if (now < heldUntil) return;
    heldUntil = Long.MAX_VALUE;
    for (Map<String, Event> waiting : held.values()) {
      long upTo = -1;
      for (Event event : waiting.values()) if (dueAt(event) <= now) upTo = event.seq();
      tell(waiting, upTo, now);
      for (Event event : waiting.values()) heldUntil = Math.min(heldUntil, dueAt(event));
    }
    held.values().removeIf(Map::isEmpty);
  }

  /** Tells at once what waits. */
  void tellAll(long now) {
    for (Map<String, Event> waiting : held.values()) tell(waiting, Long.MAX_VALUE, now);
    held.clear();
    heldUntil = Long.MAX_VALUE;
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
    tellDue(now);
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
    return owed.isEmpty() ? heldUntil : Math.min(heldUntil, notBefore);
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
    held.clear();
    heldCount = 0;
    heldUntil = Long.MAX_VALUE;
  }

  /** The number of the oldest event that is owed; {@link Long#MAX_VALUE} if none is. */
  long oldest() {
    return Stream.concat(
            owed.stream().map(Owed::event),
            held.values().stream().flatMap(waiting -> waiting.values().stream()))
        .mapToLong(Event::seq)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  boolean isOff() {
    return off;
  }

  int size() {
    return owed.size() + heldCount;
  }

  int failures() {
    return failures;
  }

  /** How many were dropped because there were too many or the receiver was away for too long. */
  long lost() {
    return lost;
  }
}
