package io.tradeflood.net.stream;

import io.tradeflood.live.Arrival;
import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedSink;
import io.tradeflood.live.FeedSource;
import io.tradeflood.live.FeedState;
import io.tradeflood.net.json.RowReader;
import io.tradeflood.turn.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a channel's messages into rows. */
final class FeedTap<M> extends Tap<Feed<M>> {
  private final RowReader<M> reader;
  private final boolean each;
  private final boolean newestFirst;
  private final FeedSource<M> source;
  private Arrival last = Arrival.stream(Instant.EPOCH);

  private FeedTap(
      Group group, PlannedChannel planned, RowReader<M> reader, boolean each, boolean newestFirst) {
    super(group, planned);
    this.reader = reader;
    this.each = each;
    this.newestFirst = newestFirst;
    source = new FeedSource<>(() -> group.relieved(this));
  }

  static <M> FeedTap<M> one(Group group, PlannedChannel planned, RowReader<M> reader) {
    return new FeedTap<>(group, planned, reader, false, false);
  }

  static <M> FeedTap<M> each(
      Group group, PlannedChannel planned, RowReader<M> reader, boolean newestFirst) {
    return new FeedTap<>(group, planned, reader, true, newestFirst);
  }

  /** The feed, which is left when it is closed. */
  private record Shared<M>(FeedTap<M> tap) implements Feed<M>, AutoCloseable {
    @Override
    public Attachment attach(FeedSink<? super M> sink) {
      var attachment = tap.source.attach(sink);
      tap.attached();
      return attachment;
    }

    @Override
    public void close() {
      tap.close();
    }
  }

  @Override
  Feed<M> value() {
    return new Shared<>(this);
  }

  @Override
  void read(Message message) {
    List<M> rows = rows(message);
    if (rows.isEmpty()) return;
    Arrival arrival = arrival(message);
    if (keeps()) keep(() -> source.rows(rows, arrival));
    else source.rows(rows, arrival);
  }

  private List<M> rows(Message message) {
    var scanner = message.scanner();
    if (!each) return List.of(reader.read(scanner));
    var rows = new ArrayList<M>();
    while (scanner.nextRow()) rows.add(reader.read(scanner));
    return newestFirst ? rows.reversed() : rows;
  }

  /** The same one for all messages that came at once. */
  @SuppressWarnings("ReferenceEquality") // the moment of one read is one object
  private Arrival arrival(Message message) {
    boolean raw = source.wantsRaw();
    if (!raw && !message.isSnapshot()) {
      if (last.received() != message.received()) last = Arrival.stream(message.received());
      return last;
    }
    return new Arrival(
        message.received(),
        message.isSnapshot() ? Arrival.SNAPSHOT : Arrival.STREAM,
        raw ? Optional.of(message.text()) : Optional.empty());
  }

  @Override
  void tell(FeedState state, Instant when) {
    source.state(state, when);
  }

  @Override
  void tellEnd(Optional<Failure> why) {
    source.end(why);
  }

  @Override
  boolean isFull() {
    return source.isFull();
  }

  @Override
  boolean isChain() {
    return false;
  }
}
