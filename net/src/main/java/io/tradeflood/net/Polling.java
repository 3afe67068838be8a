package io.tradeflood.net;

import io.tradeflood.live.Arrival;
import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedSink;
import io.tradeflood.live.FeedSource;
import io.tradeflood.live.FeedState;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.turn.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Asks again and again on a virtual thread, until it is closed, and tells what is new. */
final class Polling<T> implements Feed<T>, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Polling.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  private final PlannedPoll poll;
  private final Reading<PollPage<T>> reading;
  private final RequestType type;
  private final HttpTransport transport;
  private final Semaphore room = new Semaphore(0);
  private final FeedSource<T> source = new FeedSource<>(room::release);
  private final CountDownLatch attached = new CountDownLatch(1);
  private final Thread thread;

  // Of the thread, and of who begins it before.

  private Optional<String> cursor = Optional.empty();
  private Optional<String> tag = Optional.empty();
  private Set<T> before = Set.of();
  private long interval;
  private int failures;
  private Optional<Answer<T>> first = Optional.empty();

  Polling(PlannedPoll poll, PollRequest.PageReader<T> reader, RequestType type) {
    this.poll = poll;
    this.type = type;
    reading = Reading.by(reader::read);
    transport = poll.request().transport();
    interval = poll.shortest().toNanos();
    thread = Thread.ofVirtual().name("tradeflood-poll").unstarted(this::run);
  }

  /** Makes the first request, and the others from now on. */
  void begin() throws InterruptedException {
    // Told by the thread, once somebody listens.
    first = ask();
    source.state(new FeedState.Connected(), transport.timeline().instant());
    thread.start();
  }

  /** A page that is new. */
  private record Answer<T>(HttpReply reply, PollPage<T> page) {}

  /** Asks once; empty if nothing has changed. */
  private Optional<Answer<T>> ask() throws InterruptedException {
    var errand = poll.next(cursor, tag).errand(type);
    var pages = new AtomicReference<Optional<PollPage<T>>>(Optional.empty());
    var reply =
        transport.send(
            errand,
            got ->
                pages.set(
                    got.status() == Judge.UNCHANGED
                        ? Optional.empty()
                        : Optional.of(reading.read(errand.subject(), got))),
            _ -> {});
    var page = pages.get();
    page.flatMap(PollPage::cursor).ifPresent(next -> cursor = Optional.of(next));
    // An ETag belongs to the address that it was got by.
    tag = poll.cursorName().isPresent() ? Optional.empty() : reply.header("etag").or(() -> tag);
    return page.map(got -> new Answer<>(reply, got));
  }

  private void run() {
    try {
      attached.await();
      first.ifPresent(answer -> tell(answer, Arrival.SNAPSHOT));
      first = Optional.empty();
      while (true) {
        pause();
        once();
      }
    } catch (InterruptedException _) {
      source.end(Optional.empty());
    } catch (Failure failure) {
      source.end(Optional.of(failure));
    } catch (RuntimeException mistake) {
      source.end(Optional.of(new Failure.Bug("Polling " + type + " failed", mistake)));
    }
  }

  private void once() throws InterruptedException {
    try {
      var answer = ask();
      if (failures > 0) source.state(new FeedState.Connected(), transport.timeline().instant());
      failures = 0;
      boolean news = answer.isPresent() && tell(answer.get(), Arrival.STREAM);
      adapt(news);
    } catch (Failure.Unreachable | Failure.Limited | Failure.Unreadable passing) {
      if (failures++ == 0)
        source.state(
            new FeedState.Desynced(String.valueOf(passing.getMessage())),
            transport.timeline().instant());
      LOG.log(System.Logger.Level.WARNING, "{0}: {1}", type, passing.getMessage());
    }
  }

  /** Whether anything of it is new. */
  private boolean tell(Answer<T> answer, String origin) {
    List<T> fresh = answer.page().rows().stream().filter(row -> !before.contains(row)).toList();
    before = new HashSet<>(answer.page().rows());
    if (fresh.isEmpty()) return false;
    source.rows(
        fresh,
        new Arrival(
            answer.reply().received(),
            origin,
            source.wantsRaw()
                ? Optional.of(new String(answer.reply().body(), StandardCharsets.UTF_8))
                : Optional.empty()));
    return true;
  }

  /** Sooner while there is news, later without. */
  private void adapt(boolean news) {
    interval =
        news
            ? Math.max(poll.shortest().toNanos(), interval / 2)
            : Math.min(poll.longest().toNanos(), Math.max(interval + interval / 2, 1_000_000));
  }

  private void pause() throws InterruptedException {
    while (source.isFull()) room.acquire();
    if (failures > 0) {
      double grown = FIRST_PAUSE.toNanos() * Math.pow(2, Math.min(failures, 20) - 1);
      double most = Math.max(FIRST_PAUSE.toNanos(), poll.longest().toNanos());
      transport.timeline().sleep((long) (Math.min(grown, most) * (0.5 + transport.jitter() / 2)));
    } else if (poll.hold().isZero()) transport.timeline().sleep(interval);
  }

  @Override
  public Attachment attach(FeedSink<? super T> sink) {
    var attachment = source.attach(sink);
    attached.countDown();
    return attachment;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
