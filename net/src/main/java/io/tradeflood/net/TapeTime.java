package io.tradeflood.net;

import io.tradeflood.live.Later;
import io.tradeflood.live.PlayedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time of a tape: what is to be done, and when, until the next entry is told. It goes on with
 * the real time, or at once, and stands still while somebody is waited for. All but what says
 * otherwise belongs to one thread, the loop of all streams.
 */
final class TapeTime implements StreamLoop, PlayedTime {
  private static final long MILLISECOND = 1_000_000;

  /** Nothing has happened for so long: what is waited for may itself wait for a time. */
  private static final long IDLE = 20 * MILLISECOND;

  /** So far beyond the tape the time may run meanwhile for what a stream does. */
  private static final long BEYOND = 2_000 * MILLISECOND;

  /** And for all else, which keeps to the time more closely. */
  private static final long SLIGHTLY_BEYOND = 100 * MILLISECOND;

  /** So long those are waited for who were handed something. */
  private static final long TAKEN = 2_000 * MILLISECOND;

  /**
   * So long those at work are waited for while none of them asks or is done: it may also wait for
   * what another has asked.
   */
  private static final long WORK = 300 * MILLISECOND;

  private final double speed;
  private final Timeline real;
  private final TapeAskers askers = new TapeAskers(() -> execute(() -> {}));
  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private volatile @Nullable Thread loop;
  private volatile boolean over;
  private volatile long now;

