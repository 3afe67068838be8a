package io.tradeflood.live;

import io.tradeflood.turn.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A feed, seen by who fills it. What it tells reaches all its sinks before the method returns; many
 * threads may tell, one after another. Who comes late is first told how the feed stands.
 *
 * @param <M> the model
 */
public final class FeedSource<M> implements Feed<M>, FeedSink<M> {
  private final Runnable relief;
  private final boolean keeps;

  /** Guards the telling: one at a time, in order. Sinks are called while it is held. */
  private final ReentrantLock lock = new ReentrantLock();

  private final CopyOnWriteArrayList<Attached> sinks = new CopyOnWriteArrayList<>();
  private @Nullable FeedState last;
  private Instant since = Instant.EPOCH;
  private @Nullable Kept<M> newest;
  private boolean ended;
  private Optional<Failure> why = Optional.empty();

  /** A feed whose source need not know of slow readers. */
  public FeedSource() {
    this(() -> {});
  }

  /**
   * @param relief told when a sink that was {@link FeedSink#isFull full} has room again; on the
   *     reader's thread
   */
  public FeedSource(Runnable relief) {
    this(relief, false);
  }

  /**
   * @param relief told when a sink that was full has room again; on the reader's thread
   * @param keeps whether who comes late is told the newest row too: where it is not repeated
   */
  public FeedSource(Runnable relief, boolean keeps) {
    this.relief = relief;
    this.keeps = keeps;
  }

  /** A row that was told. */
  private record Kept<M>(M row, Arrival arrival) {}

  private final class Attached implements Attachment {
    final FeedSink<? super M> sink;

    Attached(FeedSink<? super M> sink) {
      this.sink = sink;
    }

    @Override
    public void close() {
      sinks.remove(this);
      // Whoever tells now may be telling this one: wait for that, unless it is this thread itself.
      lock.lock();
      lock.unlock();
    }

    @Override
    public void relieved() {
      relief.run();
    }
  }

  @Override
  public Attachment attach(FeedSink<? super M> sink) {
    var attached = new Attached(sink);
    lock.lock();
    try {
      if (last != null) sink.state(last, since);
      var kept = newest;
      if (kept != null && !ended) sink.rows(List.of(kept.row()), kept.arrival());
      if (ended) sink.end(why);
      else sinks.add(attached);
    } finally {
      lock.unlock();
    }
    return attached;
  }

  @Override
  public void rows(List<? extends M> rows, Arrival arrival) {
    lock.lock();
    try {
      if (ended) return;
      if (keeps && !rows.isEmpty()) newest = new Kept<>(rows.getLast(), arrival);
      for (Attached attached : sinks) attached.sink.rows(rows, arrival);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void state(FeedState state, Instant received) {
    lock.lock();
    try {
      if (ended) return;
      if (!(state instanceof FeedState.Gap)) {
        last = state;
        since = received;
      }
      for (Attached attached : sinks) attached.sink.state(state, received);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void end(Optional<Failure> reason) {
    lock.lock();
    try {
      if (ended) return;
      ended = true;
      why = reason;
      for (Attached attached : sinks) attached.sink.end(reason);
      sinks.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Whether anybody reads it. */
  public boolean isWatched() {
    return !sinks.isEmpty();
  }

  @Override
  public boolean wantsRaw() {
    for (Attached attached : sinks) if (attached.sink.wantsRaw()) return true;
    return false;
  }

  /** Asked after each message, so that without sinks not even an iterator is made. */
  @Override
  public boolean isFull() {
    if (sinks.isEmpty()) return false;
    for (Attached attached : sinks) if (attached.sink.isFull()) return true;
    return false;
  }
}
