package io.tradeflood.live;

import io.tradeflood.live.BookRules.Verdict;
import io.tradeflood.model.BookChange;
import io.tradeflood.model.OrderBook;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One order book, kept from a stream of changes: told to its readers only while it is known to be
 * right. When something is missing or a checksum is wrong it says so and begins anew by itself;
 * other books do not notice. From the first message that goes on from a snapshot, one book is told
 * for each message that was applied, so what is told does not depend on how long a snapshot took.
 * Safe for use by many threads.
 *
 * <pre>{@code
 * var book = new LiveBook("BTC/USDT of acme", AcmeBooks.RULES, services);
 * FeedReader<OrderBook> reader = book.books(20).read();
 * book.open(stream);
 * }</pre>
 */
public final class LiveBook implements BookSink, AutoCloseable {
  /** How far a book is. */
  public enum State {
    /** Nothing is subscribed to yet. */
    CONNECTING,
    /** The snapshot is awaited, or the message that goes on from it. */
    SYNCING,
    /** It is right. */
    SYNCED,
    /** The connection was lost. */
    DESYNCED
  }

  /** So many messages that come too early wait for one that is missing. */
  static final int MOST_EARLY = 8;

  /** How long they wait if nothing else comes. */
  static final Duration EARLY_PATIENCE = Duration.ofSeconds(1);

  /** After so many messages in a row, or so long, a book is well: the next trouble has no pause. */
  private static final int WELL_MESSAGES = 100;

  private static final long WELL_NANOS = Duration.ofMinutes(1).toNanos();

  private final String name;
  private final BookRules rules;
  private final BookChecks checks;
  private final BookServices services;
  private final BookStart start;

  /** Guards all that follows; sinks are told while it is held. */
  private final DeferringLock lock = new DeferringLock();

  private final BookSource source = new BookSource(lock);
  private final Ladder ladder = new Ladder();
  private final Backlog backlog = new Backlog();
  private final BookViews views;
  private State state = State.CONNECTING;

  /** Whether the ladder has a snapshot to go on from. */
  private boolean based;

  /** The number of the last message in the ladder, or of the snapshot. */
  private long last = BookUpdate.NONE;

  /** Whether the exchange has begun from the start, so that a snapshot is news whatever it says. */
  private boolean fresh = true;

  private boolean stale;

  /** Whether a message is missing and waited for. */
  private boolean hole;

  /** How many messages were applied since it began, and when the first of them came. */
  private int well;

  private long synced;
  private boolean ended;

  /**
   * @param name what it is called in messages, such as {@code BTC/USDT of binance}
   */
  public LiveBook(String name, BookRules rules, BookServices services) {
    this.name = name;
    this.rules = rules;
    this.checks = new BookChecks(rules);
    this.services = services;
    this.start = new BookStart(lock, services, new Starting());
    this.views = new BookViews(lock, ladder, source::relieved);
  }

  /** Begins. To be called once; who reads before sees all. */
  public void open(BookStream stream) {
    source.open(stream, this);
  }

  /** The book, of each side the best levels; see {@link BookViews}. */
  public Feed<OrderBook> books(int depth) {
    return views.books(depth);
  }

  /** The book, as deep as it is known. */
  public Feed<OrderBook> books() {
    return views.books(Integer.MAX_VALUE);
  }

  /**
   * What changes. The first row of a reader, and the first one after each {@link FeedState.Synced},
   * is a {@link BookChange#whole whole} one.
   */
  public Feed<BookChange> changes() {
    return views.changes();
  }

  /** How many read it or are told. */
  public int readers() {
    return views.readers();
  }

  /** Has a task run each time that the last reader is gone, on that reader's thread. */
  public void whenUnread(Runnable task) {
    views.whenUnread(task);
  }

  public State state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void update(BookUpdate update, long received) {
    lock.lock();
    try {
      if (ended) return;
      if (update.isSnapshot()) whole(update, received);
      else if (based && backlog.isEmpty()) follow(update, received);
      else if (based || start.isFetched()) {
        backlog.add(update, received);
        catchUp();
      }
    } catch (RuntimeException mistake) {
      fail(mistake);
    } finally {
      lock.unlock();
    }
  }

  /** A snapshot in the stream. */
  private void whole(BookUpdate update, long received) {
    boolean known = update.last() != BookUpdate.NONE && update.last() <= last;
    if (state == State.SYNCED && !fresh && known) return;
    fresh = false;
    forget();
    based = true;
    last = update.last();
    apply(update, received);
    catchUp();
  }

  private Verdict verdict(BookUpdate update) {
    return state == State.SYNCED ? rules.next(update, last) : rules.first(update, last);
  }

  /** The usual way of a message, past the backlog. */
  private void follow(BookUpdate update, long received) {
    switch (verdict(update)) {
      case APPLY -> apply(update, received);
      case SKIP -> {}
      case BROKEN -> {
        backlog.add(update, received);
        missing(update);
      }
    }
  }

