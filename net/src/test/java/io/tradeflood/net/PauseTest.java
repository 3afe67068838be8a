package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tradeflood.connector.Limit;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.proxy.Route;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What exchanges say when it was too much, and what is done then. */
class PauseTest {
  record Time(long serverTime) {}

  private static final String BODY = "{\"serverTime\":1499827319559}";
  private static final Time TIME = new Time(1499827319559L);
  private static final Limit WEIGHT =
      Limit.of("weight", 6000, Duration.ofMinutes(1)).usedHeader("X-Used");

  /** Refuses the first request and answers the others; writes down when each came. */
  private static Loopback refusingFirst(byte[] refusal, List<Instant> times) throws Exception {
    var first = new AtomicInteger();
    return new Loopback(
        conversation -> {
          while (conversation.next()) {
            times.add(Instant.now());
            conversation.write(first.getAndIncrement() == 0 ? refusal : Loopback.ok(BODY));
          }
        });
  }

  @Test
  void afterTooManyRequestsNobodyAsksBeforeTheTimeIsOver() throws Exception {
    var times = new CopyOnWriteArrayList<Instant>();
    try (var server =
            refusingFirst(Loopback.reply("429 Too Many Requests", "retry-after: 1", ""), times);
        var transport = Transports.direct(Map.of())) {
      var turn =
          FakeRest.at(server.url(), transport, WEIGHT)
              .get("/time")
              .cost("weight", 1)
              .as(Time.class);
      var values = java.util.stream.Stream.generate(CompletableFuture<Time>::new).limit(5).toList();
      // Until the first answer nobody knows what others have used, so only a little is sent at
      // once.
      Transports.start(turn, Transports.TYPE, values.getFirst());
      org.awaitility.Awaitility.await()
          .until(() -> transport.limits().stream().anyMatch(l -> l.shutUntil().isPresent()));
      values.stream().skip(1).forEach(v -> Transports.start(turn, Transports.TYPE, v));
      for (var value : values) assertThat(value.get(30, TimeUnit.SECONDS)).isEqualTo(TIME);
      assertThat(times).hasSize(6);
      assertThat(times.subList(1, 6))
          .allMatch(time -> !time.isBefore(times.getFirst().plusSeconds(1)));
    }
  }

