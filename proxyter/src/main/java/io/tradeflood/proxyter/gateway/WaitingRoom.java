package io.tradeflood.proxyter.gateway;

import io.tradeflood.proxyter.pool.Selection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * Where the requests of a route wait for room: who has the higher priority goes first, then who
 * came first. Whoever wants the same as somebody who cannot go yet stays behind it; others may
 * pass.
 *
 * <p>The queue is guarded by its own monitor. While it is held, limits are taken from; nothing is
 * called that waits.
 */
final class WaitingRoom {

  /** Somebody who waits. */
  interface Waiter {
    /** What it wants; equal wants are served in order. */
    Object wants();

    /** 0 to 9, higher first. */
    int priority();

    /** Looks for a proxy, from any thread. */
    Choice choose(Selection selection);

    /** It need not wait any more; called from any thread. */
    void called(Choice choice);
  }

  private record Place(Waiter waiter, long number) {}

  private final TreeSet<Place> places =
      new TreeSet<>(
          Comparator.comparingInt((Place p) -> -p.waiter().priority())
              .thenComparingLong(Place::number));
  private final AtomicInteger passes = new AtomicInteger();
  private final Selection selection;
  private volatile int size;
  private long numbers;
  private long alarmAt = Long.MAX_VALUE;

  WaitingRoom() {
    this.selection = new Selection(0.5, new SplittableRandom(7));
  }

  int size() {
    return size;
  }

  /** Takes a place; false if all of them are taken. */
  boolean enter(Waiter waiter, int most) {
    synchronized (places) {
      if (places.size() >= most) return false;
      places.add(new Place(waiter, numbers++));
      size = places.size();
      return true;
    }
  }

  void leave(Waiter waiter) {
    synchronized (places) {
      places.removeIf(p -> p.waiter().equals(waiter));
      size = places.size();
    }
  }

  /**
   * Calls whoever can go.
   *
   * @param alarm is told when to look again, in milliseconds since 1970
   */
  void look(LongConsumer alarm) {
    if (size == 0 || passes.getAndIncrement() != 0) return;
    int missed = 1;
    while (missed != 0) {
      pass(alarm);
      missed = passes.addAndGet(-missed);
    }
  }

  /** The alarm that was set last has rung. */
  void rang() {
    synchronized (places) {
      alarmAt = Long.MAX_VALUE;
    }
  }

  private void pass(LongConsumer alarm) {
    long earliest = Long.MAX_VALUE;
    synchronized (places) {
      var blocked = new HashSet<Object>();
      var each = places.iterator();
      while (each.hasNext()) {
        Waiter waiter = each.next().waiter();
        if (blocked.contains(waiter.wants())) continue;
        Choice choice = waiter.choose(selection);
        if (choice instanceof Choice.Full full) {
          blocked.add(waiter.wants());
          earliest = Math.min(earliest, full.at());
          continue;
        }
        each.remove();
        waiter.called(choice);
      }
      size = places.size();
      if (earliest >= alarmAt) return;
      alarmAt = earliest;
    }
    alarm.accept(earliest);
  }
}