  /** Applies what waits, as far as nothing is missing. */
  private void catchUp() {
    while (based && !backlog.isEmpty()) {
      var waiting = backlog.first();
      var verdict = verdict(waiting.update());
      if (verdict == Verdict.BROKEN) {
        missing(waiting.update());
        return;
      }
      backlog.removeFirst();
      if (verdict == Verdict.APPLY) apply(waiting.update(), waiting.received());
    }
    if (backlog.isEmpty()) hole = false;
  }

  /** The message is the earliest that waits, but does not go on from the book. */
  private void missing(BookUpdate early) {
    if (state != State.SYNCED) {
      again(
          "its snapshot is number %d, but the first change that came with the stream is %d"
              .formatted(last, early.first()));
      return;
    }
    if (backlog.size() > MOST_EARLY) {
      broken(BookChecks.hole(last, early));
      return;
    }
    if (hole) return;
    hole = true;
    long after = last;
    start.later(EARLY_PATIENCE, () -> stillMissing(after));
  }

  private void stillMissing(long after) {
    if (backlog.isEmpty()) return;
    if (last == after) {
      broken(BookChecks.hole(last, backlog.first().update()));
      return;
    }
    // Another one than was waited for.
    hole = false;
    catchUp();
  }

  private void apply(BookUpdate update, long received) {
    ladder.apply(update);
    var fault = checks.faultAfter(update, ladder);
    if (fault != null) {
      broken(fault);
      return;
    }
    if (update.last() != BookUpdate.NONE) last = update.last();
    boolean begins = state != State.SYNCED;
    if (begins || stale) {
      state = State.SYNCED;
      stale = false;
      if (begins) synced = received;
      views.state(new FeedState.Synced(), BookViews.instant(received));
    }
    if (++well == WELL_MESSAGES || received - synced > WELL_NANOS) start.well();
    views.applied(update, received, begins);
    var wear = checks.wearOf(ladder);
    if (wear != null) broken(wear);
  }

  private void broken(String reason) {
    views.state(
        new FeedState.Desynced("The book " + name + " begins anew: " + reason),
        services.clock().instant());
    again(reason);
  }

  /** Begins anew, the stream staying as it is. */
  private void again(String reason) {
    forget();
    state = State.SYNCING;
    start.again(reason);
  }

  /** Forgets the levels, and gives up what was begun. */
  private void forget() {
    start.abandon();
    based = false;
    hole = false;
    well = 0;
    last = BookUpdate.NONE;
  }

  /** What comes of fetching and renewing. */
  private final class Starting implements BookStart.Owner {
    @Override
    public String name() {
      return name;
    }

    @Override
    public void arrived(OrderBook snapshot) {
      last =
          snapshot
              .sequence()
              .orElseThrow(
                  () ->
                      new Failure.Bug(
                          "The snapshot of the book %s should have a sequence, but has none: its binding must give one"
                              .formatted(name)));
      ladder.begin(snapshot, checks.snapshotDepth());
      based = true;
      catchUp();
    }

    @Override
    public void waiting(String reason) {
      views.state(new FeedState.Desynced(reason), services.clock().instant());
    }

    @Override
    public void missed(String reason) {
      if (!based) broken(reason);
    }

    @Override
    public void renew(String reason) {
      fresh = true;
      backlog.clear();
      source.renew(reason);
    }

    @Override
    public void failed(RuntimeException why) {
      fail(why);
    }
  }

  @Override
  public void state(FeedState told, Instant received) {
    lock.lock();
    try {
      if (ended) return;
      switch (told) {
        case FeedState.Connected connected -> connected(connected, received);
        case FeedState.Desynced desynced -> {
          forget();
          backlog.clear();
          fresh = true;
          stale = false;
          state = State.DESYNCED;
          views.state(desynced, received);
        }
        case FeedState.Stale silent -> {
          stale = state == State.SYNCED;
          views.state(silent, received);
        }
        case FeedState.Synced _, FeedState.Gap _ -> {}
      }
    } catch (RuntimeException mistake) {
      fail(mistake);
    } finally {
      lock.unlock();
    }
  }

  private void connected(FeedState.Connected told, Instant received) {
    fresh = true;
    // Another connection took over before the first was lost: the numbers tell whether it fits.
    if (state == State.SYNCED) return;
    boolean begins = state != State.SYNCING;
    state = State.SYNCING;
    views.state(told, received);
    if (begins) start.begin();
  }

  @Override
  public void end(Optional<Failure> why) {
    lock.lock();
    try {
      finish(why);
    } finally {
      lock.unlock();
    }
  }

  private void fail(RuntimeException mistake) {
    finish(
        Optional.of(
            mistake instanceof Failure failure
                ? failure
                : new Failure.Bug("The book " + name + " could not be kept: " + mistake, mistake)));
    source.leave();
  }

  private void finish(Optional<Failure> why) {
    if (ended) return;
    ended = true;
    forget();
    backlog.clear();
    views.end(why);
  }

  @Override
  public boolean isFull() {
    lock.lock();
    try {
      return views.isFull();
    } finally {
      lock.unlock();
    }
  }

  /** Leaves the stream; readers are told the end. */
  @Override
  public void close() {
    lock.lock();
    try {
      finish(Optional.empty());
      source.leave();
    } finally {
      lock.unlock();
    }
  }
}
