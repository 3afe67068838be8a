package io.tradeflood.live;

import io.tradeflood.turn.Failure;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps what was not read yet, in its order, bounded as the reader has said. */
final class QueuedReader<M> extends WaitingReader<M> implements FeedSink<M> {
  /** A blocked source may have this many times the capacity in hand before it stops. */
  private static final int HEADROOM = 4;

  private final ReadOptions options;

  // Guarded by the lock.

  private final ArrayDeque<Event<M>> unread = new ArrayDeque<>();

  /** How many of the unread are rows. */
  private int rows;

  private long sequence;
  private boolean full;
  private Feed.@Nullable Attachment attachment;

  QueuedReader(ReadOptions options) {
    super(new DeferringLock());
    this.options = options;
  }

  /** It is told from now on; if it was closed meanwhile, no longer. */
  void attached(Feed.Attachment by) {
    lock.lock();
    try {
      attachment = by;
      if (isClosed()) lock.afterwards(by::close);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void rows(List<? extends M> more, Arrival arrival) {
    lock.lock();
    try {
      if (isOver()) return;
      for (M row : more) {
        make();
        if (isOver()) return;
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
      wake();
    } finally {
      lock.unlock();
    }
  }

  /** Makes room for a row, as far as the policy lets it. */
  private void make() {
    switch (options.overflow()) {
      case BLOCK -> {
        if (rows < (long) options.capacity() * HEADROOM) return;
        finish(
            Optional.of(
                new Failure.Bug(
                    "The source of a feed did not stop for a reader that must lose nothing: %d rows are unread, %d may be"
                        .formatted(rows, options.capacity()))));
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
      if (isOver()) return;
      if (unread.size() - rows >= options.capacity()) dropState();
      unread.add(new Event.Status<>(state, received));
      wake();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void end(Optional<Failure> why) {
    finish(why);
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
  int unread() {
    return unread.size();
  }

  @Override
  Optional<Event<M>> take() {
    lock.lock();
    try {
      var event = unread.poll();
      if (event instanceof Event.Data<M>) rows--;
      if (full && rows <= options.capacity() / 2) {
        full = false;
        var by = attachment;
        if (by != null) lock.afterwards(by::relieved);
      }
      return Optional.ofNullable(event);
    } finally {
      lock.unlock();
    }
  }

  @Override
  void leave() {
    unread.clear();
    rows = 0;
    var by = attachment;
    if (by != null) lock.afterwards(by::close);
  }
}
