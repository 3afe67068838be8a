package io.tradeflood.net.stream;

import io.tradeflood.live.BookStream;
import io.tradeflood.live.Feed;
import io.tradeflood.net.StreamWire;
import io.tradeflood.net.json.RowReader;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.turn.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A subscription as connectors write it down. */
record PlannedChannel(
    Streams streams, StreamConnector connector, String name, Optional<Duration> longestQuiet)
    implements StreamChannel {

  @Override
  public StreamChannel quiet(Duration longest) {
    return new PlannedChannel(streams, connector, name, Optional.of(longest));
  }

  @Override
  public <T> Turn<Feed<T>> feed(RowReader<T> reader) {
    return Turn.of(new SubscribeAct<Feed<T>>(this, group -> FeedTap.one(group, this, reader)));
  }

  @Override
  public <T> Turn<Feed<T>> feedEach(RowReader<T> reader) {
    return Turn.of(
        new SubscribeAct<Feed<T>>(this, group -> FeedTap.each(group, this, reader, false)));
  }

  @Override
  public <T> Turn<Feed<T>> feedNewestFirst(RowReader<T> reader) {
    return Turn.of(
        new SubscribeAct<Feed<T>>(this, group -> FeedTap.each(group, this, reader, true)));
  }

  @Override
  public Turn<BookStream> book(UpdateReader reader) {
    return Turn.of(new SubscribeAct<BookStream>(this, group -> new BookTap(group, this, reader)));
  }

  /** Where it would be opened, alone, by its first way. */
  StreamWire.Opening opening(StreamWire.Way way) {
    return opening(connector, connector.group(name), List.of(name), way);
  }

  static StreamWire.Opening opening(
      StreamConnector connector, String group, List<String> channels, StreamWire.Way way) {
    return new StreamWire.Opening(
        connector.context(),
        group,
        connector.url(),
        connector.path(channels),
        connector.headers(),
        connector.framing() == StreamConnector.Framing.LINES,
        way);
  }

  RequestType type(String endpoint) {
    return new RequestType(connector.context().exchange(), endpoint);
  }
}
