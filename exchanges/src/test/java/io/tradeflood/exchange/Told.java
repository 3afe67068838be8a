package io.tradeflood.exchange;

import io.tradeflood.live.Arrival;
import io.tradeflood.live.BookSink;
import io.tradeflood.live.BookStream;
import io.tradeflood.live.BookUpdate;
import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedSink;
import io.tradeflood.live.FeedState;
import io.tradeflood.turn.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that a feed or a book's stream has told. */
public final class Told<M> implements FeedSink<M> {
  private final List<M> rows = new ArrayList<>();
  private final List<String> origins = new ArrayList<>();

  /** Listens to a feed from now on. */
  public static <M> Told<M> of(Feed<M> feed) {
    var told = new Told<M>();
    feed.attach(told);
    return told;
  }

  /** Listens to a book's changes from now on; each is kept. */
  public static List<BookUpdate> of(BookStream book) {
    var updates = new ArrayList<BookUpdate>();
    book.attach(
        new BookSink() {
          @Override
          public void update(BookUpdate update, long received) {
            var kept = new BookUpdate();
            kept.copy(update);
            updates.add(kept);
          }

          @Override
          public void state(FeedState state, Instant received) {}

          @Override
          public void end(Optional<Failure> why) {}
        });
    return updates;
  }

  @Override
  public void rows(List<? extends M> more, Arrival arrival) {
    rows.addAll(more);
    more.forEach(_ -> origins.add(arrival.origin()));
  }

  @Override
  public void state(FeedState state, Instant received) {}

  @Override
  public void end(Optional<Failure> why) {
    why.ifPresent(
        failure -> {
          throw failure;
        });
  }

  /** The rows so far. */
  public List<M> rows() {
    return rows;
  }

  /** How each of them came. */
  public List<String> origins() {
    return origins;
  }
}
