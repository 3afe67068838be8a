package io.tradeflood;

import io.tradeflood.binding.LiveBinding;
import io.tradeflood.connector.Connector;
import io.tradeflood.live.Arrival;
import io.tradeflood.live.Continuous;
import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedSink;
import io.tradeflood.live.FeedSource;
import io.tradeflood.live.Later;
import io.tradeflood.live.Refill;
import io.tradeflood.model.Bar;
import io.tradeflood.model.Query;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Window;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Outcome;
import io.tradeflood.turn.TurnRun;
import io.tradeflood.turn.TurnRunner;
import io.tradeflood.turn.TurnScheme;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is watched at the moment: each thing once, however many watch it, and for a while after the
 * last one has left.
 */
final class Lives implements AutoCloseable {
  /** So long something is kept that nobody watches any more. */
  private static final Duration LINGER = Duration.ofSeconds(5);

  private final Flood flood;
  private final TurnRunner runner;
  private final InstantSource clock;
  private final Later later;

  /** Guards the two below, and how often each is held. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<Object, Live<?>> lives = new HashMap<>();
  private boolean closed;

  Lives(Flood flood, TurnRunner runner, InstantSource clock, Later later) {
    this.flood = flood;
    this.runner = runner;
    this.clock = clock;
    this.later = later;
  }

  /** That somebody watches. */
  interface Held<M> extends AutoCloseable {
    Feed<M> feed();

    @Override
    void close();
  }

  /** Something that is watched. */
  private abstract static class Live<M> {
    final Object key;
    int holders;

    Live(Object key) {
      this.key = key;
    }

    abstract void begin();

    abstract void end();
  }

  <M> Held<M> hold(LivePart<M> part) {
    return switch (part) {
      case LivePart.Refused<M>(_, _, _, var reason) -> refused(reason);
      case LivePart.Rows<?, M> rows -> hold(rows);
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
      public void close() {
        // nothing is held
      }
    };
  }

  /** Whose rows they are, whatever they are asked for with. */
  private record RowsKey(Class<?> binding, String tenant, Query query) {}

  private <Q extends Query, M> Held<M> hold(LivePart.Rows<Q, M> part) {
    var key = new RowsKey(part.bound().entry().type(), part.request().tenant(), part.query());
    var live = (LiveRows<?, ?>) take(key, () -> new LiveRows<>(key, part));
    @SuppressWarnings("unchecked") // the key has the binding, and so the model
    var source = (FeedSource<M>) live.out;
    return held(live, source);
  }

  private <M> Held<M> held(Live<?> live, Feed<M> feed) {
    return new Held<>() {
      private boolean left;

      @Override
      public Feed<M> feed() {
        return feed;
      }

      @Override
      public synchronized void close() {
        if (left) return;
        left = true;
        later.run(LINGER, () -> leave(live));
      }
    };
  }

  private Live<?> take(Object key, java.util.function.Supplier<Live<?>> maker) {
    Live<?> live;
    lock.lock();
    try {
      if (closed) throw new IllegalStateException("TradeFlood is closed: make another");
      Live<?> known = lives.get(key);
      if (known != null) {
        known.holders++;
        return known;
      }
      live = maker.get();
      live.holders = 1;
      lives.put(key, live);
    } finally {
      lock.unlock();
    }
    live.begin();
    return live;
  }

