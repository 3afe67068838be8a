package io.tradeflood.proxyter.probe;

import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.limit.Limit;
import io.tradeflood.proxyter.limit.Limit.Spec;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets probes begin one after another: never more at once, nor in any second, than is configured.
 * Who came first goes first: {@code turn} is held by the one that waits for room, {@code lock}
 * guards the counts and is never held while waiting.
 */
final class Pace {
  private final Supplier<Settings.Health> bounds;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();
  private final long began = System.nanoTime();
  private Limit second;
  private int inFlight;

  Pace(Supplier<Settings.Health> bounds) {
    this.bounds = bounds;
    this.second = Limit.of(spec(bounds.get()));
  }

  private static Spec spec(Settings.Health bounds) {
    return new Spec.Window(bounds.probesPerSecond(), Duration.ofSeconds(1), true);
  }

  /**
   * Waits until another probe may begin; each that may must {@link #leave}.
   *
   * @param longest for waiting
   * @return whether it may; not if the time is over
   */
  boolean enter(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    if (!turn.tryLock(longest.toNanos(), TimeUnit.NANOSECONDS)) return false;
    try {
      lock.lock();
      try {
        while (true) {
          long wait = untilRoom(millis());
          if (wait == 0) {
            inFlight++;
            return true;
          }
          long rest = end - System.nanoTime();
          if (rest <= 0) return false;
          var unused =
              left.awaitNanos(Math.min(rest, TimeUnit.MILLISECONDS.toNanos(Math.min(wait, 1_000))));
        }
      } finally {
        lock.unlock();
      }
    } finally {
      turn.unlock();
    }
  }

  /** Milliseconds until there may be room; 0 if there was and it is taken. */
  private long untilRoom(long now) {
    Settings.Health current = bounds.get();
    if (inFlight >= current.probesAtOnce()) return Long.MAX_VALUE;
    Spec wanted = spec(current);
    if (!second.spec().equals(wanted)) second = second.under(wanted);
    return second.take(1, now) ? 0 : Math.max(1, second.roomAt(1, now) - now);
  }

  private long millis() {
    return (System.nanoTime() - began) / 1_000_000;
  }

  /** A probe is over. */
  void leave() {
    lock.lock();
    try {
      inFlight--;
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }

  int inFlight() {
    lock.lock();
    try {
      return inFlight;
    } finally {
      lock.unlock();
    }
  }
}
