package io.tradeflood;

import io.tradeflood.live.Continuous;
import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedSink;
import io.tradeflood.live.FeedSource;
import io.tradeflood.live.Polling;
import io.tradeflood.model.Query;
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

  private Optional<Polling.Answer<M>> ask() throws InterruptedException {
    M row = lives.rounds.ask(part.label(), part.question()).await();
    return Optional.of(new Polling.Answer<>(List.of(row), instant(), Optional::empty));
  }

  @Override
  public Instant instant() {
    return lives.clock.instant();
  }

  /** Until a full tick of the pace, so that what is asked equally often is asked together. */
  @Override
  public void sleep(Duration length) throws InterruptedException {
    if (lives.played.isPresent()) return;
    long tick = part.bound().binding().pace().shortest().toNanos();
    long pause = length.toNanos();
    long early = tick > 0 && pause >= tick ? Math.floorMod(System.nanoTime() + pause, tick) : 0;
    Thread.sleep(Duration.ofNanos(pause - early));
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
