package io.tradeflood;

import io.tradeflood.live.Continuous;
import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedSink;
import io.tradeflood.live.FeedSource;
import io.tradeflood.live.Polling;
import io.tradeflood.model.Query;
import io.tradeflood.turn.TurnRun;
import io.tradeflood.turn.TurnScheme;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A present value, asked for again and again. */
final class PolledRows<Q extends Query, M> extends LiveFeed<M> implements Polling.Time {
  private final LivePart.Polled<Q, M> part;
  private final Polling<M> polling;

  PolledRows(Object key, Lives lives, LivePart.Polled<Q, M> part) {
    super(key, lives, true);
    this.part = part;
    polling = new Polling<>(part.label(), this::ask, part.bound().binding().pace(), this);
  }

  @Override
  Feed<M> open() throws InterruptedException {
    polling.begin();
    return polling;
  }

  /** Each question is a run of its own: it is merged with what others ask at the time. */
  private Optional<Polling.Answer<M>> ask() throws InterruptedException {
    var scheme = new TurnScheme();
    var asked = scheme.ask(part.label(), part.question());
    try (TurnRun run = lives.runner.start(scheme)) {
      M row = run.result(asked).await();
      return Optional.of(new Polling.Answer<>(List.of(row), instant(), Optional::empty));
    }
  }

  @Override
  public Instant instant() {
    return lives.clock.instant();
  }

  @Override
  public void sleep(Duration length) throws InterruptedException {
    if (!lives.played.getAsBoolean()) Thread.sleep(length);
  }

  @Override
  FeedSink<M> stage(FeedSource<M> watched) {
    return Continuous.replacing(watched);
  }

  @Override
  void leave() {
    polling.close();
  }
}
