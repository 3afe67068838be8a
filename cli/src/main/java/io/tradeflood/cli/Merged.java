package io.tradeflood.cli;

import io.tradeflood.Request;
import io.tradeflood.live.Arrival;
import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedSink;
import io.tradeflood.live.FeedState;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Many feeds in the order in which their events come. Nothing is lost: the connections wait while
 * too much is unread.
 */
final class Merged implements AutoCloseable {
  /** How many rows may be unread before the connections wait. */
  private static final int CAPACITY = 10_000;

  /** What came. */
  sealed interface Item {
    Request<?> request();

    /** A row, and how it came. */
    record Row(Request<?> request, Object row, Arrival arrival) implements Item {}

    /** Something became of a feed. */
    record State(Request<?> request, FeedState state, Instant received) implements Item {}

    /** A feed ended. */
    record End(Request<?> request, Optional<Failure> why) implements Item {}
  }

  private final boolean raw;

  /** Guards all that follows. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Item> unread = new ArrayDeque<>();
  private final List<Feed.Attachment> attachments = new ArrayList<>();
  private boolean full;
  private boolean closed;

  /**
   * @param raw whether the messages are wanted with the rows
   */
  Merged(boolean raw) {
    this.raw = raw;
  }

  <M> void add(Request<M> request, Feed<M> feed) {
    var attachment = feed.attach(new Sink<>(request));
    lock.lock();
    try {
      attachments.add(attachment);
    } finally {
      lock.unlock();
    }
  }

  private final class Sink<M> implements FeedSink<M> {
    private final Request<M> request;

    Sink(Request<M> request) {
      this.request = request;
    }

    @Override
    public void rows(List<? extends M> rows, Arrival arrival) {
      for (M row : rows) put(new Item.Row(request, row, arrival));
    }

    @Override
    public void state(FeedState state, Instant received) {
      put(new Item.State(request, state, received));
    }

    @Override
    public void end(Optional<Failure> why) {
      put(new Item.End(request, why));
    }

    @Override
    public boolean wantsRaw() {
      return raw;
    }

    @Override
    public boolean isFull() {
      lock.lock();
      try {
        return full;
      } finally {
        lock.unlock();
      }
    }
  }

  private void put(Item item) {
    lock.lock();
    try {
      if (closed) return;
      unread.add(item);
      if (unread.size() >= CAPACITY) full = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** All that came, waiting for something no longer than this. */
  List<Item> take(Duration longest) throws InterruptedException {
    List<Item> items;
    List<Feed.Attachment> relieved = List.of();
    long left = longest.toNanos();
    lock.lockInterruptibly();
    try {
      while (unread.isEmpty() && left > 0) left = arrived.awaitNanos(left);
      items = List.copyOf(unread);
      unread.clear();
      if (full) relieved = List.copyOf(attachments);
      full = false;
    } finally {
      lock.unlock();
    }
    relieved.forEach(Feed.Attachment::relieved);
    return items;
  }

  @Override
  public void close() {
    List<Feed.Attachment> last;
    lock.lock();
    try {
      closed = true;
      last = List.copyOf(attachments);
    } finally {
      lock.unlock();
    }
    last.forEach(Feed.Attachment::close);
  }
}
