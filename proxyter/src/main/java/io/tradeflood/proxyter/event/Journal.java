package io.tradeflood.proxyter.event;

import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.health.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that happened, numbered: the newest events in memory for those who ask, all of them as
 * JSON lines in a file that is begun anew when it has grown, where a folder is given.
 *
 * <p>One lock guards the numbers, the memory and the file; listeners are called outside it, in the
 * order of the numbers only if events are told by one thread, as the watcher's are.
 */
public final class Journal implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Journal.class.getName());
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int REMEMBERED = 10_000;
  private static final long FILE_BYTES = 16L << 20;

  private final InstantSource clock;
  private final Optional<Path> file;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final Deque<Event> recent = new ArrayDeque<>();
  private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();
  private final String run;
  private long seq;
  private boolean closed;

  /**
   * @param clock this machine's
   * @param folder where the file is kept; empty keeps none
   */
  public Journal(InstantSource clock, Optional<Path> folder) {
    this.clock = clock;
    this.file = folder.map(f -> f.resolve("journal.jsonl"));
    this.run = Long.toString(clock.millis(), 36);
    file.ifPresent(this::readLast);
  }

  /** Goes on with the numbers where the file ends. */
  private void readLast(Path path) {
    try {
      Files.createDirectories(path.getParent());
      if (!Files.exists(path)) return;
      try (var lines = Files.lines(path)) {
        lines.forEach(this::readLine);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The journal {0} cannot be read, numbers start anew: {1}",
          path,
          e.getMessage());
    }
  }

  private void readLine(String line) {
    try {
      Event event = JSON.readValue(line, Event.class);
      seq = Math.max(seq, event.seq());
      remember(event);
    } catch (JacksonException e) {
      LOG.log(System.Logger.Level.DEBUG, "A line of the journal was cut off: {0}", e.getMessage());
    }
  }

  /** Who is told of each event from now on; must not block. */
  public void listen(Consumer<Event> listener) {
    listeners.add(listener);
  }

  /** A change of health. */
  public Event add(Change change, Settings settings, ToIntFunction<String> eligible) {
    Optional<Settings.Proxy> proxy = change.proxy().map(settings.proxies()::get);
    return add(
        (id, number) ->
            new Event(
                id,
                number,
                clock.instant(),
                change.type(),
                change.severity().name().toLowerCase(Locale.ROOT),
                change.subject(),
                change.proxy().map(p -> part(p, proxy, settings)),
                change.origin(),
                change.provider(),
                change
                    .group()
                    .map(settings.groups()::get)
                    .map(
                        g ->
                            new Event.GroupPart(
                                g.id(), eligible.applyAsInt(g.id()), g.proxies().size())),
                change.requestType(),
                change.verdict().map(Enum::name),
                change.confidence() > 0
                    ? OptionalDouble.of(change.confidence())
                    : OptionalDouble.empty(),
                Optional.of(change.since()),
                change.until(),
                change.evidence().stream()
                    .map(
                        a ->
                            new Event.EvidencePart(
                                a.at(),
                                a.phase(),
                                a.signal().code(),
                                a.proxy(),
                                a.target(),
                                a.millis()))
                    .toList(),
                Optional.of(change.action()),
                change.message()));
  }

  private static Event.ProxyPart part(
      String id, Optional<Settings.Proxy> proxy, Settings settings) {
    return new Event.ProxyPart(
        id,
        proxy.flatMap(Settings.Proxy::name),
        settings.groups().values().stream()
            .filter(g -> g.proxies().contains(id))
            .map(Settings.Group::id)
            .toList(),
        proxy.flatMap(Settings.Proxy::provider));
  }

  /** Something that is no change of health: a reload, an operator's command. */
  public Event add(String type, Change.Severity severity, String subject, String message) {
    return add(
        (id, number) ->
            new Event(
                id,
                number,
                clock.instant(),
                type,
                severity.name().toLowerCase(Locale.ROOT),
                subject,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                message));
  }

  @FunctionalInterface
  private interface Numbered {
    Event of(String id, long seq);
  }

  private Event add(Numbered numbered) {
    Event event;
    lock.lock();
    try {
      seq++;
      event = numbered.of(run + "-" + seq, seq);
      remember(event);
      file.ifPresent(path -> write(path, event));
      added.signalAll();
    } finally {
      lock.unlock();
    }
    listeners.forEach(listener -> listener.accept(event));
    return event;
  }

  private void remember(Event event) {
    recent.addLast(event);
    if (recent.size() > REMEMBERED) recent.removeFirst();
  }

  private void write(Path path, Event event) {
    try {
      if (Files.exists(path) && Files.size(path) > FILE_BYTES)
        Files.move(
            path, path.resolveSibling("journal.1.jsonl"), StandardCopyOption.REPLACE_EXISTING);
      Files.writeString(
          path,
          json(event) + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The journal {0} cannot be written: {1}",
          path,
          e.getMessage());
    }
  }

  /** An event as it is written and sent. */
  public static String json(Event event) {
    return JSON.writeValueAsString(event);
  }

  /** The number of the newest event; 0 if there is none. */
  public long last() {
    lock.lock();
    try {
      return seq;
    } finally {
      lock.unlock();
    }
  }

  /** Events after a number, oldest first, as far as they are remembered. */
  public List<Event> after(long number, int most) {
    lock.lock();
    try {
      // From the newest on: who follows asks for the last few.
      var events = new ArrayDeque<Event>();
      for (Iterator<Event> each = recent.descendingIterator(); each.hasNext(); ) {
        Event event = each.next();
        if (event.seq() <= number) break;
        events.addFirst(event);
        if (events.size() > most) events.removeLast();
      }
      return List.copyOf(events);
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #after}, but waits for one if there is none; empty when the time is over. */
  public List<Event> await(long number, int most, Duration longest) throws InterruptedException {
    long left = longest.toNanos();
    lock.lock();
    try {
      while (seq <= number && left > 0 && !closed) left = added.awaitNanos(left);
    } finally {
      lock.unlock();
    }
    return after(number, most);
  }

  /** Whether nothing is to be waited for any more. */
  public boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The number of the oldest event that is remembered; one more than the newest if there is none.
   */
  public long first() {
    lock.lock();
    try {
      return recent.isEmpty() ? seq + 1 : recent.getFirst().seq();
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of those who wait. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
