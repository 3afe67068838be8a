package io.tradeflood;

import io.tradeflood.binding.LiveBinding;
import io.tradeflood.connector.Connector;
import io.tradeflood.live.Continuous;
import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedSink;
import io.tradeflood.live.FeedSource;
import io.tradeflood.live.Refill;
import io.tradeflood.model.Bar;
import io.tradeflood.model.Query;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Window;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Outcome;
import io.tradeflood.turn.TurnRun;
import io.tradeflood.turn.TurnScheme;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows as they happen. */
final class LiveRows<Q extends Query, M> extends Live {
  private final Lives lives;
  private final LivePart.Rows<Q, M> part;
  private final FeedSource<M> out = new FeedSource<>(this::relieved);
  private volatile @Nullable TurnRun run;
  private volatile Feed.@Nullable Attachment attachment;

  LiveRows(Object key, Lives lives, LivePart.Rows<Q, M> part) {
    super(key);
    this.lives = lives;
    this.part = part;
  }

  Feed<M> feed() {
    return out;
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
    var started = lives.runner.start(scheme);
    run = started;
    Thread.ofVirtual()
        .name("watch ", 0)
        .start(
            () -> {
              try {
                switch (started.result(ask).outcome()) {
                  case Outcome.Value<Feed<M>>(var feed) -> attachment = feed.attach(sink(binding));
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
          case EVERY ->
              Continuous.every(out, binding::numberOf, refill(), lives.later, lives.clock);
          case BARS -> bars(true);
          case UNMARKED_BARS -> bars(false);
        };
    return new Ending<>(stage, () -> lives.forget(this));
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
        (FeedSink<?>)
            Continuous.bars((FeedSource) out, marked, (Refill) refill(), lives.later, lives.clock);
  }

  private Refill<M> refill() {
    if (past(new TimeRange(Instant.EPOCH, Instant.MAX)).isEmpty()) return Refill.none(noPast());
    return (range, taker) -> Thread.ofVirtual().name("refill ", 0).start(() -> fetch(range, taker));
  }

  private Optional<Request<M>> past(TimeRange range) {
    return PastOf.request(lives.flood.index(), part.request(), Window.of(range));
  }

  private String noPast() {
    return "%s has no history of %s"
        .formatted(part.request().exchange(), part.bound().entry().model());
  }

  private void fetch(TimeRange range, Refill.Taker<M> taker) {
    var past = past(range);
    if (past.isEmpty()) {
      taker.end(Optional.of(noPast()));
      return;
    }
    Optional<String> whyNot;
    try (PlanRun run = lives.flood.plan(List.of(past.get())).run();
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
