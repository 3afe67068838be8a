package io.tradeflood;

import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedSource;
import io.tradeflood.live.Later;
import io.tradeflood.live.PlayedTime;
import io.tradeflood.model.BookChange;
import io.tradeflood.model.Query;
import io.tradeflood.model.Symbol;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.TurnRunner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is watched at the moment: each thing once, however many watch it, and for a while after the
 * last one has left.
 */
final class Lives implements AutoCloseable {
  /** So long something is kept that nobody watches any more. */
  private static final Duration LINGER = Duration.ofSeconds(5);

  final Flood flood;
  final TurnRunner runner;
  final InstantSource clock;
  final Later later;
  final Rounds rounds;

  /** The time of what is watched, if it comes from a tape. */
  final Optional<PlayedTime> played;

  /** The time of those who watch. */
  private final Later present = Later.threads();

  /** Guards the two below, how often each is held, and whether it has begun. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<Object, Live> lives = new HashMap<>();
  private boolean closed;

  Lives(Flood flood, TurnRunner runner, InstantSource clock, Optional<PlayedTime> played) {
    this.flood = flood;
    this.runner = runner;
    this.clock = clock;
    this.later = played.<Later>map(time -> time).orElse(present);
    this.rounds = new Rounds(runner, present);
    this.played = played;
  }

  /** Fetches something on a thread of its own. */
  void fetch(String what, Runnable fetching) {
    played.ifPresentOrElse(
        time -> time.fetch(what, fetching),
        () -> Thread.ofVirtual().name(what + " ", 0).start(fetching));
  }

  /** That somebody watches. */
  interface Held<M> extends AutoCloseable {
    Feed<M> feed();

    /** Has it begin, unless somebody who watches the same already had. */
    void begin();

    @Override
    void close();
  }

  <M> Held<M> hold(LivePart<M> part) {
    return switch (part) {
      case LivePart.Refused<M>(_, _, _, var reason) -> refused(reason);
      case LivePart.Rows<?, M> rows ->
          hold(rows, rows.bound(), key -> new LiveRows<>(key, this, rows));
      case LivePart.Polled<?, M> polled ->
          hold(polled, polled.bound(), key -> new PolledRows<>(key, this, polled));
      case LivePart.Book<M> book -> hold(book);
    };
  }

  private static <M> Held<M> refused(String reason) {
    var feed = new FeedSource<M>();
    feed.end(Optional.of(new Failure.Unsupported(reason)));
    return new Held<>() {
      @Override
      public Feed<M> feed() {
        return feed;
      }

      @Override
      public void begin() {
        // nothing is told but its end
      }

      @Override
      public void close() {
        // nothing is held
      }
    };
  }

  /** Whose rows they are, whatever they are asked for with. */
  private record RowsKey(Class<?> binding, String tenant, Query query) {}

  private <M> Held<M> hold(
      LivePart<M> part, Connectors.Bound<?, ?> bound, Function<Object, LiveFeed<M>> maker) {
    var key = new RowsKey(bound.entry().type(), part.request().tenant(), part.request().query());
    @SuppressWarnings("unchecked") // the key has the binding, and so the model
    var live = (LiveFeed<M>) take(key, () -> maker.apply(key));
    var feed = live.feed();
    return held(live, feed);
  }

  /** Whose book it is, however deep it is asked for. */
  private record BookKey(Class<?> binding, String tenant, Symbol symbol) {}

  private <M> Held<M> hold(LivePart.Book<M> part) {
    var key =
        new BookKey(part.bound().entry().type(), part.request().tenant(), part.query().symbol());
    var kept = (KeptBook) take(key, () -> new KeptBook(key, this, part));
    Feed<?> feed =
        part.request().model() == BookChange.class
            ? kept.book().changes()
            : kept.book().books(part.query().depth().orElse(Integer.MAX_VALUE));
    return held(kept, cast(feed));
  }

  @SuppressWarnings("unchecked") // a book's binding answers with these two models only
  private static <M> Feed<M> cast(Feed<?> feed) {
    return (Feed<M>) feed;
  }

  private <M> Held<M> held(Live live, Feed<M> feed) {
    return new Held<>() {
      private boolean left;

      @Override
      public Feed<M> feed() {
        return feed;
      }

      @Override
      public void begin() {
        if (isFirst(live)) live.begin();
      }

      @Override
      public synchronized void close() {
        if (left) return;
        left = true;
        present.run(LINGER, () -> leave(live));
      }
    };
  }

  private Live take(Object key, Supplier<Live> maker) {
    lock.lock();
    try {
      if (closed) throw new IllegalStateException("TradeFlood is closed: make another");
      Live live = lives.computeIfAbsent(key, _ -> maker.get());
      live.holders++;
      return live;
    } finally {
      lock.unlock();
    }
  }

  private boolean isFirst(Live live) {
    lock.lock();
    try {
      if (closed || live.begun) return false;
      live.begun = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void leave(Live live) {
    lock.lock();
    try {
      if (--live.holders > 0) return;
      lives.remove(live.key, live);
    } finally {
      lock.unlock();
    }
    live.end();
  }

  /** One that has failed is tried again by whoever asks next. */
  void forget(Live live) {
    lock.lock();
    try {
      lives.remove(live.key, live);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    List<Live> last;
    lock.lock();
    try {
      closed = true;
      last = List.copyOf(lives.values());
      lives.clear();
    } finally {
      lock.unlock();
    }
    last.forEach(Live::end);
  }
}
