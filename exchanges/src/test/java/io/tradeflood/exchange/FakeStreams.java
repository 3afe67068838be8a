package io.tradeflood.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.live.Arrival;
import io.tradeflood.live.BookSink;
import io.tradeflood.live.BookStream;
import io.tradeflood.live.BookUpdate;
import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedSource;
import io.tradeflood.live.FeedState;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.json.RowReader;
import io.tradeflood.net.stream.Channels;
import io.tradeflood.net.stream.Incoming;
import io.tradeflood.net.stream.StreamChannel;
import io.tradeflood.net.stream.StreamConnector;
import io.tradeflood.net.stream.StreamTransport;
import io.tradeflood.turn.Turn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Streams without a network: messages are handed to connectors by the test. */
public final class FakeStreams implements StreamTransport, Channels {
  /** When everything comes. */
  public static final Instant RECEIVED = Instant.parse("2026-01-01T00:01:00Z");

  private final Map<String, Subscribed> subscribed = new LinkedHashMap<>();

  /** Takes a message, from where the connector left off. */
  @FunctionalInterface
  private interface Taker {
    void take(JsonScanner message, boolean snapshot);
  }

  /** A channel and who takes its messages. */
  private static final class Subscribed implements Entry {
    private final String name;
    private final List<Taker> takers = new ArrayList<>();
    private boolean snapshot;

    Subscribed(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Entry asSnapshot() {
      snapshot = true;
      return this;
    }
  }

  /** The names of all channels, in the order in which they were wanted. */
  public List<String> names() {
    return List.copyOf(subscribed.keySet());
  }

  /** Forgets all channels. */
  public void clear() {
    subscribed.clear();
  }

  /** Has a connector read a message; if it is data, all who subscribed are told. */
  public Incoming say(StreamConnector connector, String message) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    Incoming incoming = connector.read(JsonScanner.of(bytes), this);
    if (incoming instanceof Subscribed channel) {
      boolean snapshot = channel.snapshot;
      for (Taker taker : channel.takers) {
        var scanner = JsonScanner.of(bytes);
        connector.read(scanner, this);
        taker.take(scanner, snapshot);
        scanner.finish();
      }
      channel.snapshot = false;
    }
    return incoming;
  }

  private void add(String name, Taker taker) {
    subscribed.computeIfAbsent(name, Subscribed::new).takers.add(taker);
  }

  @Override
  public StreamChannel channel(StreamConnector connector, String name) {
    return new Channel(name);
  }

  @Override
  public List<ConnectionState> connections() {
    return List.of();
  }

  @Override
  public Entry find(JsonScanner text) {
    return subscribed.get(text.readString());
  }

  @Override
  public Entry find(String name) {
    return subscribed.get(name);
  }

  @Override
  public Entry only() {
    assertThat(subscribed).hasSize(1);
    return subscribed.values().iterator().next();
  }

  private final class Channel implements StreamChannel {
    private final String name;

    Channel(String name) {
      this.name = name;
    }

    @Override
    public StreamChannel quiet(Duration longest) {
      return this;
    }

    @Override
    public <T> Turn<Feed<T>> feed(RowReader<T> reader) {
      return told(message -> List.of(reader.read(message)), name);
    }

    @Override
    public <T> Turn<Feed<T>> feedEach(RowReader<T> reader) {
      return told(message -> each(message, reader), name);
    }

    @Override
    public <T> Turn<Feed<T>> feedNewestFirst(RowReader<T> reader) {
      return told(message -> each(message, reader).reversed(), name);
    }

    @Override
    public Turn<BookStream> book(UpdateReader reader) {
      var sinks = new ArrayList<BookSink>();
      var update = new BookUpdate();
      add(
          name,
          (message, snapshot) -> {
            reader.read(message, snapshot, update);
            sinks.forEach(sink -> sink.update(update, RECEIVED.toEpochMilli() * 1_000_000));
          });
      return Turn.now(
          new BookStream() {
            @Override
            public Feed.Attachment attach(BookSink sink) {
              sinks.add(sink);
              sink.state(new FeedState.Connected(), RECEIVED);
              return () -> sinks.remove(sink);
            }

            @Override
            public void renew(String reason) {
              throw new AssertionError("Nobody renews here: " + reason);
            }
          });
    }
  }

  /** Reads the rows of a message. */
  @FunctionalInterface
  private interface Rows<T> {
    List<T> of(JsonScanner message);
  }

  private <T> Turn<Feed<T>> told(Rows<T> rows, String name) {
    var source = new FeedSource<T>();
    add(
        name,
        (message, snapshot) -> {
          var read = rows.of(message);
          String origin = snapshot ? Arrival.SNAPSHOT : Arrival.STREAM;
          if (!read.isEmpty()) source.rows(read, new Arrival(RECEIVED, origin, Optional.empty()));
        });
    return Turn.now(source);
  }

  private static <T> List<T> each(JsonScanner message, RowReader<T> reader) {
    var rows = new ArrayList<T>();
    while (message.nextRow()) rows.add(reader.read(message));
    return Collections.unmodifiableList(rows);
  }
}
