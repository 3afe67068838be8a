package io.tradeflood.net.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.live.BookSink;
import io.tradeflood.live.BookUpdate;
import io.tradeflood.live.Event;
import io.tradeflood.live.Feed;
import io.tradeflood.live.FeedReader;
import io.tradeflood.live.FeedState;
import io.tradeflood.live.Overflow;
import io.tradeflood.live.ReadOptions;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.turn.Failure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What subscribers get, and what the exchange hears of them. */
class StreamTransportTest {
  private static final Map<String, String> QUICK =
      Map.of("stream.back-off", "10ms", "stream.linger", "50ms", "stream.ack", "300ms");

  private final FakeExchange exchange = FakeExchange.answering();
  private final StreamTransport transport = FakeStream.transport(QUICK);
  private final FakeStream acme = FakeStream.at(exchange.url(), transport);

  StreamTransportTest() throws IOException {}

  @AfterEach
  void close() throws Exception {
    close(transport);
    exchange.close();
  }

  private static Feed<Long> numbers(FakeStream from, String channel) {
    return FakeStream.run(from.channel(channel).feed(JsonScanner::readLong));
  }

  private static <M> Event<M> next(FeedReader<M> reader) throws InterruptedException {
    return reader
        .poll(Duration.ofSeconds(20))
        .orElseThrow(() -> new AssertionError("nothing came: " + reader.failure()));
  }

  private static <M> M row(FeedReader<M> reader) throws InterruptedException {
    return next(reader) instanceof Event.Data<M> data ? data.row() : fail();
  }

  private static <M> FeedState state(FeedReader<M> reader) throws InterruptedException {
    return next(reader) instanceof Event.Status<M>(var state, _) ? state : fail();
  }

  private static <T> T fail() {
    throw new AssertionError("an event of another kind");
  }

  @Test
  void rowsOfAChannelReachItsReader() throws Exception {
    var feed = numbers(acme, "a");
    var client = exchange.next();
    assertThat(client.request).startsWith("GET /ws HTTP/1.1\r\n");
    assertThat(client.heard()).isEqualTo("{\"op\":\"sub\",\"id\":1,\"args\":[\"a\"]}");
    try (var reader = feed.read(ReadOptions.standard().withRaw())) {
      assertThat(state(reader)).isEqualTo(new FeedState.Connected());
      client.send("{\"ch\":\"a\",\"data\":1}");
      client.send("{\"ch\":\"b\",\"data\":7}");
      client.send("{\"ch\":\"a\",\"snapshot\":true,\"data\":2}");
      var first = (Event.Data<Long>) next(reader);
      assertThat(first.row()).isEqualTo(1);
      assertThat(first.origin()).isEqualTo("stream");
      assertThat(first.raw()).contains("{\"ch\":\"a\",\"data\":1}");
      var second = (Event.Data<Long>) next(reader);
      assertThat(second.row()).isEqualTo(2);
      assertThat(second.origin()).isEqualTo("snapshot");
    }
    var connection = transport.connections().getFirst();
    assertThat(connection.name()).isEqualTo("acme.stream#1");
    assertThat(connection.phase()).isEqualTo("open");
    assertThat(connection.channels()).isEqualTo(1);
    assertThat(connection.messages()).isEqualTo(4);
  }

  @Test
  void whatComesBeforeTheFirstReaderIsKept() throws Exception {
    exchange.script =
        (client, text) -> {
          FakeExchange.acknowledge(client, text);
          client.send("{\"ch\":\"a\",\"data\":[[1],[2]]}");
        };
    var feed = FakeStream.run(acme.channel("a").<Long>feedNewestFirst(JsonScanner::readLong));
    exchange.next().send("{\"ch\":\"a\",\"data\":[[3]]}");
    try (var reader = feed.read()) {
      assertThat(state(reader)).isEqualTo(new FeedState.Connected());
      assertThat(List.of(row(reader), row(reader), row(reader))).isEqualTo(List.of(2L, 1L, 3L));
    }
  }

