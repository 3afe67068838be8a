package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.connector.Limit;
import io.tradeflood.turn.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class HttpTransportTest {
  record Time(long serverTime) {}

  private static final String BODY = "{\"serverTime\":1499827319559,\"more\":1}";
  private static final Time TIME = new Time(1499827319559L);

  @Test
  void readsAnAnswerAsARecord() throws Exception {
    try (var server = Loopback.json(BODY);
        var transport = Transports.direct(Map.of())) {
      assertThat(time(server, transport)).isEqualTo(TIME);
      assertThat(server.lines()).isEqualTo(List.of("GET /time HTTP/1.1"));
    }
  }

  @Test
  void readsAnAnswerAsAListAndInTheConnectorsOwnWay() throws Exception {
    try (var server = Loopback.json("[{\"serverTime\":1},{\"serverTime\":2}]");
        var transport = Transports.direct(Map.of())) {
      var acme = FakeRest.at(server.url(), transport);
      assertThat(Transports.run(acme.get("/times").asList(Time.class)))
          .isEqualTo(List.of(new Time(1), new Time(2)));
      Integer length = Transports.run(acme.get("/times").read(body -> body.length));
      assertThat(length).isEqualTo(35);
    }
  }

  @Test
  void aConnectionIsUsedAgain() throws Exception {
    try (var server = Loopback.json(BODY);
        var transport = Transports.direct(Map.of())) {
      for (int i = 0; i < 5; i++) assertThat(time(server, transport)).isEqualTo(TIME);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void parametersAreWrittenInTheirOrderAsUtf8() throws Exception {
    try (var server = Loopback.json(BODY);
        var transport = Transports.direct(Map.of())) {
      var acme = FakeRest.at(server.url() + "/v2/", transport);
      Transports.run(
          acme.get("/candles/币安")
              .query("symbol", "币安人生USDT")
              .query("a", "x y&z=1")
              .query("from", Instant.ofEpochMilli(1_600_000_000_000L))
              .query("none", Optional.empty())
              .query("no", OptionalInt.empty())
              .query("to", Optional.of(Instant.ofEpochMilli(5)))
              .query("limit", OptionalLong.of(500))
              .as(Time.class));
      assertThat(server.lines())
          .isEqualTo(
              List.of(
                  "GET /v2/candles/%E5%B8%81%E5%AE%89?symbol=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT"
                      + "&a=x%20y%26z%3D1&from=1600000000000&to=5&limit=500 HTTP/1.1"));
    }
  }

  @Test
  void headersOfTheConnectorAndOfTheRequestAreSent() throws Exception {
    try (var server = Loopback.json(BODY);
        var transport = Transports.direct(Map.of())) {
      var acme = FakeRest.at(server.url(), transport).with(Map.of("X-Key", "k1", "X-Mode", "a"));
      Transports.run(acme.get("/time").header("x-mode", "b").as(Time.class));
      assertThat(server.requests.getFirst().toLowerCase(java.util.Locale.ROOT))
          .contains("x-key: k1\r\n")
          .contains("x-mode: b\r\n")
          .doesNotContain("x-mode: a")
          .contains("accept-encoding: gzip, deflate\r\n");
    }
  }

  @Test
  void anotherHostKeepsThePathUnlessItHasOneItself() throws Exception {
    try (var server = Loopback.json(BODY);
        var transport = Transports.direct(Map.of())) {
      var acme = FakeRest.at("https://api.acme.example/v2", transport);
      Transports.run(acme.host(server.url()).get("/time").as(Time.class));
      Transports.run(acme.host(server.url() + "/mirror/").get("/time").as(Time.class));
      assertThat(server.lines())
          .isEqualTo(List.of("GET /v2/time HTTP/1.1", "GET /mirror/time HTTP/1.1"));
    }
  }

  @Test
  void packedAnswersAreUnpacked() throws Exception {
    for (var encoding : List.of("gzip", "deflate")) {
      var packed =
          Loopback.reply(
              "200 OK", "content-encoding: " + encoding, packed(encoding, BODY.repeat(1)));
      try (var server = Loopback.answering(packed);
          var transport = Transports.direct(Map.of())) {
        assertThat(time(server, transport)).as(encoding).isEqualTo(TIME);
      }
    }
  }

  @Test
  void aBodyThatIsTooLongIsRefusedAlsoWhenItIsPacked() throws Exception {
    String big = "[" + " ".repeat(100_000) + "]";
    var packed = Loopback.reply("200 OK", "content-encoding: gzip", packed("gzip", big));
    for (var answer : List.of(packed, Loopback.ok(big)))
      try (var server = Loopback.answering(answer);
          var transport = Transports.direct(Map.of("net.body-limit", "50000"))) {
        assertThatThrownBy(() -> time(server, transport))
            .isInstanceOf(Failure.Unreachable.class)
            .hasMessage(
                "acme.rest at %s sent an answer that is longer than the 50000 bytes allowed (receive, direct): try again later",
                server.url());
        assertThat(server.lines()).hasSize(1);
      }
  }

  @Test
  void cancellingClosesTheRequest() throws Exception {
    try (var server =
            new Loopback(
                conversation -> {
                  conversation.next();
                  conversation.mute();
                });
        var transport = Transports.direct(Map.of())) {
      var value = new CompletableFuture<Time>();
      var turn = FakeRest.at(server.url(), transport).get("/time").as(Time.class);
      var seen = new CompletableFuture<Attempt>();
      transport.observe(seen::complete);
      Thread thread = Transports.start(turn, Transports.TYPE, value);
      Awaitility.await().until(() -> server.requests.size() == 1);
      thread.interrupt();
      assertThatThrownBy(() -> value.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(InterruptedException.class);
      assertThat(server.ended.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(seen.get(10, TimeUnit.SECONDS).outcome()).isEqualTo(Attempt.Outcome.CANCELLED);
    }
  }

  @Test
  void nothingIsLeftAfterClosing() throws Exception {
    try (var server = Loopback.json(BODY)) {
      var transport = Transports.direct(Map.of());
      time(server, transport);
      assertThat(threads()).isNotEmpty();
      transport.close();
      Awaitility.await().untilAsserted(() -> assertThat(threads()).isEmpty());
      assertThat(server.ended.await(10, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> time(server, transport))
          .hasMessage("This TradeFlood is closed: nothing can be sent");
    }
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("vert"))
        .toList();
  }

  @Test
  void noMoreThanTheBoundAreOnTheirWayAtOnce() throws Exception {
    var latch = new java.util.concurrent.CountDownLatch(1);
    try (var server =
            new Loopback(
                conversation -> {
                  while (conversation.next()) {
                    latch.await();
                    conversation.write(Loopback.ok(BODY));
                  }
                });
        var transport = Transports.direct(Map.of("net.concurrency", "3"))) {
      var turn = FakeRest.at(server.url(), transport).get("/time").as(Time.class);
      var values =
          java.util.stream.Stream.generate(CompletableFuture<Time>::new).limit(10).toList();
      values.forEach(value -> Transports.start(turn, Transports.TYPE, value));
      Awaitility.await().until(() -> server.requests.size() == 3);
      latch.countDown();
      for (var value : values) assertThat(value.get(10, TimeUnit.SECONDS)).isEqualTo(TIME);
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void aRequestIsDescribedWithoutSendingIt() {
    try (var transport = Transports.direct(Map.of())) {
      var acme =
          FakeRest.at(
              "https://api.acme.example/v2",
              transport,
              Limit.of("weight", 6000, Duration.ofMinutes(1)));
      var description =
          FakeRest.act(
                  acme.get("/candles")
                      .query("symbol", "BTCUSDT")
                      .query("apiKey", "s3cret")
                      .cost("weight", 2)
                      .as(Time.class))
              .describe(Transports.TYPE);
      assertThat(description.what())
          .isEqualTo("GET https://api.acme.example/v2/candles?symbol=BTCUSDT&apiKey=***");
      assertThat(description.requestType()).isEqualTo("acme.test");
      assertThat(description.route()).isEqualTo("direct");
      assertThat(description.costs())
          .isEqualTo(
              List.of(
                  new io.tradeflood.turn.Cost("acme.rest weight", 2, 6000, Duration.ofMinutes(1))));
    }
  }

  @Test
  void aCostOfALimitThatDoesNotExistNamesThoseThatDo() {
    try (var transport = Transports.direct(Map.of())) {
      var acme =
          FakeRest.at(
              "https://api.acme.example",
              transport,
              Limit.of("weight", 6000, Duration.ofMinutes(1)));
      assertThatThrownBy(() -> acme.get("/time").cost("wieght", 1))
          .isInstanceOf(Failure.Bug.class)
          .hasMessage("acme.rest has no limit named wieght: its limits are [weight]");
      assertThatThrownBy(() -> acme.get("/time").cost("weight", 6001))
          .hasMessage(
              "A call of acme.rest must take between 0 and the 6000 that the limit weight holds, was 6001");
    }
  }

  @Test
  void anAddressThatIsNoneIsNamed() {
    try (var transport = Transports.direct(Map.of())) {
      var acme = FakeRest.at("https://api.acme.example", transport).host("ftp://user:pw@x/");
      assertThatThrownBy(
              () -> FakeRest.act(acme.get("/time").as(Time.class)).describe(Transports.TYPE))
          .hasMessage(
              "The address of acme.rest must look like https://host or http://host:port/path, was ftp://***@x/");
    }
  }

  private static Time time(Loopback server, HttpTransport transport) {
    return Transports.run(FakeRest.at(server.url(), transport).get("/time").as(Time.class));
  }

  private static byte[] packed(String encoding, String body) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out =
        encoding.equals("gzip") ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
      out.write(body.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