  // Of the loop's thread.

  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparingLong(Alarm::at).thenComparingLong(Alarm::order));

  /** What was handed out and is not taken yet. */
  private final Set<Object> untaken = new HashSet<>();

  private long orders;
  private long first;

  /** When, by the real time, the first moment would have been. */
  private long began;

  /** How many wait for something by the real time, one within another, and since when. */
  private int waiting;

  private long waitingSince;

  /** The time of the entry that is next. */
  private long due;

  /** Whether an entry is being told: all that follows from it happens at its time. */
  private boolean telling;

  private long told;

  /**
   * @param isLater whether it is no stream's
   */
  private record Alarm(long at, long order, boolean isLater, Runnable work) {
    /** When it may ring if nothing else happens. */
    long early() {
      return at - (isLater ? SLIGHTLY_BEYOND : BEYOND);
    }
  }

  /**
   * @param speed how many times as fast as the real time; infinite to leave out every pause
   */
  TapeTime(double speed, Timeline real) {
    this.speed = speed;
    this.real = real;
  }

  /** Those for whom it stands still. Safe for use by many threads. */
  TapeAskers askers() {
    return askers;
  }

  /** It stands at its first moment, in nanoseconds since 1970. */
  void set(long begin) {
    first = now = begin;
  }

  /** It goes on from now on, by this thread. */
  void begin() {
    loop = Thread.currentThread();
    began = real.nanos();
  }

  @Override
  public void execute(Runnable work) {
    tasks.add(work);
  }

  @Override
  public Timer schedule(long nanos, Runnable work) {
    var alarm = new Alarm(moment() + Math.max(0, nanos), orders++, false, work);
    alarms.add(alarm);
    return () -> alarms.remove(alarm);
  }

  @Override
  public void run(Duration delay, Runnable task) {
    long at = moment() + delay.toNanos();
    Runnable later =
        () -> {
          if (over) Later.threads().run(delay, task);
          else alarms.add(new Alarm(at, orders++, true, () -> fetch("later", task)));
        };
    if (isLoop()) later.run();
    else execute(later);
  }

  @Override
  public void fetch(String name, Runnable task) {
    askers.start(name, task);
  }

  @Override
  public Runnable handsOut() {
    var what = new Object();
    untaken.add(what);
    return () -> untaken.remove(what);
  }

  @Override
  public long nanos() {
    return moment();
  }

  @Override
  public Instant instant() {
    return TapeText.instant(moment());
  }

  private boolean isLoop() {
    return Thread.currentThread() == loop;
  }

  private long moment() {
    return telling && isLoop() ? told : now;
  }

  /** Lets what was begun come to an end: until nothing was to be done here for so long. */
  void settle(long quiet) throws InterruptedException {
    stop();
    long quietSince = real.nanos();
    while (real.nanos() - quietSince < quiet) if (doNext(IDLE)) quietSince = real.nanos();
    goOn();
  }

  /** The time stands still. */
  private void stop() {
    if (waiting++ == 0) waitingSince = real.nanos();
  }

  private void goOn() {
    if (--waiting == 0) began += real.nanos() - waitingSince;
  }

  /** Does the next that is to be done, waiting for it no longer than this. */
  private boolean doNext(long longest) throws InterruptedException {
    var task = tasks.poll(longest, TimeUnit.NANOSECONDS);
    if (task != null) task.run();
    return task != null;
  }

  private void doAll() {
    for (var task = tasks.poll(); task != null; task = tasks.poll()) task.run();
  }

  /** Lets the time go on until the next entry is due. */
  void awaitTime(long entry) throws InterruptedException {
    due = entry;
    if (speed == Double.POSITIVE_INFINITY) {
      ring(due);
      return;
    }
    while (true) {
      long passed = (long) ((real.nanos() - began) * speed);
      ring(Math.min(due, first + passed));
      long left = due - first - passed;
      if (left <= 0) return;
      long next = alarms.isEmpty() ? due : Math.min(due, alarms.peek().at());
      long wait = (long) (Math.max(0, next - first - passed) / speed);
      doNext(Math.max(wait, MILLISECOND / 10));
    }
  }

  /** Does what is due until then. */
  private void ring(long until) throws InterruptedException {
    doAll();
    for (var next = alarms.peek(); next != null && next.at() <= until; next = alarms.peek()) {
      ring(next);
      doAll();
    }
    now = Math.max(now, until);
  }

  private void ring(Alarm alarm) throws InterruptedException {
    alarms.remove(alarm);
    now = Math.max(now, alarm.at());
    alarm.work().run();
    awaitOthers();
  }

  /** Waits, by the real time, until we have done what we did when it was recorded. */
  boolean await(BooleanSupplier done, long longest) throws InterruptedException {
    stop();
    long since = real.nanos();
    boolean isDone = done.getAsBoolean();
    for (; !isDone && real.nanos() - since < longest; isDone = done.getAsBoolean()) {
      var next = alarms.peek();
      if (!doNext(IDLE) && next != null && next.early() <= due) ring(next);
    }
    goOn();
    return isDone;
  }

  /**
   * What comes next is not told before those who were handed something have taken it, and those who
   * are at work because of what was told have asked for more, or are done.
   */
  void awaitOthers() throws InterruptedException {
    if (!untaken.isEmpty()) awaitTaken();
    if (askers.isAnyAtWork()) awaitAskers();
  }

  private void awaitTaken() throws InterruptedException {
    stop();
    long since = real.nanos();
    while (!untaken.isEmpty() && real.nanos() - since < TAKEN) doNext(IDLE);
    untaken.clear();
    goOn();
  }

  private void awaitAskers() throws InterruptedException {
    stop();
    long last = real.nanos();
    long steps = askers.steps();
    while (askers.isAnyAtWork()) {
      doNext(IDLE);
      if (steps != askers.steps()) {
        steps = askers.steps();
        last = real.nanos();
      } else if (real.nanos() - last > WORK) askers.giveUp();
    }
    goOn();
  }

  /** Tells an entry. */
  void tell(long when, Runnable telling) {
    this.telling = true;
    told = when;
    try {
      telling.run();
    } finally {
      this.telling = false;
    }
  }

  /**
   * It has ended: what was to be done later is done now, and who comes from now on is served until
   * this thread is interrupted, so that nobody waits for ever.
   */
  void end() {
    over = true;
    for (var alarm = alarms.poll(); alarm != null; alarm = alarms.poll())
      if (alarm.isLater()) alarm.work().run();
    while (!Thread.currentThread().isInterrupted())
      try {
        tasks.take().run();
      } catch (InterruptedException _) {
        return;
      }
  }
}
