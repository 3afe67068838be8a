package io.tradeflood.live;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that stands until it is moved, and then does what is due. */
final class Times implements Later, InstantSource {
  private record Due(Instant when, long order, Runnable task) {}

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::when).thenComparing(Due::order));
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long order;

  @Override
  public void run(Duration delay, Runnable task) {
    due.add(new Due(now.plus(delay), order++, task));
  }

  @Override
  public Instant instant() {
    return now;
  }

  void pass(Duration duration) {
    Instant end = now.plus(duration);
    while (!due.isEmpty() && !due.peek().when().isAfter(end)) {
      var next = due.poll();
      now = next.when();
      next.task().run();
    }
    now = end;
  }
}
