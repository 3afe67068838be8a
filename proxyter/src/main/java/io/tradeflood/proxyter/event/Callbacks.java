package io.tradeflood.proxyter.event;

import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.health.Change;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Tells receivers of events: a POST each, signed, in order, at least once, one at a time for each
 * receiver, so that a slow one holds up nobody else.
 */
public final class Callbacks implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Callbacks.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Journal journal;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Sender sender;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition settled = lock.newCondition();
  private final Map<String, Receiver> receivers = new HashMap<>();
  private final Map<String, Long> resumed = new HashMap<>();

  /** Sends one event. */
  @FunctionalInterface
  public interface Sender {
    /**
     * @return the receiver's HTTP status
     * @throws IOException if there was none
     */
    int send(Settings.Callback to, Map<String, String> headers, String body)
        throws IOException, InterruptedException;
  }

  /**
   * What one receiver is still owed, and has got.
   *
   * @param failures in a row
   * @param lost events that were given up
   * @param delivered events that it has, since the start
   * @param failed tries that came to nothing, since the start
   * @param off whether it has said that it wants nothing more
   */
  public record Owed(
      String id,
      String url,
      int queued,
      int failures,
      long lost,
      long delivered,
      long failed,
      boolean off) {}

  /** Sends by HTTP. */
  public Callbacks(Journal journal, InstantSource clock, RandomGenerator random) {
    this(journal, clock, random, new HttpSender());
  }

  Callbacks(Journal journal, InstantSource clock, RandomGenerator random, Sender sender) {
    this.journal = journal;
    this.clock = clock;
    this.random = random;
    this.sender = sender;
    journal.listen(this::offer);
  }

  /**
   * Goes on where a run before ended: receivers are told what they missed, as far as the journal
   * remembers it. Before {@link #use}.
   *
   * @param reached as {@link #reached} gave it
   */
  public void resume(Map<String, Long> reached) {
    lock.lock();
    try {
      resumed.putAll(reached);
    } finally {
      lock.unlock();
    }
  }

  /** Up to which number of the journal each receiver, by id, is owed nothing any more. */
  public Map<String, Long> reached() {
    lock.lock();
    try {
      var reached = new TreeMap<>(resumed);
      receivers.forEach((id, receiver) -> reached.put(id, receiver.reached()));
      return reached;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everybody who answers has what he is owed, but not for ever. */
  public void flush(Duration longest) throws InterruptedException {
    long left = longest.toNanos();
    lock.lock();
    try {
      receivers.values().forEach(Receiver::hurry);
      while (left > 0 && receivers.values().stream().anyMatch(Receiver::isBusy))
        left = settled.awaitNanos(left);
    } finally {
      lock.unlock();
    }
  }

  /** Who is told from now on; a receiver that stays keeps what it is owed. */
  public void use(List<Settings.Callback> callbacks) {
    var gone = new ArrayList<Receiver>();
    lock.lock();
    try {
      var ids = callbacks.stream().map(Settings.Callback::id).toList();
      receivers
          .entrySet()
          .removeIf(
              entry -> {
                if (ids.contains(entry.getKey())) return false;
                gone.add(entry.getValue());
                return true;
              });
      for (Settings.Callback callback : callbacks)
        receivers.compute(
            callback.id(),
            (_, old) -> {
              if (old == null) return new Receiver(callback).start(resumed.remove(callback.id()));
              old.callback = callback;
              return old;
            });
    } finally {
      lock.unlock();
    }
    gone.forEach(Receiver::stop);
  }

  /** What every receiver is still owed. */
  public List<Owed> owed() {
    lock.lock();
    try {
      return receivers.values().stream().map(Receiver::owed).toList();
    } finally {
      lock.unlock();
    }
  }

  private void offer(Event event) {
    lock.lock();
    try {
      receivers.values().forEach(receiver -> receiver.offer(event));
    } finally {
      lock.unlock();
    }
  }

  /** Sends a test event to one receiver alone; its HTTP status. */
  public int test(String id) throws IOException, InterruptedException {
    Settings.Callback callback;
    lock.lock();
    try {
      Receiver receiver = receivers.get(id);
      if (receiver == null)
        throw new IllegalArgumentException(
            "callback '%s' is unknown: expected one of %s".formatted(id, receivers.keySet()));
      callback = receiver.callback;
    } finally {
      lock.unlock();
    }
    Event event =
        journal.add(
            "callback.test", Change.Severity.INFO, "callback:" + id, "a test, nothing more");
    return sender.send(callback, headers(callback, event, clock.millis()), Journal.json(event));
  }

  private static Map<String, String> headers(Settings.Callback to, Event event, long now) {
    long seconds = now / 1_000;
    var headers = new HashMap<String, String>();
    headers.put("content-type", "application/json");
    headers.put("webhook-id", event.id());
    headers.put("webhook-timestamp", Long.toString(seconds));
    to.secret()
        .ifPresent(
            secret ->
                headers.put(
                    "webhook-signature",
                    Signature.of(
                        secret,
                        event.id(),
                        seconds,
                        Journal.json(event).getBytes(StandardCharsets.UTF_8))));
    return headers;
  }

  /** One receiver and its thread. Everything but sending happens under the lock. */
  private final class Receiver {
    private final Delivery delivery = new Delivery(random);
    private final Condition changed = lock.newCondition();
    private Settings.Callback callback;
    private long delivered;
    private long failed;
    private boolean stopped;
    private long began;
    private long newest;
    private Thread thread = Thread.ofVirtual().unstarted(this::work);

    Receiver(Settings.Callback callback) {
      this.callback = callback;
    }

    /**
     * @param reached the last event that it is not owed; null owes it nothing that has been
     */
    Receiver start(@Nullable Long reached) {
      long last = journal.last();
      newest = reached == null ? last : Math.min(reached, last);
      journal.after(newest, Delivery.MOST).forEach(this::offer);
      began = newest;
      thread = Thread.ofVirtual().name("callback-" + callback.id()).start(this::work);
      return this;
    }

    void offer(Event event) {
      // An event that is told while a receiver begins may come both ways.
      if (event.seq() <= began) return;
      newest = Math.max(newest, event.seq());
      if (!wants(event)) return;
      delivery.offer(event, event.time().toEpochMilli());
      changed.signalAll();
    }

    /** What waits, so that less is told, is told. */
    void hurry() {
      delivery.tellAll(clock.millis());
      changed.signalAll();
    }

    long reached() {
      return Math.min(newest, delivery.oldest() - 1);
    }

    boolean isBusy() {
      return delivery.size() > 0 && delivery.failures() == 0 && !delivery.isOff();
    }

    boolean wants(Event event) {
      if (event.type().startsWith("callback.")) return event.subject().equals("callback:*");
      return callback.events().isEmpty()
          || callback.events().stream()
              .anyMatch(
                  e ->
                      e.endsWith("*")
                          ? event.type().startsWith(e.substring(0, e.length() - 1))
                          : event.type().equals(e));
    }

    Owed owed() {
      return new Owed(
          callback.id(),
          Settings.withoutSecrets(callback.url()),
          delivery.size(),
          delivery.failures(),
          delivery.lost(),
          delivered,
          failed,
          delivery.isOff());
    }

    void stop() {
      lock.lock();
      try {
        stopped = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      thread.interrupt();
    }

    private void work() {
      try {
        while (true) {
          Event event = next();
          if (event == null) return;
          int status = send(event);
          settle(status);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private @Nullable Event next() throws InterruptedException {
      lock.lock();
      try {
        while (!stopped) {
          long now = clock.millis();
          var event = delivery.next(now);
          if (event.isPresent()) return event.get();
          long due = delivery.dueAt();
          // Bounded, so that a clock that jumps is noticed.
          long wait = due == Long.MAX_VALUE ? 60_000 : Math.clamp(due - now, 1, 60_000);
          var unused = changed.await(wait, TimeUnit.MILLISECONDS);
        }
        return null;
      } finally {
        lock.unlock();
      }
    }

    private int send(Event event) throws InterruptedException {
      try {
        return sender.send(callback, headers(callback, event, clock.millis()), Journal.json(event));
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "Callback {0}: {1}", callback.id(), e.getMessage());
        return 0;
      }
    }

    private void settle(int status) {
      boolean failing = false;
      boolean gone = status == 410;
      lock.lock();
      try {
        boolean good = status >= 200 && status < 300;
        if (good) delivered++;
        else failed++;
        if (good) delivery.delivered();
        else if (gone) delivery.switchOff();
        else failing = delivery.failed(clock.millis());
        settled.signalAll();
      } finally {
        lock.unlock();
      }
      if (failing || gone) {
        var unused =
            journal.add(
                "callback.failing",
                Change.Severity.WARNING,
                "callback:" + callback.id(),
                gone
                    ? "callback %s answered 410 and is switched off".formatted(callback.id())
                    : "callback %s fails: its events wait and are tried again"
                        .formatted(callback.id()));
      }
    }
  }

  @Override
  public void close() {
    List<Receiver> all;
    lock.lock();
    try {
      all = List.copyOf(receivers.values());
      receivers.clear();
    } finally {
      lock.unlock();
    }
    all.forEach(Receiver::stop);
  }

  /** Sends by HTTP, never through a proxy. */
  private static final class HttpSender implements Sender {
    private final HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    @Override
    public int send(Settings.Callback to, Map<String, String> headers, String body)
        throws IOException, InterruptedException {
      var request =
          HttpRequest.newBuilder(to.url())
              .timeout(PATIENCE)
              .POST(HttpRequest.BodyPublishers.ofString(body));
      headers.forEach(request::header);
      return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }
}
