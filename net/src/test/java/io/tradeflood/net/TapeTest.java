package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tradeflood.connector.ConnectorContext;
import io.tradeflood.connector.ServiceContext;
import io.tradeflood.live.Arrival;
import io.tradeflood.live.Event;
import io.tradeflood.live.FeedSink;
import io.tradeflood.live.FeedState;
import io.tradeflood.live.PlayedTime;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.stream.FakeExchange;
import io.tradeflood.net.stream.FakeStream;
import io.tradeflood.net.stream.StreamTransport;
import io.tradeflood.net.stream.StreamTransportProvider;
import io.tradeflood.proxy.ProxyScheme;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Turn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was recorded comes out again without a network. */
class TapeTest {
  @TempDir Path folder;

  /** The transports of one TradeFlood. */
  private static final class World implements AutoCloseable, ConnectorContext.Services {
    private final ServiceContext context;
    private final Map<Class<?>, Object> open = new HashMap<>();

    World(Map<String, String> settings) {
      context =
          new ServiceContext(
                  ProxyScheme.direct(),
                  InstantSource.system(),
                  name -> Optional.ofNullable(settings.get(name)))
              .services(this);
    }

    @Override
    public <S> S get(Class<S> type) {
      var known = open.get(type);
      if (known == null) {
        known = new TapeProvider().open(context);
        open.put(type, known);
      }
      return type.cast(known);
    }

    StreamTransport streams() {
      var streams = new StreamTransportProvider().open(context);
      open.put(StreamTransport.class, streams);
      return streams;
    }

    RestTransport requests() {
      var requests = new RestTransportProvider().open(context);
      open.put(RestTransport.class, requests);
      return requests;
    }

    @Override
    public void close() throws Exception {
      for (var service : open.values())
        if (!(service instanceof Tape) && service instanceof AutoCloseable closeable)
          closeable.close();
      get(Tape.class).close();
    }
  }

  private Map<String, String> settings(String... more) {
    var settings = new HashMap<>(Map.of("stream.back-off", "10ms", "stream.linger", "50ms"));
    for (int i = 0; i < more.length; i += 2) settings.put(more[i], more[i + 1]);
    return settings;
  }

  record Time(long serverTime) {}

  private Path record(String name) throws Exception {
    Path tape = folder.resolve(name);
    try (var exchange = FakeExchange.answering();
        var server = Loopback.json("{\"serverTime\":7}");
        var world = new World(settings("tape.record", tape.toString()))) {
      var acme = FakeStream.at(exchange.url(), world.streams());
      var rest = FakeRest.at(server.url(), world.requests()).with(Map.of("x-key", "hush"));
      var one = FakeStream.run(acme.channel("a").feed(JsonScanner::readLong));
      try (var reader = one.read()) {
        var client = exchange.next();
        for (int i = 0; i < 50; i++) client.send("{\"ch\":\"a\",\"data\":" + i + "}");
        var events = new ArrayList<>(take(reader, 51));
        assertThat(Transports.run(rest.get("/time").query("signature", "hush").as(Time.class)))
            .isEqualTo(new Time(7));
        client.cut();
        var again = exchange.next();
        again.heard();
        again.send("{\"ch\":\"a\",\"data\":50}");
        events.addAll(take(reader, 3));
        recorded = events;
      }
    }
    return tape;
  }

  private List<Object> recorded = List.of();

  private static List<Object> take(io.tradeflood.live.FeedReader<Long> reader, int most)
      throws Exception {
    var events = new ArrayList<Object>();
    while (events.size() < most && !reader.isEnded()) {
      var event = reader.poll(Duration.ofSeconds(10));
      if (event.isEmpty()) break;
      if (event.get() instanceof Event.Data<Long> data) events.add(data);
      else if (event.get() instanceof Event.Status<Long> status) events.add(status);
    }
    return events;
  }

