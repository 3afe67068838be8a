package io.tradeflood.live;

import io.tradeflood.model.BookChange;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.OrderBook.Level;
import io.tradeflood.turn.Failure;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What of a book can be read: the book to a depth, and what changes. What nobody reads is not made;
 * what several read is made once; what a reader keeps only the newest of is made when it reads. Who
 * comes late is told how the book stands, and the book if it stands.
 */
final class BookViews {
  /** The book's; guards all that follows. */
  private final DeferringLock lock;

  private final Ladder ladder;
  private final Runnable relief;
  private final FeedSource<BookChange> changes;
  private BookView[] books = {};
  private @Nullable FeedState last;
  private Instant since = Instant.EPOCH;

  /** Whether the ladder is a book that was told. */
  private boolean standing;

  private boolean ended;
  private Optional<Failure> why = Optional.empty();
  private long time = BookUpdate.NONE;
  private long sequence = BookUpdate.NONE;
  private long received;
  private boolean snapshot;
  private int readers;
  private Runnable unread = () -> {};

  BookViews(DeferringLock lock, Ladder ladder, Runnable relief) {
    this.lock = lock;
    this.ladder = ladder;
    this.relief = relief;
    this.changes = new FeedSource<>(relief);
  }

  Feed<OrderBook> books(int depth) {
    if (depth < 1) throw new IllegalArgumentException("A depth must be at least 1, was " + depth);
    lock.lock();
    try {
      for (BookView view : books) if (view.depth == depth) return view;
      var view = new BookView(this, depth, new FeedSource<>(relief));
      if (last != null) view.source.state(last, since);
      if (ended) view.source.end(why);
      books = Arrays.copyOf(books, books.length + 1);
      books[books.length - 1] = view;
      return view;
    } finally {
      lock.unlock();
    }
  }

  Feed<BookChange> changes() {
    return sink -> attach(changes, sink, this::whole);
  }

  int readers() {
    lock.lock();
    try {
      return readers;
    } finally {
      lock.unlock();
    }
  }

  void whenUnread(Runnable task) {
    lock.lock();
    try {
      unread = task;
    } finally {
      lock.unlock();
    }
  }

  /** One message was applied. */
  void applied(BookUpdate update, long when, boolean begins) {
    time = update.time();
    sequence = update.last();
    received = when;
    snapshot = update.isSnapshot();
    standing = true;
    Arrival arrival = null;
    for (BookView view : books) {
      if (view.source.isWatched()) {
        if (arrival == null) arrival = arrival();
        view.source.rows(List.of(current(view.depth)), arrival);
      }
      view.touch();
    }
    if (changes.isWatched())
      changes.rows(
          List.of(begins || snapshot ? whole() : change(update)),
          arrival == null ? arrival() : arrival);
  }

  void state(FeedState state, Instant when) {
    last = state;
    since = when;
    boolean falls = state instanceof FeedState.Desynced;
    for (BookView view : books) {
      view.source.state(state, when);
      view.tell(state, when, falls);
    }
    changes.state(state, when);
    if (falls) standing = false;
  }

  void end(Optional<Failure> reason) {
    ended = true;
    why = reason;
    for (BookView view : books) {
      view.source.end(reason);
      view.end(reason);
    }
    changes.end(reason);
  }

  boolean isFull() {
    if (changes.isFull()) return true;
    for (BookView view : books) if (view.source.isFull()) return true;
    return false;
  }

  <M> Feed.Attachment attach(FeedSource<M> source, FeedSink<? super M> sink, Supplier<M> current) {
    lock.lock();
    try {
      var attached = source.attach(sink);
      if (ended) return attached;
      readers++;
      if (standing) sink.rows(List.of(current.get()), arrival());
      return new Counted(attached);
    } finally {
      lock.unlock();
    }
  }

  /** That a sink is told, and counted until it is no more. */
  private final class Counted implements Feed.Attachment {
    private final Feed.Attachment attached;
    private boolean closed;

    Counted(Feed.Attachment attached) {
      this.attached = attached;
    }

    @Override
    public void close() {
      attached.close();
      lock.lock();
      try {
        if (closed) return;
        closed = true;
      } finally {
        lock.unlock();
      }
      left();
    }

    @Override
    public void relieved() {
      attached.relieved();
    }
  }

  /** A reader is gone. */
  void left() {
    Runnable task;
    lock.lock();
    try {
      if (ended || --readers > 0) return;
      task = unread;
    } finally {
      lock.unlock();
    }
    task.run();
  }

  /** Counts a reader that keeps the newest only, and says how things stand. */
  void joined(LatestBookReader reader) {
    if (last != null) reader.state(last, since, false);
    if (ended) {
      reader.end(why);
      return;
    }
    readers++;
    if (standing) reader.touch();
  }

  DeferringLock lock() {
    return lock;
  }

  Ladder ladder() {
    return ladder;
  }

  Arrival arrival() {
    return new Arrival(
        instant(received), snapshot ? Arrival.SNAPSHOT : Arrival.STREAM, Optional.empty());
  }

  Optional<Instant> time() {
    return time(time);
  }

  OptionalLong sequence() {
    return number(sequence);
  }

  OrderBook current(int depth) {
    return new OrderBook(
        time(), sequence(), ladder.levels(true, depth), ladder.levels(false, depth));
  }

  private BookChange whole() {
    return new BookChange(
        true,
        time(),
        sequence(),
        sequence(),
        ladder.levels(true, Integer.MAX_VALUE),
        ladder.levels(false, Integer.MAX_VALUE));
  }

  private BookChange change(BookUpdate update) {
    return new BookChange(
        false,
        time(),
        number(update.first()),
        sequence(),
        levels(update, true),
        levels(update, false));
  }

  private List<Level> levels(BookUpdate update, boolean bid) {
    var levels = new ArrayList<Level>();
    for (int i = 0; i < update.size(); i++)
      if (update.isBid(i) == bid && ladder.knows(update, i))
        levels.add(
            new Level(
                BigDecimal.valueOf(update.price(i), update.priceScale(i)),
                BigDecimal.valueOf(update.size(i), update.sizeScale(i))));
    return levels;
  }

  private static Optional<Instant> time(long millis) {
    return millis == BookUpdate.NONE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }

  private static OptionalLong number(long number) {
    return number == BookUpdate.NONE ? OptionalLong.empty() : OptionalLong.of(number);
  }
}