  private void leave(Live<?> live) {
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
  private void forget(Live<?> live) {
    lock.lock();
    try {
      lives.remove(live.key, live);
    } finally {
      lock.unlock();
    }
  }

  /** Rows as they happen. */
  private final class LiveRows<Q extends Query, M> extends Live<M> {
    private final LivePart.Rows<Q, M> part;
    private final FeedSource<M> out = new FeedSource<>(this::relieved);
    private volatile @Nullable TurnRun run;
    private volatile Feed.@Nullable Attachment attachment;

    LiveRows(Object key, LivePart.Rows<Q, M> part) {
      super(key);
      this.part = part;
    }

    private void relieved() {
      var attached = attachment;
      if (attached != null) attached.relieved();
    }

    @Override
    void begin() {
      var binding = part.bound().binding();
      var scheme = new TurnScheme();
      var ask = scheme.ask(part.label(), binding.plan(part.bound().connector(), part.query()));
      var started = runner.start(scheme);
      run = started;
      Thread.ofVirtual()
          .name("watch ", 0)
          .start(
              () -> {
                try {
                  switch (started.result(ask).outcome()) {
                    case Outcome.Value<Feed<M>>(var feed) ->
                        attachment = feed.attach(sink(binding));
                    case Outcome.Failed<Feed<M>>(var failure) -> out.end(Optional.of(failure));
                  }
                } catch (InterruptedException e) {
                  out.end(Optional.of(new Failure.Cancelled(part.label())));
                }
              });
    }

    private FeedSink<M> sink(LiveBinding<Connector, Q, M> binding) {
      FeedSink<M> stage =
          switch (binding.continuity()) {
            case REPLACING -> Continuous.replacing(out);
            case EVERY -> Continuous.every(out, binding::numberOf, refill(), later, clock);
            case BARS -> bars(true);
            case UNMARKED_BARS -> bars(false);
          };
      return new Ending<>(stage, () -> forget(this));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // it was checked to be a bar
    private FeedSink<M> bars(boolean marked) {
      if (!Bar.class.isAssignableFrom(part.request().model()))
        throw new Failure.Bug(
            "%s tells bars, but %s is no Bar"
                .formatted(
                    part.bound().entry().type().getSimpleName(),
                    part.request().model().getSimpleName()));
      return (FeedSink<M>)
          (FeedSink<?>) Continuous.bars((FeedSource) out, marked, (Refill) refill(), later, clock);
    }

    private Refill<M> refill() {
      return (range, taker) ->
          Thread.ofVirtual().name("refill ", 0).start(() -> fetch(range, taker));
    }

    private void fetch(TimeRange range, Refill.Taker<M> taker) {
      var past = PastOf.request(flood.index(), part.request(), Window.of(range));
      if (past.isEmpty()) {
        taker.end(
            Optional.of(
                "%s has no history of %s"
                    .formatted(part.request().exchange(), part.bound().entry().model())));
        return;
      }
      Optional<String> whyNot;
      try (PlanRun run = flood.plan(List.of(past.get())).run();
          Rows<M> rows = run.rows(past.get())) {
        while (rows.hasNext()) taker.row(rows.next());
        whyNot =
            rows.failure()
                .map(Failure::reason)
                .or(
                    () ->
                        rows.coverage().stream()
                            .filter(Coverage::isMissing)
                            .map(Coverage::reason)
                            .findFirst());
      } catch (RuntimeException e) { // TradeFlood was closed meanwhile, or a connector is wrong
        whyNot = Optional.of(String.valueOf(e.getMessage()));
      }
      taker.end(whyNot);
    }

    @Override
    void end() {
      var attached = attachment;
      if (attached != null) attached.close();
      var started = run;
      if (started != null) started.close();
      out.end(Optional.empty());
    }
  }

  /** Tells when a feed ends. */
  private record Ending<M>(FeedSink<M> sink, Runnable ended) implements FeedSink<M> {
    @Override
    public void rows(List<? extends M> rows, Arrival arrival) {
      sink.rows(rows, arrival);
    }

    @Override
    public void state(io.tradeflood.live.FeedState state, java.time.Instant received) {
      sink.state(state, received);
    }

    @Override
    public void end(Optional<Failure> why) {
      ended.run();
      sink.end(why);
    }

    @Override
    public boolean wantsRaw() {
      return sink.wantsRaw();
    }

    @Override
    public boolean isFull() {
      return sink.isFull();
    }
  }

  @Override
  public void close() {
    List<Live<?>> last;
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
