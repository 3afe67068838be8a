package io.tradeflood.live;

import io.tradeflood.turn.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Hands rows on, changed. */
final class MappedSink<M, N> implements FeedSink<M> {
  private final FeedSink<? super N> sink;
  private final Function<? super M, ? extends List<? extends N>> function;
  private boolean failed;

  MappedSink(FeedSink<? super N> sink, Function<? super M, ? extends List<? extends N>> function) {
    this.sink = sink;
    this.function = function;
  }

  @Override
  public void rows(List<? extends M> rows, Arrival arrival) {
    if (failed) return;
    List<? extends N> mapped;
    try {
      mapped = mapped(rows);
    } catch (RuntimeException mistake) {
      end(
          Optional.of(
              mistake instanceof Failure failure
                  ? failure
                  : new Failure.Unreadable(
                      "A row of a feed could not be translated: " + mistake, mistake)));
      failed = true;
      return;
    }
    if (!mapped.isEmpty()) sink.rows(mapped, arrival);
  }

  private List<? extends N> mapped(List<? extends M> rows) {
    if (rows.size() == 1) return function.apply(rows.getFirst());
    var mapped = new ArrayList<N>(rows.size());
    for (M row : rows) mapped.addAll(function.apply(row));
    return mapped;
  }

  @Override
  public void state(FeedState state, Instant received) {
    if (!failed) sink.state(state, received);
  }

  @Override
  public void end(Optional<Failure> why) {
    if (!failed) sink.end(why);
  }

  @Override
  public boolean wantsRaw() {
    return sink.wantsRaw();
  }

  @Override
  public boolean isFull() {
    return !failed && sink.isFull();
  }
}
