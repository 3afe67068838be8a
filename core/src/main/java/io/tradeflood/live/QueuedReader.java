package io.tradeflood.live;

import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Keeps what was not read yet, in its order, bounded as the reader has said. */
final class QueuedReader<M> implements FeedReader<M>, FeedSink<M> {
  /** A blocked source may have this many times the capacity in hand before it stops. */
  private static final int HEADROOM = 4;

  private final ReadOptions options;

  /** Guards all that follows. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Event<M>> unread = new ArrayDeque<>();

  /** How many of the unread are rows. */
  private int rows;

  private long sequence;
  private long dropped;
  private boolean waiting;
  private boolean full;
  private boolean ended;
  private boolean closed;
  private Optional<Failure> failure = Optional.empty();
  private Feed.@Nullable Attachment attachment;

  QueuedReader(ReadOptions options) {
    this.options = options;
  }

  /** It is told from now on; if it was closed meanwhile, no longer. */
  void attached(Feed.Attachment by) {
    lock.lock();
    try {
      attachment = by;
      if (!closed) return;
    } finally {
      lock.unlock();
    }
    by.close();
  }

  @Override
  public void rows(List<? extends M> more, Arrival arrival) {
    lock.lock();
    try {
      if (closed || ended) return;
      for (M row : more) {
        make();
        if (ended) return;
        unread.add(
            new Event.Data<>(
                row,
                arrival.received(),
                ++sequence,
                arrival.origin(),
                options.raw() ? arrival.raw() : Optional.empty()));
        rows++;
      }
      if (options.overflow() == Overflow.BLOCK && rows >= options.capacity()) full = true;
      if (waiting) arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Makes room for a row, as far as the policy lets it. */
  private void make() {
    switch (options.overflow()) {
      case BLOCK -> {
        if (rows < (long) options.capacity() * HEADROOM) return;
        ended = true;
        failure =
            Optional.of(
                new Failure.Bug(
                    "The source of a feed did not stop for a reader that must lose nothing: %d rows are unread, %d may be"
                        .formatted(rows, options.capacity())));
        arrived.signalAll();
      }
      case DROP_OLDEST -> {
        while (rows >= options.capacity()) drop();
      }
      case CONFLATE -> {
        while (rows > 0) drop();
      }
    }
  }

  private void drop() {
    var each = unread.iterator();
    while (each.hasNext())
      if (each.next() instanceof Event.Data<M>) {
        each.remove();
        rows--;
        dropped++;
        return;
      }
  }

  /** Nobody reads: what became of the feed long ago is of no use. */
  private void dropState() {
    var each = unread.iterator();
    while (each.hasNext())
      if (each.next() instanceof Event.Status<M>) {
        each.remove();
        return;
      }
  }

  @Override
  public void state(FeedState state, Instant received) {
    lock.lock();
    try {
      if (closed || ended) return;
      if (unread.size() - rows >= options.capacity()) dropState();
      unread.add(new Event.Status<>(state, received));
      if (waiting) arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void end(Optional<Failure> why) {
    lock.lock();
    try {
      if (closed || ended) return;
      ended = true;
      failure = why;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean wantsRaw() {
    return options.raw();
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

  @Override
  public boolean hasNext() {
    lock.lock();
    try {
      while (unread.isEmpty() && !ended && !closed) {
        waiting = true;
        arrived.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waiting = false;
      lock.unlock();
    }
    return !unread.isEmpty();
  }

  @Override
  public Event<M> next() {
    if (!hasNext()) throw new NoSuchElementException("The feed has ended");
    return take().orElseThrow(() -> new NoSuchElementException("The reader was closed"));
  }

  @Override
  public Optional<Event<M>> poll(Duration longest) throws InterruptedException {
    long left = longest.toNanos();
    lock.lockInterruptibly();
    try {
      while (unread.isEmpty() && !ended && !closed && left > 0) {
        waiting = true;
        left = arrived.awaitNanos(left);
      }
    } finally {
      waiting = false;
      lock.unlock();
    }
    return take();
  }

  private Optional<Event<M>> take() {
    Event<M> event;
    Feed.Attachment relieved = null;
    lock.lock();
    try {
      event = unread.poll();
      if (event instanceof Event.Data<M>) rows--;
      if (full && rows <= options.capacity() / 2) {
        full = false;
        relieved = attachment;
      }
    } finally {
      lock.unlock();
    }
    if (relieved != null) relieved.relieved();
    return Optional.ofNullable(event);
  }

  @Override
  public boolean isEnded() {
    lock.lock();
    try {
      return unread.isEmpty() && (ended || closed);
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
      return unread.size();
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
    Feed.Attachment by;
    lock.lock();
    try {
      closed = true;
      unread.clear();
      rows = 0;
      by = attachment;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    if (by != null) by.close();
  }
}