  @Test
  void equalChannelsShareOneSubscriptionAndTheLastOneLeavesIt() throws Exception {
    var numbers = numbers(acme, "a");
    var texts = FakeStream.run(acme.channel("a").feed(JsonScanner::readText));
    var other = numbers(acme, "b");
    var client = exchange.next();
    try (var one = numbers.read();
        var two = texts.read()) {
      state(one);
      state(two);
      client.send("{\"ch\":\"a\",\"data\":5}");
      assertThat(row(one)).isEqualTo(5);
      assertThat(row(two)).isEqualTo("5");
      close(numbers);
      client.send("{\"ch\":\"a\",\"data\":6}");
      assertThat(row(two)).isEqualTo("6");
    }
    close(texts);
    assertThat(client.heard()).contains("\"sub\"").contains("\"a\"");
    assertThat(client.heard()).contains("\"sub\"").contains("\"b\"");
    assertThat(client.heard()).isEqualTo("{\"op\":\"unsub\",\"id\":3,\"args\":[\"a\"]}");
    close(other);
    assertThat(client.heard()).isEqualTo("close 1000");
    assertThat(exchange.clients()).hasSize(1);
  }

  private static void close(Object opened) throws Exception {
    ((AutoCloseable) opened).close();
  }

  @Test
  void aRefusedChannelEndsAloneWithTheExchangesWords() throws Exception {
    exchange.script =
        (client, text) -> {
          String id = text.replaceFirst(".*\"id\":(\\d+).*", "$1");
          client.send(
              text.contains("bad")
                  ? "{\"refused\":" + id + ",\"code\":\"30001\"}"
                  : "{\"done\":" + id + "}");
        };
    var good = FakeStream.start(acme.channel("a").feed(JsonScanner::readLong));
    var bad = FakeStream.start(acme.channel("bad").feed(JsonScanner::readLong));
    assertThatThrownBy(() -> bad.get(20, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            Failure.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("30001");
              assertThat(refused).hasMessage("acme said 30001");
            });
    try (var reader = good.get(20, TimeUnit.SECONDS).read()) {
      state(reader);
      exchange.next().send("{\"ch\":\"a\",\"data\":5}");
      assertThat(row(reader)).isEqualTo(5);
    }
  }

  @Test
  void aLostConnectionIsToldAndComesBack() throws Exception {
    var feed = numbers(acme, "a");
    try (var reader = feed.read()) {
      assertThat(state(reader)).isEqualTo(new FeedState.Connected());
      exchange.next().cut();
      assertThat(((FeedState.Desynced) state(reader)).reason())
          .startsWith("acme.stream at " + exchange.url() + " closed the connection");
      assertThat(state(reader)).isEqualTo(new FeedState.Connected());
      var again = exchange.next();
      again.send("{\"ch\":\"a\",\"data\":9}");
      assertThat(row(reader)).isEqualTo(9);
      again.bye(1001, "maintenance");
      assertThat(((FeedState.Desynced) state(reader)).reason())
          .contains("closed the connection (1001, \"maintenance\")");
      assertThat(again.heard()).startsWith("{\"op\":\"sub\"");
      assertThat(again.heard()).isEqualTo("close 1001");
      assertThat(state(reader)).isEqualTo(new FeedState.Connected());
    }
  }

  @Test
  void channelsAreSpreadOverConnectionsAndMessages() throws Exception {
    var limited =
        acme.limits(
            StreamLimits.standard().channels(4, 3, 60).messages(1000, Duration.ofSeconds(1)));
    var names = List.of("a", "b", "c", "d", "e", "other.f");
    var feeds = new ArrayList<Feed<Long>>();
    for (String name : names) feeds.add(numbers(limited, name));
    assertThat(exchange.clients()).hasSize(3);
    assertThat(transport.connections())
        .extracting(StreamTransport.ConnectionState::channels)
        .containsExactly(4, 1, 1);
    close(feeds.get(1));
    var first = exchange.next();
    for (int i = 0; i < 4; i++) assertThat(first.heard()).startsWith("{\"op\":\"sub\"");
    assertThat(first.heard()).contains("unsub").contains("[\"b\"]");
    numbers(limited, "g");
    assertThat(first.heard()).contains("\"sub\"").contains("[\"g\"]");
    assertThat(exchange.clients()).hasSize(3);
  }

