package io.tradeflood.net;

import io.tradeflood.net.TapeEntry.Kind;
import io.tradeflood.turn.Failure;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Plays a tape on a thread of its own, which is the loop of all streams. What we did when it was
 * recorded, opening, sending, asking, is waited for before it goes on, so that what follows from it
 * does not depend on how fast this machine is.
 */
final class TapeDeck implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(TapeDeck.class.getName());
  private static final long MILLISECOND = 1_000_000;
  private static final long LONGEST_DIAL = 10_000 * MILLISECOND;
  private static final long LONGEST_WAIT = 2_000 * MILLISECOND;

  /** Where something else is asked for than when it was recorded. */
  private static final long SHORT_WAIT = 200 * MILLISECOND;

  /** So long after the last who wanted something at the beginning, all are there who do. */
  private static final long FIRST_WORDS = 100 * MILLISECOND;

  private static final long LAST_WORDS = 200 * MILLISECOND;

  /**
   * So long an answer is left to who asked, while streams have more to tell, before the tape goes
   * on.
   */
  private static final long HANDLED = 30 * MILLISECOND;

  private final TapeReader reader;
  private final TapeTime time;
  private final TapeReplies replies;
  private final AtomicBoolean started = new AtomicBoolean();
  private final Thread thread;
  private final CopyOnWriteArrayList<Runnable> endings = new CopyOnWriteArrayList<>();
  private volatile boolean over;

  // Of the deck's thread.

  private final Map<String, Deque<Player>> dialing = new HashMap<>();
  private final Map<Integer, Player> lines = new HashMap<>();

  /**
   * Whether something else is asked for than when it was recorded: what is waited for may not come.
   */
  private boolean differs;

  /** Whether that was said. */
  private boolean toldOfOthers;

  /** The connections that nobody opens now. */
  private final Set<String> leftOut = new HashSet<>();

  /**
   * @throws IllegalArgumentException if the file is no tape, or a broken one
   */
  TapeDeck(Path file, double speed, Timeline real) {
    time = new TapeTime(speed, real);
    replies = TapeReplies.of(file, time.askers());
    reader = new TapeReader(file);
    time.set(replies.begin());
    thread = Thread.ofPlatform().daemon().name("tradeflood-tape").unstarted(this::run);
  }

  void start() {
    if (started.compareAndSet(false, true)) thread.start();
  }

  TapeTime time() {
    return time;
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

  private void run() {
    try (reader) {
      var entry = reader.next();
      time.begin();
      time.settle(FIRST_WORDS);
      for (; entry.isPresent() && !over; entry = reader.next()) {
        time.awaitTime(entry.get().nanos());
        time.awaitOthers();
        play(entry.get());
        time.awaitOthers();
      }
      if (reader.isCut())
        LOG.log(
            System.Logger.Level.WARNING,
            "The tape {0} was cut off: it is played as far as it is whole",
            reader.file());
      if (!over) time.settle(LAST_WORDS);
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

  private void finish() {
    over = true;
    replies.end();
    endings.forEach(Runnable::run);
    time.end();
  }

  private boolean await(BooleanSupplier done) throws InterruptedException {
    return time.await(done, differs ? SHORT_WAIT : LONGEST_WAIT);
  }

  private void play(TapeEntry entry) throws InterruptedException {
    if (entry.kind() == Kind.DIAL) {
      connect(entry);
      return;
    }
    if (entry.kind() == Kind.REPLY || entry.kind() == Kind.FAULT) {
      boolean awaited = await(() -> replies.isAwaited(entry));
      differs |= !awaited;
      boolean isAlone = time.askers().isOneAlone();
      boolean isKnown = replies.give(entry);
      time.awaitOthers();
      // What follows from it was told before what came next when it was recorded. Of one who is
      // alone it is known when that is done; several may share an answer.
      boolean isSeen = isAlone && isKnown || replies.dialed().isEmpty();
      if (awaited && !isSeen) time.settle(HANDLED);
      return;
    }
    var line = Optional.ofNullable(lines.get(entry.number())).filter(open -> !open.isOver());
    if (line.isPresent()) line.get().play(entry);
  }

  private void connect(TapeEntry entry) throws InterruptedException {
    String key = TapeText.dialed(entry);
    var waiting = dialing.computeIfAbsent(key, _ -> new ArrayDeque<>());
    waiting.removeIf(Player::isOver);
    if (time.await(() -> !waiting.isEmpty(), differs ? SHORT_WAIT : LONGEST_DIAL)) {
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
    else time.execute(() -> line.refuse(key));
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
        case OPEN -> time.tell(entry.nanos(), listener::opened);
        case SENT -> awaitSent(entry.text());
        case GOT -> {
          if (paused) time.await(() -> !paused || over, Long.MAX_VALUE);
          byte[] body = entry.body();
          bytes += body.length;
          var when = TapeText.instant(entry.nanos());
          time.tell(entry.nanos(), () -> listener.message(body, 0, body.length, when));
        }
        case PING -> time.tell(entry.nanos(), listener::pinged);
        case PONG -> time.tell(entry.nanos(), listener::ponged);
        case END -> {
          closed = true;
          var end = TapeText.end(entry);
          time.tell(entry.nanos(), () -> listener.closed(end.why(), end.lasting()));
        }
        case SHUT -> time.await(() -> closed, SHORT_WAIT);
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
