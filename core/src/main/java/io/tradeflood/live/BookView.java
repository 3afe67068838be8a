package io.tradeflood.live;

import io.tradeflood.model.OrderBook;
import io.tradeflood.turn.Failure;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** A book to a depth, as a feed. */
final class BookView implements Feed<OrderBook> {
  final int depth;

  /** Of those who are told each book. */
  final FeedSource<OrderBook> source;

  private final BookViews views;

  /** Those who read the newest only; guarded by the book's lock. */
  private LatestBookReader[] latest = {};

  BookView(BookViews views, int depth, FeedSource<OrderBook> source) {
    this.views = views;
    this.depth = depth;
    this.source = source;
  }

  @Override
  public FeedReader<OrderBook> read(ReadOptions options) {
    if (options.overflow() != Overflow.CONFLATE) return Feed.super.read(options);
    var reader = new LatestBookReader(views, this, options.capacity());
    views.lock().lock();
    try {
      views.joined(reader);
      latest = Arrays.copyOf(latest, latest.length + 1);
      latest[latest.length - 1] = reader;
    } finally {
      views.lock().unlock();
    }
    return reader;
  }

  @Override
  public Attachment attach(FeedSink<? super OrderBook> sink) {
    return views.attach(source, sink, () -> views.current(depth));
  }

  /** There is a newer book. */
  void touch() {
    for (LatestBookReader reader : latest) reader.touch();
  }

  void tell(FeedState state, Instant when, boolean falls) {
    for (LatestBookReader reader : latest) reader.state(state, when, falls);
  }

  void end(Optional<Failure> why) {
    for (LatestBookReader reader : latest) reader.end(why);
  }

  void left(LatestBookReader reader) {
    views.lock().lock();
    try {
      latest =
          Arrays.stream(latest).filter(other -> other != reader).toArray(LatestBookReader[]::new);
    } finally {
      views.lock().unlock();
    }
    views.left();
  }
}
