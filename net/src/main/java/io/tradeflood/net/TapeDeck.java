package io.tradeflood.net;

import io.tradeflood.live.Later;
import io.tradeflood.live.PlayedTime;
import io.tradeflood.net.TapeEntry.Kind;
import io.tradeflood.turn.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Plays a tape on a thread of its own, which is the loop of all streams. The time is the tape's.
 * What we did when it was recorded, opening, sending, asking, is waited for before it goes on, so
 * that what follows from it does not depend on how fast this machine is.
 */
final class TapeDeck implements StreamLoop, PlayedTime, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(TapeDeck.class.getName());
  private static final long MILLISECOND = 1_000_000;

  /** Nothing has happened for so long: what is waited for may itself wait for a time. */
  private static final long IDLE = 20 * MILLISECOND;

  /** So far beyond the tape the time may run meanwhile for what a stream does. */
  private static final long BEYOND = 2_000 * MILLISECOND;

  /** And for all else, which keeps to the time more closely. */
  private static final long SLIGHTLY_BEYOND = 100 * MILLISECOND;

  private static final long LONGEST_DIAL = 10_000 * MILLISECOND;
  private static final long LONGEST_WAIT = 2_000 * MILLISECOND;

  /**
   * So long those at work are waited for while none of them asks or is done: it may also wait for
   * what another has asked.
   */
  private static final long WORK = 200 * MILLISECOND;

  /** So long after the last who wanted something at the beginning, all are there who do. */
  private static final long FIRST_WORDS = 100 * MILLISECOND;

  private static final long LAST_WORDS = 200 * MILLISECOND;

  /** So long an answer is left to who asked without a word before the tape goes on. */
  private static final long HANDLED = 30 * MILLISECOND;

  private final TapeReader reader;
  private final TapeAskers askers = new TapeAskers(() -> execute(() -> {}));
  private final TapeReplies replies;
  private final double speed;
  private final Timeline real;
  private final AtomicBoolean started = new AtomicBoolean();
  private final Thread thread;
  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final CopyOnWriteArrayList<Runnable> endings = new CopyOnWriteArrayList<>();
  private volatile boolean over;
  private volatile long now;

  // Of the deck's thread.

  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparingLong(Alarm::at).thenComparingLong(Alarm::order));
  private final Map<String, Deque<Player>> dialing = new HashMap<>();
  private final Map<Integer, Player> lines = new HashMap<>();

  /** What was handed out and is not taken yet. */
  private final Set<Object> untaken = new HashSet<>();

  private long orders;

  /** When, by the real time, the tape's beginning would have been. */
  private long began;

  private long first;

  /** Whether an entry is being told: all that follows from it happens at its time. */
  private boolean telling;

  private long told;

  /** Whether it was said that something else is asked for than when it was recorded. */
  private boolean toldOfOthers;

  /**
   * @param early how long before its time it may ring when nothing else happens
   */
  private record Alarm(long at, long order, long early, Runnable work) {}

  /**
   * @throws IllegalArgumentException if the file is no tape, or a broken one
   */
  TapeDeck(Path file, double speed, Timeline real) {
    replies = TapeReplies.of(file, askers);
    reader = new TapeReader(file);
    now = replies.begin();
    this.speed = speed;
    this.real = real;
    thread = Thread.ofPlatform().daemon().name("tradeflood-tape").unstarted(this::run);
  }

  void start() {
    if (started.compareAndSet(false, true)) thread.start();
  }

  TapeReplies replies() {
    return replies;
  }

  /** By what number delays were chosen when it was recorded. */
  long seed() {
    return reader.seed();
  }

  void whenOver(Runnable told) {
    endings.add(told);
  }

  // The loop.

  @Override
  public void execute(Runnable work) {
    tasks.add(work);
  }

  @Override
  public Timer schedule(long nanos, Runnable work) {
    var alarm = new Alarm(now + Math.max(0, nanos), orders++, BEYOND, work);
    alarms.add(alarm);
    return () -> alarms.remove(alarm);
  }

  @Override
  public void run(Duration delay, Runnable task) {
    long at = moment() + delay.toNanos();
    if (over) Later.threads().run(delay, task);
    else execute(() -> alarms.add(new Alarm(at, orders++, SLIGHTLY_BEYOND, task)));
  }

  @Override
  public Runnable begins() {
    askers.begins();
    var done = new AtomicBoolean();
    return () -> {
      if (done.compareAndSet(false, true)) askers.done();
    };
  }

  /** Waits by the tape's time, until the end of the tape at most. */
  void sleep(long nanos) throws InterruptedException {
    var rung = new CountDownLatch(1);
    Runnable ring = rung::countDown;
    run(
        Duration.ofNanos(nanos),
        () -> {
          askers.goesOn();
          ring.run();
        });
    endings.add(ring);
    try {
      if (over) return;
      askers.waits();
      rung.await();
    } finally {
      endings.remove(ring);
    }
  }

  @Override
  public Runnable handsOut() {
    var what = new Object();
    untaken.add(what);
    return () -> untaken.remove(what);
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public Instant instant() {
    return TapeText.instant(moment());
  }

  private long moment() {
    return Thread.currentThread() == thread && telling ? told : now;
  }

  // The tape.

  private void run() {
    try (reader) {
      var entry = reader.next();
      first = now;
      settle(FIRST_WORDS);
      began = real.nanos();
      for (; entry.isPresent() && !over; entry = reader.next()) {
        awaitTime(entry.get().nanos());
        awaitOthers();
        play(entry.get());
        awaitOthers();
      }
      if (!over) settle(LAST_WORDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException broken) {
      LOG.log(
          System.Logger.Level.ERROR,
          "The tape " + reader.file() + " cannot be played on: " + broken.getMessage(),
          broken);
    }
    finish();
  }

  /** Lets what was begun come to an end: until nothing was to be done here for so long. */
  private void settle(long quiet) throws InterruptedException {
    long since = real.nanos();
    long quietSince = since;
    while (real.nanos() - quietSince < quiet) {
      var task = tasks.poll(IDLE, TimeUnit.NANOSECONDS);
      if (task == null) continue;
      task.run();
      quietSince = real.nanos();
    }
    began += real.nanos() - since;
  }

  private void finish() {
    over = true;
    replies.end();
    endings.forEach(Runnable::run);
    // Who comes now is served, so that nobody waits for ever.
    while (!Thread.currentThread().isInterrupted())
      try {
        tasks.take().run();
      } catch (InterruptedException _) {
        return;
      }
  }

  /** Lets the time go on, by the real one, until the next entry is due. */
  private void awaitTime(long due) throws InterruptedException {
    if (speed == Double.POSITIVE_INFINITY) {
      for (var task = tasks.poll(); task != null; task = tasks.poll()) task.run();
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
      var task = tasks.poll(Math.max(wait, MILLISECOND / 10), TimeUnit.NANOSECONDS);
      if (task != null) task.run();
    }
  }

  /** Does what is due until then; the time never goes back. */
  private void ring(long until) throws InterruptedException {
    for (var next = alarms.peek(); next != null && next.at() <= until; next = alarms.peek())
      ring(next);
    now = Math.max(now, until);
  }

  /** Does the first thing that may be done before its time. */
  private void ringEarly(long from) throws InterruptedException {
    var early =
        alarms.stream()
            .filter(alarm -> alarm.at() - alarm.early() <= from)
            .min(alarms.comparator());
    if (early.isPresent()) ring(early.get());
  }

  private void ring(Alarm alarm) throws InterruptedException {
    alarms.remove(alarm);
    now = Math.max(now, alarm.at());
    alarm.work().run();
    awaitOthers();
  }

  /** Waits, by the real time, until we have done what we did when it was recorded. */
  private boolean await(BooleanSupplier done, long longest) throws InterruptedException {
    long since = real.nanos();
    long from = now;
    while (!done.getAsBoolean()) {
      if (real.nanos() - since > longest) return false;
      var task = tasks.poll(IDLE, TimeUnit.NANOSECONDS);
      if (task != null) task.run();
      else ringEarly(from);
    }
    began += real.nanos() - since;
    return true;
  }

  /**
   * What comes next is not told before those who were handed something have taken it, and those who
   * are at work because of what was told have asked for more, or are done.
   */
  private void awaitOthers() throws InterruptedException {
    if (untaken.isEmpty() && !askers.isAnyAtWork()) return;
    long since = real.nanos();
    long last = since;
    long steps = askers.steps();
    while (!untaken.isEmpty() && real.nanos() - since < LONGEST_WAIT
        || askers.isAnyAtWork() && real.nanos() - last < WORK) {
      var task = tasks.poll(IDLE, TimeUnit.NANOSECONDS);
      if (task != null) task.run();
      if (steps != askers.steps()) {
        steps = askers.steps();
        last = real.nanos();
      }
    }
    untaken.clear();
    askers.giveUp();
    began += real.nanos() - since;
  }

  private void play(TapeEntry entry) throws InterruptedException {
    if (entry.kind() == Kind.DIAL) {
      connect(entry);
      return;
    }
    if (entry.kind() == Kind.REPLY || entry.kind() == Kind.FAULT) {
      boolean awaited = await(() -> replies.isAwaited(entry), LONGEST_WAIT);
      // Only of one who is alone it is known when what follows is done: several may share an
      // answer.
      boolean seen = askers.isOneAlone();
      replies.give(entry);
      awaitOthers();
      // What follows from it was told before what came next when it was recorded.
      if (awaited && !seen) settle(HANDLED);
      return;
    }
    var line = Optional.ofNullable(lines.get(entry.number())).filter(open -> !open.isOver());
    if (line.isPresent()) line.get().play(entry);
  }

  private void tell(long when, Runnable telling) {
    this.telling = true;
    told = when;
    try {
      telling.run();
    } finally {
      this.telling = false;
    }
  }

  private void connect(TapeEntry entry) throws InterruptedException {
    String key = TapeText.dialed(entry);
    var waiting = dialing.computeIfAbsent(key, _ -> new ArrayDeque<>());
    waiting.removeIf(Player::isOver);
    if (await(() -> !waiting.isEmpty(), LONGEST_DIAL)) lines.put(entry.number(), waiting.remove());
    else
      LOG.log(
          System.Logger.Level.WARNING,
          "The tape {0} has a connection of {1} that is not opened now: what came by it is left out",
          reader.file(),
          shown(key));
  }

  /** A connection is to be opened; it is when the tape has come so far. */
  StreamWire.Line dial(String key, StreamWire.Listener listener) {
    var line = new Player(listener);
    if (replies.dialed().contains(key))
      dialing.computeIfAbsent(key, _ -> new ArrayDeque<>()).add(line);
    else execute(() -> line.refuse(key));
    return line;
  }

  private static String shown(String key) {
    return key.strip().replace('\n', ' ');
  }

  /** A connection that plays. */
  private final class Player implements StreamWire.Line {
    private final StreamWire.Listener listener;
    private final Deque<String> sent = new ArrayDeque<>();
    private boolean paused;
    private boolean closed;
    private long bytes;

    Player(StreamWire.Listener listener) {
      this.listener = listener;
    }

    boolean isOver() {
      return closed;
    }

    /** The tape has no such connection. */
    void refuse(String key) {
      if (closed) return;
      closed = true;
      var others = replies.dialed().stream().map(TapeDeck::shown).toList();
      listener.closed(
          new Failure.Unsupported(
              "The tape %s has no connection of %s, but of %s: replay it with what it was recorded with"
                  .formatted(
                      reader.file(),
                      shown(key),
                      others.isEmpty() ? "nobody" : String.join(", ", others))),
          true);
    }

    void play(TapeEntry entry) throws InterruptedException {
      switch (entry.kind()) {
        case OPEN -> tell(entry.nanos(), listener::opened);
        case SENT -> awaitSent(entry.text());
        case GOT -> {
          if (paused) await(() -> !paused || over, Long.MAX_VALUE);
          byte[] body = entry.body();
          bytes += body.length;
          var when = TapeText.instant(entry.nanos());
          tell(entry.nanos(), () -> listener.message(body, 0, body.length, when));
        }
        case PING -> tell(entry.nanos(), listener::pinged);
        case PONG -> tell(entry.nanos(), listener::ponged);
        case END -> {
          closed = true;
          var end = TapeText.end(entry);
          tell(entry.nanos(), () -> listener.closed(end.why(), end.lasting()));
        }
        case SHUT -> await(() -> closed, LONGEST_WAIT);
        case DIAL, REPLY, FAULT -> {}
      }
    }

    private void awaitSent(String text) throws InterruptedException {
      boolean same = await(() -> closed || sent.contains(text), LONGEST_WAIT);
      @Nullable String other = same ? null : sent.peek();
      sent.remove(text);
      if (same || toldOfOthers) return;
      toldOfOthers = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "The tape {0} was recorded with another question: expected {1} to be sent, was {2}: replay it with the exchange, symbols and models that it was recorded with",
          reader.file(),
          Excerpt.of(text),
          other == null ? "nothing" : Excerpt.of(other));
    }

    @Override
    public void send(String text) {
      sent.add(text);
    }

    @Override
    public void ping() {}

    @Override
    public void pause() {
      paused = true;
    }

    @Override
    public void resume() {
      paused = false;
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public long bytes() {
      return bytes;
    }
  }

  @Override
  public void close() {
    over = true;
    if (!started.get()) reader.close();
    thread.interrupt();
  }
}
