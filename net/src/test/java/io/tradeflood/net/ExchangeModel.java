package io.tradeflood.net;

import io.tradeflood.connector.Limit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;

/**
 * An exchange that counts in windows of its own clock, the ways to it and back, and those who ask
 * it through one {@link Budget}; all in time that is only counted, so hours pass at once.
 */
final class ExchangeModel {
  /**
   * What is played.
   *
   * @param offset our clock less the exchange's
   * @param there the shortest way there
   * @param back the shortest way back, and what the exchange takes for its answer
   * @param jitter by how much each way may be longer
   * @param dated whether answers carry a date
   * @param lag by how much dates may lag behind, since some servers write a new one each second
   * @param askers how many ask, one request each at a time
   * @param largest the most that one request takes
   */
  record World(
      Limit limit,
      Duration offset,
      Duration there,
      Duration back,
      Duration jitter,
      boolean dated,
      Duration lag,
      int askers,
      int largest,
      long seed) {}

  private record Counted(long at, long amount) {}

  private record Event(long at, long order, Runnable what) {}

  private final World world;
  private final Random random;
  private final ServerClock clock = new ServerClock();
  private final Budget budget;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          java.util.Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private final Deque<Long> queue = new ArrayDeque<>();
  private final TreeMap<Long, Long> windows = new TreeMap<>();
  private final Deque<Counted> latest = new ArrayDeque<>();
  private long latestSum;
  private long most;
  private long now;
  private long order;
  private long until;
  private long waking;
  private int slow;
  private long slowness;

  ExchangeModel(World world) {
    this.world = world;
    random = new Random(world.seed());
    budget = new Budget(world.limit(), clock);
    now = 1 + random.nextLong(world.limit().window().toNanos());
  }

  /** Starts so long before one of the exchange's windows ends. */
  ExchangeModel startingBeforeBorder(Duration before) {
    long length = world.limit().window().toNanos();
    now = Math.floorMod(world.offset().toNanos() - before.toNanos(), length) + length;
    return this;
  }

  /** Lets so many first requests take so much longer to get there, as over new connections. */
  ExchangeModel slowAtFirst(int requests, Duration longer) {
    slow = requests;
    slowness = longer.toNanos();
    return this;
  }

  /** Lets everybody ask without end for so many windows; gives what was counted in each. */
  TreeMap<Long, Long> play(int howMany) {
    until = now + howMany * world.limit().window().toNanos();
    for (int i = 0; i < world.askers(); i++) queue.add(amount());
    pump();
    while (!events.isEmpty() && now < until) {
      var event = events.remove();
      now = event.at();
      event.what().run();
      pump();
    }
    return windows;
  }

  /** The most that was counted in one window's length, wherever it begins. */
  long mostInAnyWindow() {
    return most;
  }

  /** Uses something behind the same address, at this moment after the beginning. */
  void others(Duration after, long amount) {
    at(now + after.toNanos(), () -> count(amount));
  }

  private long amount() {
    return 1 + random.nextInt(world.largest());
  }

  private long way(Duration shortest) {
    return shortest.toNanos() + random.nextLong(world.jitter().toNanos() + 1);
  }

  private void at(long time, Runnable what) {
    events.add(new Event(time, order++, what));
  }

  /** As {@link Gate} does: first come, first served. */
  private void pump() {
    while (!queue.isEmpty()) {
      long amount = queue.getFirst();
      long wait = budget.waitFor(amount, now);
      if (wait != 0) {
        if (wait != Budget.UNTIL_SETTLED) wakeAt(now + wait);
        return;
      }
      budget.take(amount, now);
      queue.removeFirst();
      if (queue.isEmpty()) budget.calm();
      send(amount);
    }
  }

  /** One who waits is woken once; who is woken early looks again. */
  private void wakeAt(long time) {
    if (waking > now && waking <= time) return;
    waking = time;
    at(time, () -> {});
  }

  private void send(long amount) {
    long sent = now;
    long arrival = now + way(world.there()) + (slow-- > 0 ? slowness : 0);
    at(
        arrival,
        () -> {
          count(amount);
          long used = windows.getOrDefault(window(), 0L);
          long answered = now + way(world.back());
          long date = serverNanos(answered - world.back().toNanos()) - random(world.lag());
          at(answered, () -> answer(amount, sent, used, date));
        });
  }

  private long random(Duration most) {
    return random.nextLong(most.toNanos() + 1);
  }

  private void answer(long amount, long sent, long used, long date) {
    if (world.dated()) clock.heard(sent, now, Math.floorDiv(date, 1_000_000_000L));
    budget.answered(amount, sent, now);
    if (world.limit().usedHeader().isPresent()) budget.used(used, now);
    queue.add(amount());
  }

  private void count(long amount) {
    windows.merge(window(), amount, Long::sum);
    latest.addLast(new Counted(now, amount));
    latestSum += amount;
    while (latest.getFirst().at() <= now - world.limit().window().toNanos())
      latestSum -= latest.removeFirst().amount();
    most = Math.max(most, latestSum);
  }

  private long serverNanos(long ours) {
    return ours - world.offset().toNanos();
  }

  private long window() {
    return Math.floorDiv(serverNanos(now), world.limit().window().toNanos());
  }
}