  @Test
  void aBookIsToldUpdateByUpdateAndCanBeSubscribedToAnew() throws Exception {
    var book =
        FakeStream.run(
            acme.channel("book")
                .book(
                    (message, snapshot, into) ->
                        into.begin(snapshot).sequence(1, message.readLong())));
    var told = new Told();
    try (var _ = book.attach(told)) {
      var client = exchange.next();
      client.send("{\"ch\":\"book\",\"snapshot\":true,\"data\":10}");
      client.send("{\"ch\":\"book\",\"data\":11}");
      assertThat(told.next()).isEqualTo("Connected[]");
      assertThat(told.next()).isEqualTo("snapshot 10");
      assertThat(told.next()).isEqualTo("update 11");
      client.heard();
      book.renew("a hole");
      assertThat(client.heard()).isEqualTo("{\"op\":\"unsub\",\"id\":2,\"args\":[\"book\"]}");
      assertThat(client.heard()).isEqualTo("{\"op\":\"sub\",\"id\":3,\"args\":[\"book\"]}");
      assertThat(told.next()).isEqualTo("Desynced[reason=a hole]");
      assertThat(told.next()).isEqualTo("Connected[]");
    }
  }

  /** Writes down what a book tells. */
  static final class Told implements BookSink {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @Override
    public void update(BookUpdate update, long received) {
      lines.add((update.isSnapshot() ? "snapshot " : "update ") + update.last());
    }

    @Override
    public void state(FeedState state, Instant received) {
      lines.add(state.toString());
    }

    @Override
    public void end(Optional<Failure> why) {
      lines.add("end");
    }

    String next() throws InterruptedException {
      String line = lines.poll(20, TimeUnit.SECONDS);
      if (line == null) throw new AssertionError("nothing was told");
      return line;
    }
  }

  @Test
  void aReaderThatMustLoseNothingStopsTheConnection() throws Exception {
    var feed = numbers(acme, "a");
    try (var reader = feed.read(ReadOptions.standard().overflow(Overflow.BLOCK).capacity(10))) {
      state(reader);
      var client = exchange.next();
      for (int i = 0; i < 5000; i++) client.send("{\"ch\":\"a\",\"data\":" + i + "}");
      for (long i = 0; i < 5000; i++) assertThat(row(reader)).isEqualTo(i);
    }
  }

  @Test
  void silenceIsToldAndTheConnectionReplaced() throws Exception {
    var impatient =
        acme.limits(
            StreamLimits.standard()
                .quiet(Duration.ofMillis(200))
                .messages(1000, Duration.ofSeconds(1)));
    var feed = numbers(impatient, "a");
    try (var reader = feed.read()) {
      state(reader);
      assertThat(((FeedState.Stale) state(reader)).reason()).startsWith("has sent no data for ");
      assertThat(state(reader)).isInstanceOf(FeedState.Desynced.class);
      assertThat(state(reader)).isEqualTo(new FeedState.Connected());
      exchange.next();
      exchange.next().send("{\"ch\":\"a\",\"data\":1}");
      assertThat(row(reader)).isEqualTo(1);
    }
  }

  @Test
  void pingsAreSentAndAnswered() throws Exception {
    exchange.script =
        (client, text) -> {
          FakeExchange.acknowledge(client, text);
          if (text.equals("ping")) client.send("pong");
        };
    var pinging = acme.keeping(Keepalive.text("ping", "pong", Duration.ofMillis(100)));
    numbers(pinging, "a");
    var client = exchange.next();
    client.heard();
    assertThat(client.heard()).isEqualTo("ping");
    assertThat(client.heard()).isEqualTo("ping");
    client.ping("hello");
    String heard = client.heard();
    while (heard.equals("ping")) heard = client.heard();
    assertThat(heard).isEqualTo("pong hello");
    assertThat(exchange.clients()).hasSize(1);
  }

