package io.tradeflood;

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
import io.tradeflood.turn.Result;
import io.tradeflood.turn.TurnRun;
import io.tradeflood.turn.TurnScheme;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows as they happen. */
final class LiveRows<Q extends Query, M> extends LiveFeed<M> {
  private final LivePart.Rows<Q, M> part;
  private volatile @Nullable TurnRun run;
  private volatile @Nullable Result<Feed<M>> subscribed;

  LiveRows(Object key, Lives lives, LivePart.Rows<Q, M> part) {
    super(key, lives, false);
    this.part = part;
  }

  @Override
  void begin() {
    var scheme = new TurnScheme();
    var turn = part.bound().binding().plan(part.bound().connector(), part.query());
    var ask = scheme.ask(part.label(), turn);
    var started = lives.runner.start(scheme);
    run = started;
    subscribed = started.result(ask);
    super.begin();
  }

  @Override
  Feed<M> open() throws InterruptedException {
    return Objects.requireNonNull(subscribed).await();
  }

  @Override
  void leave() {
    var started = run;
    if (started != null) started.close();
  }

  @Override
  FeedSink<M> stage(FeedSource<M> watched) {
    var binding = part.bound().binding();
    return switch (binding.continuity()) {
      case REPLACING -> Continuous.replacing(watched);
      case EVERY ->
          Continuous.every(watched, binding::numberOf, refill(), lives.later, lives.clock);
      case BARS -> bars(watched, true);
      case UNMARKED_BARS -> bars(watched, false);
    };
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // it was checked to be a bar
  private FeedSink<M> bars(FeedSource<M> watched, boolean marked) {
    if (!Bar.class.isAssignableFrom(part.request().model()))
      throw new Failure.Bug(
          "%s tells bars, but %s is no Bar"
              .formatted(
                  part.bound().entry().type().getSimpleName(),
                  part.request().model().getSimpleName()));
    return (FeedSink<M>)
        (FeedSink<?>)
            Continuous.bars(
                (FeedSource) watched, marked, (Refill) refill(), lives.later, lives.clock);
  }

  private Refill<M> refill() {
    if (past(new TimeRange(Instant.EPOCH, Instant.MAX)).isEmpty()) return Refill.none(noPast());
    return (range, taker) -> lives.fetch("refill", () -> fetch(range, taker));
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
}
