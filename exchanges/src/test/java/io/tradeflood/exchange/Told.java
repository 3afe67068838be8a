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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Everything that a feed or a book's stream has told. */
public final class Told<M> implements FeedSink<M> {
  private static final long PATIENCE = 20;

  private final List<M> rows = new CopyOnWriteArrayList<>();
  private final List<String> origins = new CopyOnWriteArrayList<>();
  private final List<FeedState> states = new CopyOnWriteArrayList<>();
  private final CountDownLatch connected = new CountDownLatch(1);

  /** Listens to a feed from now on. */
  public static <M> Told<M> of(Feed<M> feed) {
    var told = new Told<M>();
    feed.attach(told);
    return told;
  }

  /** Waits until the feed has said that it is connected. */
  public Told<M> connected() throws InterruptedException {
    await(connected);
    return this;
  }

  private static void await(CountDownLatch connected) throws InterruptedException {
    if (!connected.await(PATIENCE, TimeUnit.SECONDS)) throw new AssertionError("not connected");
  }

  /** Listens to a book's changes, once it is connected; each is kept. */
  public static List<BookUpdate> of(BookStream book) throws InterruptedException {
    var updates = new CopyOnWriteArrayList<BookUpdate>();
    var begun = new CountDownLatch(1);
    book.attach(
        new BookSink() {
          @Override
          public void update(BookUpdate update, long received) {
            var kept = new BookUpdate();
            kept.copy(update);
            updates.add(kept);
          }

          @Override
          public void state(FeedState state, Instant received) {
            if (state instanceof FeedState.Connected) begun.countDown();
          }

          @Override
          public void end(Optional<Failure> why) {}
        });
    await(begun);
    return updates;
  }

  @Override
  public void rows(List<? extends M> more, Arrival arrival) {
    rows.addAll(more);
    more.forEach(_ -> origins.add(arrival.origin()));
  }

  @Override
  public void state(FeedState state, Instant received) {
    states.add(state);
    if (state instanceof FeedState.Connected) connected.countDown();
  }

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

  /** What became of the feed so far. */
  public List<FeedState> states() {
    return states;
  }

  /** How each of them came. */
  public List<String> origins() {
    return origins;
  }
}