  @Test
  void aConnectionThatIsAboutToGoIsReplacedBeforeItDoes() throws Exception {
    var feed = numbers(acme, "a");
    try (var reader = feed.read()) {
      state(reader);
      var old = exchange.next();
      old.heard();
      old.send("{\"leaving\":\"maintenance\"}");
      var fresh = exchange.next();
      assertThat(fresh.heard()).contains("\"sub\"");
      assertThat(old.heard()).isEqualTo("close 1000");
      fresh.send("{\"ch\":\"a\",\"data\":2}");
      assertThat(row(reader)).isEqualTo(2);
    }
  }

  @Test
  void linesOfAnAnswerThatNeverEndsAreMessages() throws Exception {
    var lines =
        FakeStream.at(exchange.url().replace("ws:", "http:"), transport)
            .framing(StreamConnector.Framing.LINES);
    var feed = numbers(lines, "a");
    var first = exchange.next();
    assertThat(first.request).startsWith("GET /ws/lines?channels=a HTTP/1.1\r\n");
    try (var reader = feed.read()) {
      state(reader);
      first.chunk("{\"ch\":\"a\",\"da");
      first.chunk("ta\":1}\n\n{\"ch\":\"a\",\"data\":2}\n");
      assertThat(row(reader)).isEqualTo(1);
      assertThat(row(reader)).isEqualTo(2);
      numbers(lines, "b");
      var second = exchange.next();
      assertThat(second.request).startsWith("GET /ws/lines?channels=a,b HTTP/1.1\r\n");
      second.chunk("{\"ch\":\"a\",\"data\":3}\n");
      assertThat(row(reader)).isEqualTo(3);
    }
  }

  @Test
  void whoCannotConnectIsToldWhy() throws Exception {
    var trying = FakeStream.transport(Map.of("stream.back-off", "10ms", "net.tries", "2"));
    try (var _ = (AutoCloseable) trying) {
      exchange.refusal = "403 Forbidden";
      var afar = FakeStream.at("wss://stream.acme.example", trying).host(exchange.url());
      assertThatThrownBy(() -> numbers(afar, "a"))
          .isInstanceOf(Failure.Refused.class)
          .hasMessage(
              "acme.stream at %s refused the connection: status 403 (a firewall, a region or a missing right), \"sorry\"",
              exchange.url());
      exchange.refusal = "500 Oops";
      assertThatThrownBy(() -> numbers(afar, "a"))
          .isInstanceOfSatisfying(
              Failure.Unreachable.class, f -> assertThat(f.phase()).isEqualTo("status"));
      int port = exchange.port();
      exchange.close();
      assertThatThrownBy(() -> numbers(afar, "a"))
          .isInstanceOfSatisfying(
              Failure.Unreachable.class,
              f -> {
                assertThat(f.phase()).isEqualTo("connect");
                assertThat(f.route()).isEqualTo("direct");
              })
          .hasMessage(
              "acme.stream at ws://127.0.0.1:%d refused the connection (connect, direct): check the address given with --host acme.stream=…",
              port);
    }
  }

  @Test
  void aPlanTellsWhatWouldBeSubscribedTo() {
    var afar = FakeStream.at("wss://stream.acme.example", transport);
    var turn = afar.channel("a").feed(JsonScanner::readLong);
    var act = (SubscribeAct<?>) ((io.tradeflood.turn.Turn.Effect<?, ?>) turn).act();
    var description = act.describe("trades");
    assertThat(description.what()).isEqualTo("SUBSCRIBE wss://stream.acme.example/ws a");
    assertThat(description.requestType()).isEqualTo("acme.trades");
    assertThat(description.route()).isEqualTo("direct");
  }
}
