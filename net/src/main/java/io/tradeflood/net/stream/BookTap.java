package io.tradeflood.net.stream;

import io.tradeflood.live.BookSink;
import io.tradeflood.live.BookStream;
import io.tradeflood.live.BookUpdate;
import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedState;
import io.tradeflood.turn.Failure;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Reads a channel's messages into one update, used again and again. */
final class BookTap extends Tap<BookStream> {
  private final StreamChannel.UpdateReader reader;
  private final BookUpdate update = new BookUpdate();

  /** Guards the telling. Sinks are called while it is held. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Replaced, never changed: going through an array makes nothing. */
  private volatile BookSink[] sinks = {};

  private @Nullable FeedState last;
  private Instant since = Instant.EPOCH;
  private Optional<Failure> why = Optional.empty();
  private boolean over;
  private @Nullable Seat leader;
  private @Nullable Seat follower;
  private @Nullable Handover handover;
  private long lastTold = BookUpdate.NONE;

  BookTap(Group group, PlannedChannel planned, StreamChannel.UpdateReader reader) {
    super(group, planned);
    this.reader = reader;
  }

  /** The stream, which is left when it is closed. */
  private record Shared(BookTap tap) implements BookStream, AutoCloseable {
    @Override
    public Feed.Attachment attach(BookSink sink) {
      tap.add(sink);
      tap.attached();
      return new Attached(tap, sink);
    }

    @Override
    public void renew(String reason) {
      tap.group().renew(tap, reason);
    }

    @Override
    public void close() {
      tap.close();
    }
  }

  private record Attached(BookTap tap, BookSink sink) implements Feed.Attachment {
    @Override
    public void close() {
      tap.remove(sink);
    }

    @Override
    public void relieved() {
      tap.group().relieved(tap);
    }
  }

  /** Who comes late is first told how it stands. */
  private void add(BookSink sink) {
    lock.lock();
    try {
      if (last != null) sink.state(last, since);
      if (over) sink.end(why);
      else {
        var more = Arrays.copyOf(sinks, sinks.length + 1);
        more[sinks.length] = sink;
        sinks = more;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whoever tells now may be telling this one: waits for that, unless it is this thread itself. */
  private void remove(BookSink sink) {
    lock.lock();
    try {
      sinks = Arrays.stream(sinks).filter(one -> !one.equals(sink)).toArray(BookSink[]::new);
    } finally {
      lock.unlock();
    }
  }

  @Override
  BookStream value() {
    return new Shared(this);
  }

  @Override
  void read(Message message) {
    reader.read(message.scanner(), message.isSnapshot(), update);
    if (!keeps()) {
      tell(update, message.nanos());
      return;
    }
    var copy = new BookUpdate();
    copy.copy(update);
    long nanos = message.nanos();
    keep(() -> tell(copy, nanos));
  }

  @Override
  void message(Seat from, Message message) {
    var leads = leader;
    if (leads == null) leader = from;
    if (leads == null || leads == from) {
      message(message);
      if (handover != null) handOver();
    } else if (handover != null) {
      reader.read(message.scanner(), message.isSnapshot(), update);
      handover.keep(update, message.nanos());
      handOver();
    }
  }

  @Override
  void taken(Seat seat) {
    var leads = leader;
    if (leads == null || leads == seat) {
      leader = seat;
      return;
    }
    follower = seat;
    handover = new Handover();
  }

  @Override
  boolean follows(Seat seat) {
    return follower == seat;
  }

  private void handOver() {
    var both = handover;
    if (both != null && both.isReady(lastTold)) lead(both);
  }

  /** The second connection leads from here on. */
  private void lead(Handover both) {
    var fresh = follower;
    leader = fresh;
    follower = null;
    handover = null;
    for (var one : both.rest()) {
      if (keeps()) keep(() -> tell(one.update(), one.received()));
      else tell(one.update(), one.received());
    }
    if (fresh != null) fresh.upstream.settle();
  }

  @Override
  void hasten(Seat seat, String reason) {
    var both = handover;
    if (both == null || follower != seat) return;
    Instant now = group().loop().instant();
    state(new FeedState.Desynced(reason), now);
    state(new FeedState.Connected(), now);
    boolean broken = both.isOverflown();
    lead(both);
    if (broken) group().lost(this, reason);
  }

  @Override
  void lost(Seat seat) {
    if (follower == seat) {
      follower = null;
      handover = null;
    } else if (leader == seat) leader = null;
  }

  private void tell(BookUpdate told, long nanos) {
    lastTold = told.last();
    lock.lock();
    try {
      for (BookSink sink : sinks) sink.update(told, nanos);
    } finally {
      lock.unlock();
    }
  }

  @Override
  void tell(FeedState state, Instant when) {
    lock.lock();
    try {
      last = state;
      since = when;
      for (BookSink sink : sinks) sink.state(state, when);
    } finally {
      lock.unlock();
    }
  }

  @Override
  void tellEnd(Optional<Failure> failure) {
    lock.lock();
    try {
      over = true;
      why = failure;
      for (BookSink sink : sinks) sink.end(failure);
      sinks = new BookSink[0];
    } finally {
      lock.unlock();
    }
  }

  @Override
  boolean isFull() {
    for (BookSink sink : sinks) if (sink.isFull()) return true;
    return false;
  }

  @Override
  boolean isChain() {
    return true;
  }
}
