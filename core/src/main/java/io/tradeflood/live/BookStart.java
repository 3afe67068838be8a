package io.tradeflood.live;

import io.tradeflood.model.OrderBook;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gets a book its snapshot: fetches it, or has the stream begin from the start; again and again,
 * with growing pauses. Guarded by the book's lock.
 */
final class BookStart {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** How long a stream may take to bring the snapshot, added to the pause. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final DeferringLock lock;
  private final BookServices services;
  private final Owner owner;

  /** Changes with all that is begun; what was begun before is of no use any more. */
  private long era;

  private int attempts;
  private @Nullable CompletableFuture<OrderBook> fetch;

  /** Whose start it is; told while the lock is held. */
  interface Owner {
    String name();

    /** There is a snapshot. */
    void arrived(OrderBook snapshot);

    /** There is none yet. */
    void waiting(String reason);

    /** The stream was to bring a snapshot, and has not. */
    void missed(String reason);

    /** Has the stream begin from the start. */
    void renew(String reason);

    /** There will be none. */
    void failed(RuntimeException why);
  }

  BookStart(DeferringLock lock, BookServices services, Owner owner) {
    this.lock = lock;
    this.services = services;
    this.owner = owner;
  }

  boolean isFetched() {
    return services.snapshots().isPresent();
  }

  /** The book is well: the next trouble has no pause. */
  void well() {
    attempts = 0;
  }

  /** Gives up what was begun. */
  void abandon() {
    era++;
    var running = fetch;
    fetch = null;
    if (running != null) lock.afterwards(() -> running.cancel(true));
  }

  /** Begins for the first time on a connection. */
  void begin() {
    era++;
    services.snapshots().ifPresentOrElse(this::fetch, this::await);
  }

  /** Begins anew, after a pause if that happens often. */
  void again(String reason) {
    abandon();
    var pause = pause();
    attempts++;
    later(pause, () -> repeat(reason));
  }

  private void repeat(String reason) {
    services.snapshots().ifPresentOrElse(this::fetch, () -> renew(reason));
  }

  private Duration pause() {
    if (attempts == 0) return Duration.ZERO;
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 20));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  /** Runs a task after a pause, unless all was given up meanwhile. */
  void later(Duration pause, Runnable task) {
    if (!pause.isPositive()) {
      task.run();
      return;
    }
    long mine = era;
    services.later().run(pause, () -> ifStill(mine, task));
  }

  private void ifStill(long then, Runnable task) {
    lock.lock();
    try {
      if (era == then) task.run();
    } catch (RuntimeException mistake) {
      owner.failed(mistake);
    } finally {
      lock.unlock();
    }
  }

  private void renew(String reason) {
    await();
    owner.renew(reason);
  }

  private void await() {
    later(PATIENCE.plus(pause()), () -> owner.missed("the stream has brought no snapshot"));
  }

  private void fetch(Supplier<CompletableFuture<OrderBook>> snapshots) {
    long mine = ++era;
    lock.afterwards(
        () -> {
          var running = snapshots.get();
          ifStill(mine, () -> fetch = running);
          var _ = running.whenComplete((book, error) -> ifStill(mine, () -> fetched(book, error)));
        });
  }

  private void fetched(@Nullable OrderBook book, @Nullable Throwable error) {
    fetch = null;
    if (book == null) notFetched(error);
    else owner.arrived(book);
  }

  private void notFetched(@Nullable Throwable error) {
    var cause = error instanceof CompletionException ? error.getCause() : error;
    switch (cause) {
      case Failure.Refused refused -> throw refused;
      case Failure.Unsupported unsupported -> throw unsupported;
      case Failure.Bug bug -> throw bug;
      case Failure.Limited limited -> {
        var wait = Duration.between(services.clock().instant(), limited.until());
        tryLater(limited, wait.compareTo(FIRST_PAUSE) > 0 ? wait : FIRST_PAUSE);
      }
      case Failure failure -> tryLater(failure, failurePause());
      case CancellationException _ ->
          tryLater(new Failure.Cancelled("Fetching a snapshot"), failurePause());
      case null -> throw new Failure.Bug("The snapshot of the book " + owner.name() + " is null");
      default ->
          throw new Failure.Bug("The snapshot of the book " + owner.name() + " failed", cause);
    }
  }

  private Duration failurePause() {
    attempts++;
    return pause();
  }

  private void tryLater(Failure failure, Duration pause) {
    owner.waiting(
        "The book %s has no snapshot, another try in %d ms: %s"
            .formatted(owner.name(), pause.toMillis(), failure.getMessage()));
    later(pause, () -> repeat(failure.reason()));
  }
}
