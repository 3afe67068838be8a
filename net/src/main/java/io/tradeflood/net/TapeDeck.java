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

  /** Where something else is asked for than when it was recorded. */
  private static final long SHORT_WAIT = 200 * MILLISECOND;

  /**
   * So long those at work are waited for while none of them asks or is done: it may also wait for
   * what another has asked.
   */
  private static final long WORK = 300 * MILLISECOND;

  /** So long after the last who wanted something at the beginning, all are there who do. */
  private static final long FIRST_WORDS = 100 * MILLISECOND;

  private static final long LAST_WORDS = 200 * MILLISECOND;

  /**
   * So long an answer is left to who asked, while streams have more to tell, before the tape goes
   * on.
   */
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

  /** How many wait for something by the real time, one within another, and since when. */
  private int waiting;

  private long waitingSince;

  /** The time of the entry that is next. */
  private long due;

  private long first;

  /** Whether an entry is being told: all that follows from it happens at its time. */
  private boolean telling;

  private long told;

  /**
   * Whether something else is asked for than when it was recorded: what is waited for may not come.
   */
  private boolean differs;

  /** Whether that was said. */
  private boolean toldOfOthers;

  /** The connections that nobody opens now. */
  private final Set<String> leftOut = new HashSet<>();

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
    if (Thread.currentThread() == thread) later.run();
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
        due = entry.get().nanos();
        awaitTime();
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

  private void finish() {
    over = true;
    replies.end();
    endings.forEach(Runnable::run);
    for (var alarm = alarms.poll(); alarm != null; alarm = alarms.poll())
      if (alarm.isLater()) alarm.work().run();
    // Who comes now is served, so that nobody waits for ever.
    while (!Thread.currentThread().isInterrupted())
      try {
        tasks.take().run();
      } catch (InterruptedException _) {
        return;
      }
  }

  /** Lets the time go on, by the real one, until the next entry is due. */
  private void awaitTime() throws InterruptedException {
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

  private boolean await(BooleanSupplier done) throws InterruptedException {
    return await(done, differs ? SHORT_WAIT : LONGEST_WAIT);
  }

  /** Waits, by the real time, until we have done what we did when it was recorded. */
  private boolean await(BooleanSupplier done, long longest) throws InterruptedException {
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
  private void awaitOthers() throws InterruptedException {
    if (!untaken.isEmpty()) awaitTaken();
    if (askers.isAnyAtWork()) awaitAskers();
  }

  private void awaitTaken() throws InterruptedException {
    stop();
    long since = real.nanos();
    while (!untaken.isEmpty() && real.nanos() - since < LONGEST_WAIT) doNext(IDLE);
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

  private void play(TapeEntry entry) throws InterruptedException {
    if (entry.kind() == Kind.DIAL) {
      connect(entry);
      return;
    }
    if (entry.kind() == Kind.REPLY || entry.kind() == Kind.FAULT) {
      boolean awaited = await(() -> replies.isAwaited(entry));
      differs |= !awaited;
      boolean isAlone = askers.isOneAlone();
      boolean isKnown = replies.give(entry);
      awaitOthers();
      // What follows from it was told before what came next when it was recorded. Of one who is
      // alone
      // it is known when that is done; several may share an answer.
      boolean isSeen = isAlone && isKnown || replies.dialed().isEmpty();
      if (awaited && !isSeen) settle(HANDLED);
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
    if (await(() -> !waiting.isEmpty(), differs ? SHORT_WAIT : LONGEST_DIAL)) {
      lines.put(entry.number(), waiting.remove());
      return;
    }
    differs = true;
    if (leftOut.add(key))
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
        case SHUT -> await(() -> closed);
        case DIAL, REPLY, FAULT -> {}
      }
    }

    private void awaitSent(String text) throws InterruptedException {
      boolean before = differs;
      await(() -> closed || sent.contains(text) || before && !sent.isEmpty());
      if (sent.remove(text)) return;
      @Nullable String other = sent.poll();
      if (closed || toldOfOthers) return;
      differs = toldOfOthers = true;
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
