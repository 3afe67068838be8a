package io.tradeflood.live;

import io.tradeflood.turn.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows that each take the place of the one before: what was missed is of no use, and what is told
 * twice, while one connection takes over from another, is told on once.
 */
final class NewestRow<M> implements FeedSink<M> {
  private final FeedSource<M> out;
  private @Nullable M last;

  NewestRow(FeedSource<M> out) {
    this.out = out;
  }

  @Override
  public void rows(List<? extends M> rows, Arrival arrival) {
    if (rows.size() == 1 && rows.getFirst().equals(last)) return;
    last = rows.getLast();
    out.rows(rows, arrival);
  }

  @Override
  public void state(FeedState state, Instant received) {
    out.state(state, received);
    if (state instanceof FeedState.Connected) out.state(new FeedState.Synced(), received);
  }

  @Override
  public void end(Optional<Failure> why) {
    out.end(why);
  }

  @Override
  public boolean wantsRaw() {
    return out.wantsRaw();
  }

  @Override
  public boolean isFull() {
    return out.isFull();
  }
}