  private List<Object> replay(Path tape, String speed) throws Exception {
    try (var world = new World(settings("tape.replay", tape.toString(), "tape.speed", speed))) {
      // Hosts can be put in the place of others: what is on the tape is found all the same.
      var acme = FakeStream.at("wss://stream.acme.example", world.streams());
      var rest = FakeRest.at("https://api.acme.example", world.requests());
      var feed = FakeStream.run(acme.channel("a").feed(JsonScanner::readLong));
      try (var reader = feed.read()) {
        assertThat(Transports.run(rest.get("/time").query("signature", "other").as(Time.class)))
            .isEqualTo(new Time(7));
        var events = take(reader, 1000);
        assertThat(reader.isEnded()).isTrue();
        assertThat(reader.failure()).isEmpty();
        assertThatThrownBy(() -> Transports.run(rest.get("/other").as(Time.class)))
            .isInstanceOf(Failure.Unreachable.class)
            .hasMessageContaining(
                "the tape has no answer, or none any more, to GET https://api.acme.example/other");
        return events;
      }
    }
  }

  @Test
  void aTapeTellsTheSameEventsBitForBitAtAnySpeed() throws Exception {
    for (String name : List.of("tape", "tape.gz")) {
      Path tape = record(name);
      assertThat(recorded).hasSize(54);
      assertThat(replay(tape, "max")).isEqualTo(recorded);
      assertThat(replay(tape, "10")).isEqualTo(recorded);
    }
  }

  @Test
  void aRequestThatNamesMomentsIsFoundByThoseNextToThem() throws Exception {
    Path tape = folder.resolve("requests");
    long now = System.currentTimeMillis();
    try (var server = Loopback.json("{\"serverTime\":7}");
        var world = new World(settings("tape.record", tape.toString()))) {
      var rest = FakeRest.at(server.url(), world.requests());
      for (String query : recordedQueries(now)) Transports.run(asked(rest, query));
      for (int i = 0; i < 2; i++) Transports.run(bars(rest, now, 12));
    }
    try (var world = new World(settings("tape.replay", tape.toString(), "tape.speed", "max"))) {
      var rest = FakeRest.at("https://api.acme.example", world.requests());
      var others =
          List.of(
              bars(rest, now + 6_000, 12),
              asked(rest, "interval=60&startTime=" + (now + 1)),
              asked(rest, "page=2&startTime=" + (now + 1)),
              asked(rest, "symbol=A2&startTime=" + (now + 1)),
              asked(rest, "fromId=" + (now + 1)),
              asked(rest, "idLessThan=" + (now + 1) * 1_000_000),
              asked(rest, "limit=50"),
              asked(rest, "startTime=1500000000001"));
      for (var other : others) isNotThere(other);
      var found =
          List.of(
              asked(rest, "from=" + Instant.ofEpochMilli(now + 1_250)),
              asked(rest, "since=" + (now - 2_000) / 1000),
              asked(rest, "start=" + (now - 4_000) * 1_000_000),
              bars(rest, now + 1_500, 13),
              bars(rest, now, 12));
      for (var one : found) assertThat(Transports.run(one)).isEqualTo(new Time(7));
      isNotThere(bars(rest, now, 12));
    }
  }

  private static List<String> recordedQueries(long now) {
    return List.of(
        "from=" + Instant.ofEpochMilli(now),
        "since=" + now / 1000,
        "start=" + now * 1_000_000,
        "interval=1&startTime=" + now,
        "page=1&startTime=" + now,
        "symbol=A1&startTime=" + now,
        "fromId=" + now,
        "idLessThan=" + now * 1_000_000,
        "limit=5",
        "startTime=1500000000000");
  }

