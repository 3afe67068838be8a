package io.tradeflood.live;

import io.tradeflood.model.OrderBook;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;

/**
 * Reads the newest book only, which is made when it is read: a book that nobody reads in time costs
 * nothing.
 */
final class LatestBookReader implements FeedReader<OrderBook> {
  private final BookViews views;
  private final BookView view;
  private final int capacity;

  /** The book's; guards all that follows but the copy, which is the reading thread's. */
  private final BookLock lock;

  private final Condition arrived;
  private final Ladder copy = new Ladder();

  /** What comes before the newest book: states, and books that a state followed. */
  private final ArrayDeque<Event<OrderBook>> before = new ArrayDeque<>();

  /** Whether there is a book that was not read. */
  private boolean news;

  private long sequence;
  private long dropped;
  private boolean waiting;
  private boolean ended;
  private boolean closed;
  private Optional<Failure> failure = Optional.empty();

  LatestBookReader(BookViews views, BookView view, int capacity) {
    this.views = views;
    this.view = view;
    this.capacity = capacity;
    this.lock = views.lock();
    this.arrived = lock.newCondition();
  }

  // Told by the book, which holds the lock.

  void touch() {
    if (closed) return;
    if (news) dropped++;
    news = true;
    sequence++;
    if (waiting) wake();
  }

  private void wake() {
    waiting = false;
    arrived.signal();
  }

  /**
   * @param falls whether the book is no longer right
   */
  void state(FeedState state, Instant when, boolean falls) {
    if (news) {
      if (falls) dropped++;
      else before.add(data(views.current(view.depth), views.arrival(), sequence));
      news = false;
    }
    while (before.size() >= capacity) {
      if (before.poll() instanceof Event.Data<OrderBook>) dropped++;
    }
    before.add(new Event.Status<>(state, when));
    if (waiting) wake();
  }

  void end(Optional<Failure> why) {
    if (ended) return;
    ended = true;
    failure = why;
    // A book that ends by a fault may be half changed.
    if (news && why.isPresent()) {
      news = false;
      dropped++;
    }
    arrived.signalAll();
  }

  private static Event<OrderBook> data(OrderBook book, Arrival arrival, long sequence) {
    return new Event.Data<>(book, arrival.received(), sequence, arrival.origin(), Optional.empty());
  }

  // Asked by the reader.

  private boolean isEmpty() {
    return before.isEmpty() && !news;
  }

  @Override
  public boolean hasNext() {
    lock.lock();
    try {
      while (isEmpty() && !ended && !closed) {
        waiting = true;
        arrived.await();
      }
      return !isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waiting = false;
      lock.unlock();
    }
  }

  @Override
  public Event<OrderBook> next() {
    if (!hasNext()) throw new NoSuchElementException("The feed has ended");
    return take().orElseThrow(() -> new NoSuchElementException("The reader was closed"));
  }

  @Override
  public Optional<Event<OrderBook>> poll(Duration longest) throws InterruptedException {
    long left = longest.toNanos();
    lock.lockInterruptibly();
    try {
      while (isEmpty() && !ended && !closed && left > 0) {
        waiting = true;
        left = arrived.awaitNanos(left);
      }
    } finally {
      waiting = false;
      lock.unlock();
    }
    return take();
  }

  /** Copies the arrays while nothing changes, and makes the book of them afterwards. */
  private Optional<Event<OrderBook>> take() {
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
  public boolean isEnded() {
    lock.lock();
    try {
      return isEmpty() && (ended || closed);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<Failure> failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int lag() {
    lock.lock();
    try {
      return before.size() + (news ? 1 : 0);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) return;
      closed = true;
      before.clear();
      news = false;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    view.left(this);
  }
}
