package io.tradeflood.simulator.stream;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** All connections with streams on them. */
public final class Sessions implements AutoCloseable {
  private static final double LONGEST_WAIT = 50;

  private final InstantSource clock;
  private final InstantSource limitClock;
  private final double speed;
  private final boolean limited;
  private final Supplier<Fates> fates;
  private volatile boolean closing;
  private final Set<Session> open = ConcurrentHashMap.newKeySet();
  private final LongAdder opened = new LongAdder();
  private final LongAdder messages = new LongAdder();

  /**
   * @param clock the present of the market
   * @param limitClock by which pings, silence and lifetimes are measured
   * @param speed how much faster than the limits' clock the market's is
   * @param limited whether anybody is refused for doing too much
   */
  public Sessions(
      InstantSource clock,
      InstantSource limitClock,
      double speed,
      boolean limited,
      Supplier<Fates> fates) {
    this.clock = clock;
    this.limitClock = limitClock;
    this.speed = speed;
    this.limited = limited;
    this.fates = fates;
  }

  /** The milliseconds of the clock by which nobody can hurry. */
  public long real() {
    return limitClock.millis();
  }

  /**
   * Waits until the market is at the given moment; false if the simulator stops before.
   *
   * @param moment milliseconds since 1970
   */
  public boolean await(long moment) {
    return await(moment, Long.MAX_VALUE);
  }

  /** The same, but no longer than to a moment by the limits' clock. */
  public boolean await(long moment, long deadline) {
    try {
      while (!closing) {
        double left = Math.min((moment - clock.millis()) / speed, (double) deadline - real());
        if (left <= 0) {
          return true;
        }
        Thread.sleep(Duration.ofNanos((long) (Math.min(left, LONGEST_WAIT) * 1_000_000)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** The present of the market. */
  public long now() {
    return clock.millis();
  }

  InstantSource clock() {
    return clock;
  }

  InstantSource limitClock() {
    return limitClock;
  }

  double speed() {
    return speed;
  }

  boolean limited() {
    return limited;
  }

  /** What goes wrong. */
  public Fates fates() {
    return fates.get();
  }

  void add(Session session) {
    open.add(session);
    opened.increment();
  }

  void remove(Session session) {
    open.remove(session);
  }

  void sent() {
    messages.increment();
  }

  /** How many are open. */
  public int open() {
    return open.size();
  }

  /** How many were ever opened. */
  public long opened() {
    return opened.sum();
  }

  /** How many messages of streams were ever sent. */
  public long messages() {
    return messages.sum();
  }

  /** Forgets what was counted. */
  public void reset() {
    opened.reset();
    messages.reset();
  }

  /** Closes all of them. */
  @Override
  public void close() {
    closing = true;
    open.forEach(Session::finish);
  }
}
