package io.tradeflood.live;

import io.tradeflood.model.OrderBook;
import io.tradeflood.turn.Failure;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the newest book only, which is made when it is read: a book that nobody reads in time costs
 * nothing. Its lock is the book's.
 */
final class LatestBookReader extends WaitingReader<OrderBook> {
  private final BookViews views;
  private final BookView view;
  private final int capacity;

  /** The reading thread's. */
  private final Ladder copy = new Ladder();

  // Guarded by the lock.

  /** What comes before the newest book: states, and books that a state followed. */
  private final ArrayDeque<Event<OrderBook>> before = new ArrayDeque<>();

  /** Whether there is a book that was not read. */
  private boolean news;

  private long sequence;

  LatestBookReader(BookViews views, BookView view, int capacity) {
    super(views.lock());
    this.views = views;
    this.view = view;
    this.capacity = capacity;
  }

  // Told by the book, which holds the lock.

  void touch() {
    if (isOver()) return;
    if (news) dropped++;
    news = true;
    sequence++;
    wake();
  }

  /**
   * @param falls whether the book is no longer right
   */
  void state(FeedState state, Instant when, boolean falls) {
    if (isOver()) return;
    if (news) {
      if (falls) dropped++;
      else before.add(data(views.current(view.depth), views.arrival(), sequence));
      news = false;
    }
    while (before.size() >= capacity) {
      if (before.poll() instanceof Event.Data<OrderBook>) dropped++;
    }
    before.add(new Event.Status<>(state, when));
    wake();
  }

  void end(Optional<Failure> why) {
    // A book that ends by a fault may be half changed.
    if (news && why.isPresent()) {
      news = false;
      dropped++;
    }
    finish(why);
  }

  private static Event<OrderBook> data(OrderBook book, Arrival arrival, long sequence) {
    return new Event.Data<>(book, arrival.received(), sequence, arrival.origin(), Optional.empty());
  }

  // Asked by the reader.

  @Override
  int unread() {
    return before.size() + (news ? 1 : 0);
  }

  /** Copies the arrays while nothing changes, and makes the book of them afterwards. */
  @Override
  Optional<Event<OrderBook>> take() {
    Optional<Instant> time;
    OptionalLong number;
    Arrival arrival;
    long place;
    lock.lock();
    try {
      var event = before.poll();
      if (event != null) return Optional.of(event);
      if (!news) return Optional.empty();
      news = false;
      copy.copy(views.ladder(), view.depth);
      time = views.time();
      number = views.sequence();
      arrival = views.arrival();
      place = sequence;
    } finally {
      lock.unlock();
    }
    var book =
        new OrderBook(time, number, copy.levels(true, view.depth), copy.levels(false, view.depth));
    return Optional.of(data(book, arrival, place));
  }

  @Override
  void leave() {
    before.clear();
    news = false;
    lock.afterwards(() -> view.left(this));
  }
}
