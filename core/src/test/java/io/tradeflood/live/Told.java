package io.tradeflood.live;

import io.tradeflood.turn.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps everything that a feed tells. */
final class Told<M> implements FeedSink<M> {
  final List<M> rows = new ArrayList<>();
  final List<String> origins = new ArrayList<>();
  final List<FeedState> states = new ArrayList<>();

  /** Rows and states in their order. */
  final List<Object> all = new ArrayList<>();

  Optional<Optional<Failure>> end = Optional.empty();

  @Override
  public void rows(List<? extends M> more, Arrival arrival) {
    rows.addAll(more);
    all.addAll(more);
    more.forEach(_ -> origins.add(arrival.origin()));
  }

  @Override
  public void state(FeedState state, Instant received) {
    states.add(state);
    all.add(state);
  }

  @Override
  public void end(Optional<Failure> why) {
    end = Optional.of(why);
  }

  List<String> stateNames() {
    return states.stream().map(state -> state.getClass().getSimpleName()).toList();
  }
}
