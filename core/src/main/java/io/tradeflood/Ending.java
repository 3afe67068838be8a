package io.tradeflood;

import io.tradeflood.live.Arrival;
import io.tradeflood.live.FeedSink;
import io.tradeflood.live.FeedState;
import io.tradeflood.turn.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells when a feed ends. */
record Ending<M>(FeedSink<M> sink, Runnable ended) implements FeedSink<M> {
  @Override
  public void rows(List<? extends M> rows, Arrival arrival) {
    sink.rows(rows, arrival);
  }

  @Override
  public void state(FeedState state, Instant received) {
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