  @Test
  void aBanLongerThanOurPatienceFailsAtOnceAndIsNeverTried() throws Exception {
    var refusals =
        List.of(
            Loopback.reply("418 I'm a teapot", "retry-after: 7200", ""),
            Loopback.reply("403 Forbidden", "retry-after: 7200", ""));
    for (var refusal : refusals)
      try (var server = Loopback.answering(refusal);
          var transport = Transports.direct(Map.of())) {
        var acme = FakeRest.at(server.url(), transport, WEIGHT);
        for (int i = 0; i < 3; i++)
          assertThatThrownBy(
                  () -> Transports.run(acme.get("/time").cost("weight", 1).as(Time.class)))
              .isInstanceOfSatisfying(
                  Failure.Limited.class,
                  limited -> {
                    assertThat(limited.isBan()).isTrue();
                    assertThat(limited.until())
                        .isBetween(
                            Instant.now().plusSeconds(7100), Instant.now().plusSeconds(7210));
                  })
              .hasMessageStartingWith(
                  "acme.rest at " + server.url() + " wants no requests (direct)")
              .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> Transports.run(acme.get("/unlimited").as(Time.class)))
            .isInstanceOf(Failure.Limited.class);
        assertThat(server.lines()).hasSize(1);
        assertThat(transport.limits().getFirst().ban()).isTrue();
      }
  }

  @Test
  void aPauseOfOneLimitDoesNotStopWhatTakesFromOthers() throws Exception {
    var times = new CopyOnWriteArrayList<Instant>();
    try (var server =
            refusingFirst(Loopback.reply("429 Too Many Requests", "retry-after: 7200", ""), times);
        var transport = Transports.direct(Map.of())) {
      var acme =
          FakeRest.at(
              server.url(), transport, WEIGHT, Limit.of("books", 20, Duration.ofSeconds(1)));
      assertThatThrownBy(() -> Transports.run(acme.get("/time").cost("weight", 1).as(Time.class)))
          .isInstanceOfSatisfying(
              Failure.Limited.class, limited -> assertThat(limited.isBan()).isFalse());
      assertThat(Transports.run(acme.get("/book").cost("books", 1).as(Time.class))).isEqualTo(TIME);
    }
  }

  @Test
  void aRefusalByRegionIsToldToAllWhoComeByTheSameWay() throws Exception {
    try (var server =
            Loopback.answering(Loopback.reply("451 Unavailable For Legal Reasons", "", ""));
        var transport = Transports.direct(Map.of())) {
      var acme = FakeRest.at(server.url(), transport, WEIGHT);
      assertThatThrownBy(() -> Transports.run(acme.get("/time").cost("weight", 1).as(Time.class)))
          .isInstanceOfSatisfying(
              Failure.Refused.class, refused -> assertThat(refused.status()).isEqualTo(451))
          .hasMessageContaining("the exchange does not serve this region");
      for (int i = 0; i < 3; i++)
        assertThatThrownBy(() -> Transports.run(acme.get("/book").as(Time.class)))
            .isInstanceOf(Failure.Refused.class)
            .hasMessageStartingWith(
                "acme.rest at " + server.url() + " does not serve the region from which")
            .hasMessageContaining("(status 451, direct)")
            .hasMessageEndingWith(": take another route");
      assertThat(server.lines()).hasSize(1);
    }
  }

  @Test
  void aRefusalByRegionDoesNotHarmWhoTakesAnotherRoute() throws Exception {
    var there = new RequestType("acme", "there");
    try (var server =
            refusingFirst(
                Loopback.reply("451 Unavailable For Legal Reasons", "", ""),
                new CopyOnWriteArrayList<>());
        var proxy = ProxyServer.http();
        var transport =
            Transports.by(
                type ->
                    type.equals(there)
                        ? new Route.Via(
                            Route.Protocol.HTTP, "127.0.0.1", proxy.port(), Optional.empty())
                        : Route.direct(),
                Map.of())) {
      var turn = FakeRest.at(server.url(), transport).get("/time").as(Time.class);
      for (int i = 0; i < 2; i++)
        assertThatThrownBy(() -> Transports.run(turn)).isInstanceOf(Failure.Refused.class);
      assertThat(Transports.run(turn, there)).isEqualTo(TIME);
    }
  }

  @Test
  void withoutRetryAfterTheWindowOfTheLimitThatIsUsedUpIsWaited() throws Exception {
    var second = Limit.of("calls", 20, Duration.ofSeconds(1)).leftHeader("X-Left");
    var minute = Limit.of("all", 6000, Duration.ofMinutes(1));
    for (String header : List.of("x-left: 0", "x-other: 0")) {
      var times = new CopyOnWriteArrayList<Instant>();
      try (var server = refusingFirst(Loopback.reply("429 Too Many Requests", header, ""), times);
          var transport = Transports.direct(Map.of())) {
        var acme = FakeRest.at(server.url(), transport, second, minute);
        var turn = acme.get("/time").cost("calls", 1).cost("all", 1).as(Time.class);
        assertThat(Transports.run(turn)).isEqualTo(TIME);
        assertThat(Duration.between(times.getFirst(), times.getLast()))
            .isBetween(Duration.ofMillis(990), Duration.ofSeconds(20));
      }
    }
  }

  @Test
  void whatTheConnectorCallsTooMuchIsObeyedTheSame() throws Exception {
    try (var server = Loopback.json("{\"code\":50011}");
        var transport = Transports.direct(Map.of())) {
      var acme =
          FakeRest.at(server.url(), transport, WEIGHT)
              .judging(
                  reply ->
                      Optional.of(
                          new Failure.Limited(
                              "too many", reply.received().plusSeconds(7200), false)));
      for (int i = 0; i < 2; i++)
        assertThatThrownBy(() -> Transports.run(acme.get("/time").cost("weight", 1).as(Time.class)))
            .isInstanceOf(Failure.Limited.class);
      assertThat(server.lines()).hasSize(1);
    }
  }

  @Test
  void retryAfterIsReadAsSecondsOrAsADateByTheExchangesClock() {
    var now = Instant.parse("2026-01-02T03:04:05Z");
    assertThat(RetryAfter.of(reply(Map.of("retry-after", "12"), now)))
        .contains(Duration.ofSeconds(13));
    var date = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
    assertThat(RetryAfter.of(reply(Map.of("retry-after", date.format(now.plusSeconds(60))), now)))
        .contains(Duration.ofSeconds(61));
    // An exchange whose clock is an hour ahead means the same 60 seconds.
    var ahead = now.plusSeconds(3600);
    assertThat(
            RetryAfter.of(
                reply(
                    Map.of(
                        "retry-after", date.format(ahead.plusSeconds(60)),
                        "date", date.format(ahead)),
                    now)))
        .contains(Duration.ofSeconds(61));
    assertThat(RetryAfter.of(reply(Map.of("retry-after", "soon"), now))).isEmpty();
    assertThat(RetryAfter.of(reply(Map.of(), now))).isEmpty();
  }

  private static HttpReply reply(Map<String, String> headers, Instant received) {
    var lists = new java.util.HashMap<String, List<String>>();
    headers.forEach((name, value) -> lists.put(name, List.of(value)));
    return new HttpReply(429, lists, new byte[0], received, received);
  }

  @Test
  void whatOthersHaveUsedIsLearntFromTheHeader() throws Exception {
    try (var server = Loopback.answering(Loopback.reply("200 OK", "x-used: 4711", BODY));
        var transport = Transports.direct(Map.of())) {
      var acme = FakeRest.at(server.url(), transport, WEIGHT);
      Transports.run(acme.get("/time").cost("weight", 5).as(Time.class));
      var state = transport.limits().getFirst();
      assertThat(state.limit()).isEqualTo("acme.rest weight");
      assertThat(state.used()).isEqualTo(4711);
      assertThat(state.left()).isEqualTo(6000 - 4711);
      assertThat(state.egress()).isEqualTo("direct");
    }
  }

  @Test
  void aLimitOfAllConnectorsIsOneForWhoeverCountsAtTheSameHost() throws Exception {
    var all = Limit.of("calls", 100, Duration.ofHours(1)).together("acme calls");
    var own = Limit.of("weight", 100, Duration.ofHours(1));
    try (var server = Loopback.json(BODY);
        var other = Loopback.json(BODY);
        var transport = Transports.direct(Map.of())) {
      var spot = FakeRest.at(server.url(), transport, all, own).named("spot");
      for (var acme : List.of(spot, spot.named("swap"), spot.named("test").host(other.url()))) {
        var turn = acme.get("/time").cost("calls", 1).cost("weight", 1).as(Time.class);
        assertThat(Transports.run(turn)).isEqualTo(TIME);
      }
      assertThat(transport.limits())
          .extracting(LimitState::limit, LimitState::used)
          .containsExactlyInAnyOrder(
              tuple("acme calls", 2L),
              tuple("acme calls", 1L),
              tuple("acme.spot weight", 1L),
              tuple("acme.swap weight", 1L),
              tuple("acme.test weight", 1L));
    }
  }

  @Test
  void whatIsWaitedForCanBeSeen() throws Exception {
    var one = Limit.of("calls", 1, Duration.ofHours(1));
    try (var server = Loopback.json(BODY);
        var transport = Transports.direct(Map.of())) {
      var turn = FakeRest.at(server.url(), transport, one).get("/time").cost("calls", 1);
      assertThat(Transports.run(turn.as(Time.class))).isEqualTo(TIME);
      assertThat(transport.waits()).isEmpty();
      var value = new CompletableFuture<Time>();
      var waiting = Transports.start(turn.as(Time.class), Transports.TYPE, value);
      org.awaitility.Awaitility.await().until(() -> !transport.waits().isEmpty());
      var wait = transport.waits().getFirst();
      assertThat(wait.limit()).isEqualTo("acme.rest calls");
      assertThat(wait.egress()).isEqualTo("direct");
      assertThat(wait.calls()).isEqualTo(1);
      assertThat(wait.left()).isBetween(Duration.ofMinutes(59), Duration.ofHours(4));
      assertThat(wait.pause()).isFalse();
      waiting.interrupt();
      waiting.join();
      assertThat(transport.waits()).isEmpty();
    }
  }

  @Test
  void observersSeeWhatCameOfEachTry() throws Exception {
    var times = new CopyOnWriteArrayList<Instant>();
    try (var server = refusingFirst(Loopback.reply("503 Service Unavailable", "", ""), times);
        var transport = Transports.direct(Map.of())) {
      var attempts = new CopyOnWriteArrayList<Attempt>();
      transport.observe(attempts::add);
      transport.observe(
          _ -> {
            throw new IllegalStateException("an observer's mistake");
          });
      var acme = FakeRest.at(server.url(), transport, WEIGHT);
      Transports.run(acme.get("/time").cost("weight", 5).as(Time.class));
      assertThat(attempts)
          .extracting(Attempt::outcome)
          .isEqualTo(List.of(Attempt.Outcome.FAULTY, Attempt.Outcome.ANSWERED));
      var last = attempts.getLast();
      assertThat(last.connector()).isEqualTo("acme.rest");
      assertThat(last.requestType()).isEqualTo(Transports.TYPE);
      assertThat(last.status()).hasValue(200);
      assertThat(last.number()).isEqualTo(2);
      assertThat(last.limits().getFirst().used()).isEqualTo(10);
    }
  }
}
