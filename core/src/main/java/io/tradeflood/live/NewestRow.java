package io.tradeflood.live;

import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Row;
import io.tradeflood.turn.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows that each take the place of the one before: what was missed is of no use, nor is what is
 * older than what was told, and what is told twice, while one connection takes over from another,
 * is told on once.
 */
final class NewestRow<M> implements FeedSink<M> {
  private final FeedSource<M> out;
  private @Nullable M last;
  private boolean anew;

  NewestRow(FeedSource<M> out) {
    this.out = out;
  }

  @Override
  public void rows(List<? extends M> rows, Arrival arrival) {
    if (rows.size() == 1) {
      M row = rows.getFirst();
      if (!row.equals(last) && takes(row)) out.rows(rows, arrival);
      return;
    }
    var news = new ArrayList<M>(rows.size());
    for (M row : rows) if (takes(row)) news.add(row);
    if (!news.isEmpty()) out.rows(news, arrival);
  }

  /** Whether the row takes the last one's place; it does if it is not older. */
  private boolean takes(M row) {
    if (last != null && !anew && isOlder(row, last)) return false;
    last = row;
    anew = false;
    return true;
  }

  /** Whether a message was overtaken, as far as its row says where its place is. */
  private static boolean isOlder(Object row, Object last) {
    if (row instanceof OrderBook book && last instanceof OrderBook before) {
      if (book.sequence().isPresent() && before.sequence().isPresent())
        return book.sequence().getAsLong() < before.sequence().getAsLong();
      return book.time().isPresent()
          && before.time().isPresent()
          && book.time().get().isBefore(before.time().get());
    }
    return row instanceof Row timed
        && last instanceof Row before
        && timed.time().isBefore(before.time());
  }

  @Override
  public void state(FeedState state, Instant received) {
    // Behind a break numbers may begin anew.
    if (state instanceof FeedState.Desynced) anew = true;
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
