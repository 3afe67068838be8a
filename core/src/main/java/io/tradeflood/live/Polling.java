package io.tradeflood.live;

import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A feed of what is asked for again and again on a virtual thread, until it is closed: rows that
 * stood in the answer before are not told again.
 *
 * @param <M> the model
 */
public final class Polling<M> implements Feed<M>, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Polling.class.getName());

  /** The phase of a failure that says that a tape has no answer any more. */
  private static final String TAPE = "tape";

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final String what;
  private final Question<M> question;
  private final Pace pace;
  private final Time time;
  private final Semaphore room = new Semaphore(0);
  private final FeedSource<M> source = new FeedSource<>(room::release);
  private final CountDownLatch attached = new CountDownLatch(1);
  private final Thread thread;

  // Of the thread, and of who begins it before.

  private Optional<Answer<M>> first = Optional.empty();
  private Set<M> before = Set.of();
  private Duration pause;
  private Duration took = Duration.ZERO;
  private int failures;

  /** Whether the feed was told last that something is wrong. */
  private boolean broken;

  /** What is asked again and again. */
  @FunctionalInterface
  public interface Question<M> {
    /**
     * Asks once and waits for the answer; empty if that says itself that nothing has changed.
     *
     * @throws Failure if there is none: those that may pass are waited out, {@link
     *     Failure.Cancelled} ends the feed, any other ends it as its reason
     */
    Optional<Answer<M>> ask() throws InterruptedException;
  }

  /**
   * An answer.
   *
   * @param rows what it has, in the order in which it is told
   * @param received when, UTC by this machine's clock
   * @param raw its text, where that is to be had
   */
  public record Answer<M>(List<M> rows, Instant received, Supplier<Optional<String>> raw) {
    public Answer {
      rows = List.copyOf(rows);
    }
  }

  /** The time that it lives in. */
  public interface Time {
    /** The present moment, UTC. */
    Instant instant();

    /** Waits. */
    void sleep(Duration length) throws InterruptedException;
  }

  /**
   * @param what is asked, as the log and messages begin
   */
  public Polling(String what, Question<M> question, Pace pace, Time time) {
    this.what = what;
    this.question = question;
    this.pace = pace;
    this.time = time;
    pause = pace.shortest();
    thread = Thread.ofVirtual().name("tradeflood-poll").unstarted(this::run);
  }

  /**
   * Asks for the first time, and from now on again once somebody listens.
   *
   * @throws Failure if the first question has no answer
   */
  public void begin() throws InterruptedException {
    // Told by the thread, once somebody listens.
    first = ask();
    source.state(new FeedState.Connected(), time.instant());
    broken = false;
    thread.start();
  }

  private void run() {
    try {
      attached.await();
      first.ifPresent(answer -> tell(answer, Arrival.SNAPSHOT));
      first = Optional.empty();
      while (true) {
        while (source.isFull()) room.acquire();
        time.sleep(failures > 0 ? pauseAfterFailure() : pauseAfterAnswer());
        once();
      }
    } catch (InterruptedException | Failure.Cancelled _) {
      source.end(Optional.empty());
    } catch (Failure failure) {
      source.end(Optional.of(failure));
    }
  }

  /** An answer that took long had to wait for its share of a limit: others want theirs too. */
  private Duration pauseAfterAnswer() {
    var longer = took.multipliedBy(2);
    if (longer.compareTo(pause) < 0) return pause;
    return longer.compareTo(pace.longest()) < 0 ? longer : pace.longest();
  }

  private Duration pauseAfterFailure() {
    var grown = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 20));
    return grown.compareTo(LONGEST_PAUSE) < 0 ? grown : LONGEST_PAUSE;
  }

  private void once() throws InterruptedException {
    try {
      var answer = ask();
      if (broken) source.state(new FeedState.Connected(), time.instant());
      broken = false;
      failures = 0;
      boolean news = answer.isPresent() && tell(answer.get(), Arrival.POLL);
      pause = pace.after(pause, news);
    } catch (Failure.Unreachable | Failure.Limited | Failure.Unreadable passing) {
      if (passing instanceof Failure.Unreachable none && none.phase().equals(TAPE))
        throw new Failure.Cancelled(what);
      if (failures++ == 0) worsen(new FeedState.Desynced(passing.reason()));
      LOG.log(System.Logger.Level.WARNING, "{0}: {1}", what, passing.reason());
    }
  }

  private void worsen(FeedState state) {
    broken = true;
    source.state(state, time.instant());
  }

  /** Asks on a thread of its own, so that it is seen how long that takes. */
  private Optional<Answer<M>> ask() throws InterruptedException {
    var began = time.instant();
    var asking = new FutureTask<>(question::ask);
    Thread.ofVirtual().name("tradeflood-poll-ask").start(asking);
    try {
      try {
        return asking.get(pace.quiet().toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException _) {
        worsen(
            new FeedState.Stale(
                "no answer for %d s: it is waited for, for its share of a limit or for the end of a pause"
                    .formatted(pace.quiet().toSeconds())));
        return asking.get();
      }
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case Failure failure -> throw failure;
        case RuntimeException mistake ->
            throw new Failure.Bug("Polling " + what + " failed", mistake);
        case Error error -> throw error;
        case null, default -> throw new InterruptedException(what + " was interrupted");
      }
    } finally {
      took = Duration.between(began, time.instant());
      asking.cancel(true);
    }
  }

  /** Whether anything of it is new. */
  private boolean tell(Answer<M> answer, String origin) {
    List<M> fresh = answer.rows().stream().filter(row -> !before.contains(row)).toList();
    before = new HashSet<>(answer.rows());
    if (fresh.isEmpty()) return false;
    source.rows(
        fresh,
        new Arrival(
            answer.received(), origin, source.wantsRaw() ? answer.raw().get() : Optional.empty()));
    return true;
  }

  @Override
  public Attachment attach(FeedSink<? super M> sink) {
    var attachment = source.attach(sink);
    attached.countDown();
    return attachment;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