  private static Turn<Time> asked(FakeRest rest, String query) {
    var request = rest.get("/rows");
    for (String one : query.split("&"))
      request =
          request.query(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
    return request.as(Time.class);
  }

  private static void isNotThere(Turn<Time> other) {
    assertThatThrownBy(() -> Transports.run(other))
        .isInstanceOf(Failure.Unreachable.class)
        .hasMessageContaining("the tape has no answer, or none any more, to GET ");
  }

  @Test
  void whatTheExchangeWantedToBeWaitedForIsNotWaitedForAgain() throws Exception {
    Path tape = folder.resolve("limited");
    String request = "GET http://127.0.0.1:1/rows";
    Files.writeString(
        tape,
        "tradeflood-tape 1 seed=1\n"
            + entry("reply", 0, 1, request + "\n429 1 1 0 0 0 false\nretry-after: 20\n\n{}")
            + entry("reply", 0, 20_000, request + "\n200 1 1 0 0 0 false\n\n{\"serverTime\":7}")
            + entry("reply", 0, 20_001, request + "\n418 1 1 0 0 0 false\nretry-after: 600\n\n{}"));
    try (var world = new World(settings("tape.replay", tape.toString(), "tape.speed", "max"))) {
      var rest = FakeRest.at("https://api.acme.example", world.requests());
      var limit = Duration.ofSeconds(15);
      assertThat(
              assertTimeoutPreemptively(
                  limit, () -> Transports.run(rest.get("/rows").as(Time.class))))
          .isEqualTo(new Time(7));
      // The recording ends within a ban: there is nothing more.
      assertTimeoutPreemptively(limit, () -> isNotThere(rest.get("/rows").as(Time.class)));
    }
  }

  private static Turn<Time> bars(FakeRest rest, long start, int limit) {
    return rest.get("/bars")
        .query("symbol", "A1")
        .query("startTime", start)
        .query("limit", limit)
        .as(Time.class);
  }

  @Test
  void whatIsDoneLaterIsDoneByTheTimeOfTheTapeWhichWaitsForWhoFetches() throws Exception {
    var text = new StringBuilder("tradeflood-tape 1 seed=1\n");
    text.append(entry("dial", 1, 0, "acme.stream\n\nws://x"))
        .append(entry("open", 1, 1, ""))
        .append(entry("sent", 1, 1, "{\"op\":\"sub\",\"id\":1,\"args\":[\"a\"]}"))
        .append(entry("got", 1, 1, "{\"done\":1}"));
    for (int second = 1; second <= 60; second++)
      text.append(entry("got", 1, second * 1000, "{\"ch\":\"a\",\"data\":" + second + "}"));
    Path tape = folder.resolve("later");
    Files.writeString(tape, text);
    try (var world = new World(settings("tape.replay", tape.toString(), "tape.speed", "max"))) {
      var time = (PlayedTime) world.get(Tape.class);
      assertThat(time.instant()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
      var told = new CopyOnWriteArrayList<String>();
      var ended = new CountDownLatch(1);
      time.run(
          Duration.ofMillis(10_500),
          () -> {
            told.add("later at " + time.instant());
            // Long enough for the whole tape to pass by, if it did not wait.
            CompletableFuture.runAsync(
                    () -> {}, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS))
                .join();
            told.add("done at " + time.instant());
            time.run(Duration.ofSeconds(5), () -> told.add("again at " + time.instant()));
          });
      var last = new CountDownLatch(1);
      time.run(Duration.ofHours(1), last::countDown);
      var acme = FakeStream.at("wss://stream.acme.example", world.streams());
      FakeStream.run(acme.channel("a").feed(JsonScanner::readLong))
          .attach(new Rows(row -> told.add(row.toString()), ended));
      assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
      var expected =
          new ArrayList<>(LongStream.rangeClosed(1, 60).mapToObj(Long::toString).toList());
      expected.add(15, "again at 2023-11-14T22:13:35.500Z");
      expected.addAll(
          10, List.of("later at 2023-11-14T22:13:30.500Z", "done at 2023-11-14T22:13:30.500Z"));
      assertThat(told).isEqualTo(expected);
      assertThat(last.await(30, TimeUnit.SECONDS)).isTrue();
      // The tape has ended: what is done later is done by this machine's time.
      var after = new CountDownLatch(1);
      time.run(Duration.ofMillis(1), after::countDown);
      assertThat(after.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void whoAsksForLessThanWasRecordedGetsThatWithoutLongWaits() throws Exception {
    var text = new StringBuilder("tradeflood-tape 1 seed=1\n");
    int replies = 25;
    for (int i = 1; i <= 2; i++)
      text.append(entry("dial", i, i, i == 1 ? "acme.stream\n\nws://x" : "other.stream\n\nws://x"))
          .append(entry("open", i, i, ""))
          .append(entry("sent", i, i, "{\"op\":\"sub\",\"id\":1,\"args\":[\"a\",\"b\"]}"))
          .append(entry("got", i, i, "{\"done\":1}"));
    for (int i = 0; i < replies; i++)
      text.append(
              entry(
                  "reply",
                  0,
                  10 + i,
                  "GET http://127.0.0.1:1/time?n=%d\n200 1 1 0 0 0 false\n\n{}".formatted(i)))
          .append(entry("got", 1, 10 + i, "{\"ch\":\"a\",\"data\":%d}".formatted(i)))
          .append(entry("got", 1, 10 + i, "{\"ch\":\"b\",\"data\":%d}".formatted(-i)));
    Path tape = folder.resolve("more");
    Files.writeString(tape, text);
    try (var world = new World(settings("tape.replay", tape.toString(), "tape.speed", "max"))) {
      var acme = FakeStream.at("wss://stream.acme.example", world.streams());
      var told = new CopyOnWriteArrayList<Long>();
      var ended = new CountDownLatch(1);
      FakeStream.run(acme.channel("a").feed(JsonScanner::readLong))
          .attach(new Rows(told::add, ended));
      // Each of the replies would be waited for two seconds, if it were not known to be left out.
      assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(told).isEqualTo(LongStream.range(0, replies).boxed().toList());
    }
  }

  private static String entry(String kind, int connection, int millis, String body) {
    return "%s %d %d %d\n%s\n"
        .formatted(
            kind,
            connection,
            1_700_000_000_000_000_000L + millis * 1_000_000L,
            body.length(),
            body);
  }

  @Test
  void feedsAreToldInTheOrderOfTheTapeHoweverFast() throws Exception {
    int rows = 400;
    var text = new StringBuilder("tradeflood-tape 1 seed=1\n");
    var names = List.of("a", "other.b");
    for (int i = 1; i <= 2; i++)
      text.append(entry("dial", i, i, "acme.stream\n" + (i == 1 ? "" : "other") + "\nws://x"))
          .append(entry("open", i, i, ""))
          .append(
              entry(
                  "sent",
                  i,
                  i,
                  "{\"op\":\"sub\",\"id\":1,\"args\":[\"" + names.get(i - 1) + "\"]}"))
          .append(entry("got", i, i, "{\"done\":1}"));
    for (int i = 0; i < rows; i++)
      text.append(
          entry(
              "got",
              1 + i % 2,
              10 + i,
              "{\"ch\":\"%s\",\"data\":%d}".formatted(names.get(i % 2), i)));
    Path tape = folder.resolve("two");
    Files.writeString(tape, text);
    try (var world = new World(settings("tape.replay", tape.toString(), "tape.speed", "max"))) {
      var acme = FakeStream.at("wss://stream.acme.example", world.streams());
      var told = new CopyOnWriteArrayList<Long>();
      var ended = new CountDownLatch(2);
      // Long enough for the whole tape to pass by, if it did not wait.
      var slowly = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);
      var attached = new ArrayList<CompletableFuture<?>>();
      for (String name : names)
        attached.add(
            FakeStream.start(acme.channel(name).feed(JsonScanner::readLong))
                .thenApplyAsync(feed -> feed.attach(new Rows(told::add, ended)), slowly));
      assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(attached).allMatch(CompletableFuture::isDone);
      assertThat(told).isEqualTo(LongStream.range(0, rows).boxed().toList());
    }
  }

  /** Tells the rows of one feed, or of several, and when one has ended. */
  private record Rows(Consumer<Long> told, CountDownLatch ended) implements FeedSink<Long> {
    @Override
    public void rows(List<? extends Long> rows, Arrival arrival) {
      rows.forEach(told);
    }

    @Override
    public void state(FeedState state, Instant received) {}

    @Override
    public void end(Optional<Failure> why) {
      ended.countDown();
    }
  }

  @Test
  void noSecretIsOnATape() throws Exception {
    String text = Files.readString(record("tape"));
    assertThat(text).startsWith("tradeflood-tape 1 seed=").doesNotContain("hush");
    assertThat(text).contains("/time?signature=***").contains("{\"ch\":\"a\",\"data\":49}");
  }

  @Test
  void aTapeThatWasCutOffIsReadAsFarAsItGoes() throws Exception {
    byte[] whole = Files.readAllBytes(record("tape"));
    Path cut = folder.resolve("cut");
    String text = new String(whole, StandardCharsets.UTF_8);
    int at = text.indexOf("\"data\":49") + 3;
    Files.write(cut, Arrays.copyOf(whole, at));
    try (var reader = new TapeReader(cut)) {
      TapeEntry last = null;
      for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) last = entry.get();
      assertThat(last).isNotNull();
      assertThat(last.text()).isEqualTo("{\"ch\":\"a\",\"data\":48}");
      assertThat(reader.isCut()).isTrue();
    }
    try (var reader = new TapeReader(folder.resolve("tape"))) {
      while (reader.next().isPresent()) assertThat(reader.isCut()).isFalse();
      assertThat(reader.isCut()).isFalse();
    }
  }

  @Test
  void aTapeThatIsBrokenInTheMiddleIsToldWithThePlaceBeforeAnythingIsPlayed() throws Exception {
    String head = "tradeflood-tape 1 seed=1\n";
    String good = entry("dial", 1, 1, "acme.stream\n\nws://x");
    String message = "{\"ch\":\"a\",\"data\":\"%s\"}\n".formatted("x".repeat(500));
    Path tape = folder.resolve("broken");
    for (String wrong : List.of(message, "got 1 1 x\n", "sang 1 1 2\nab\n", "got 1 1 2\nabc\n")) {
      Files.writeString(tape, head + good + wrong + good);
      assertThatThrownBy(() -> new World(settings("tape.replay", tape.toString())).streams())
          .isInstanceOf(IllegalArgumentException.class)
          .message()
          .startsWith(
              "The tape %s is broken at byte %d: expected an entry such as \"got 1 1700000000000000000 25\""
                  .formatted(tape, (head + good).length()))
          .contains("found \"" + wrong.substring(0, 9))
          .hasSizeLessThan(400 + tape.toString().length());
    }
  }

  @Test
  void whatATapeHasNoConnectionOfIsRefusedAtOnce() throws Exception {
    Path tape = folder.resolve("others");
    Files.writeString(
        tape, "tradeflood-tape 1 seed=1\n" + entry("dial", 1, 1, "other.stream\nspot\nws://x"));
    try (var world = new World(settings("tape.replay", tape.toString(), "tape.speed", "max"))) {
      var acme = FakeStream.at("wss://stream.acme.example", world.streams());
      assertThatThrownBy(() -> FakeStream.run(acme.channel("a").feed(JsonScanner::readLong)))
          .isInstanceOf(Failure.Unsupported.class)
          .hasMessage(
              "The tape %s has no connection of acme.stream, but of other.stream spot: replay it with what it was recorded with",
              tape);
    }
  }

  @Test
  void whatIsNoTapeIsToldInALine() throws Exception {
    Path other = folder.resolve("other");
    Files.writeString(other, "{\"a\":1}\n");
    assertThatThrownBy(() -> new TapeReader(other))
        .hasMessage(
            "The setting tape.replay must name a tape, but %s begins with \"{\"a\":1}\" instead of tradeflood-tape 1"
                .formatted(other));
    assertThatThrownBy(() -> new TapeReader(folder.resolve("none")))
        .hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> new TapeWriter(other, 1)).hasMessageContaining("is there already");
    assertThatThrownBy(
            () -> new World(settings("tape.replay", "x", "tape.speed", "fast")).streams())
        .hasMessage("The setting tape.speed must be a number such as 1 or 10, or max, was fast");
  }
}
