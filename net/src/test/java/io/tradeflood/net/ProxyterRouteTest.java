package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tradeflood.connector.Limit;
import io.tradeflood.proxy.ProxyScheme;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.proxy.Rotation;
import io.tradeflood.proxy.Route;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Move;
import io.tradeflood.turn.Turn;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests by Proxyter: what it is told, and by which address they leave. */
@Timeout(60)
class ProxyterRouteTest {
  record Time(long serverTime) {}

  private static final String BODY = "{\"serverTime\":1499827319559}";
  private static final Time TIME = new Time(1499827319559L);
  private static final Limit WEIGHT = Limit.of("weight", 3, Duration.ofHours(1));

  @TempDir static Path folder;
  private static Certificate certificate;

  @BeforeAll
  static void makeACertificate() throws Exception {
    certificate = Certificate.in(folder);
  }

  private static Loopback exchange(String scheme) throws Exception {
    return new Loopback(
        conversation -> {
          while (conversation.next()) conversation.write(Loopback.ok(BODY));
        },
        sockets(scheme));
  }

  private static ServerSocketFactory sockets(String scheme) throws Exception {
    return scheme.equals("https") ? certificate.sockets() : ServerSocketFactory.getDefault();
  }

  /** Answers the first requests with a refusal, the others well. */
  private static Loopback refusingFirst(int first, byte[] refusal) throws Exception {
    var count = new AtomicInteger();
    return new Loopback(
        conversation -> {
          while (conversation.next())
            conversation.write(count.incrementAndGet() <= first ? refusal : Loopback.ok(BODY));
        },
        certificate.sockets());
  }

  private static HttpTransport by(Route route, String... settings) {
    var all = new HashMap<>(Map.of("net.trust", certificate.pem().toString()));
    for (int i = 0; i < settings.length; i += 2) all.put(settings[i], settings[i + 1]);
    return Transports.by(ProxyScheme.via(route), all);
  }

  private static Turn<Time> time(HttpTransport transport, String scheme) {
    return FakeRest.at(scheme + "://localhost:1", transport, WEIGHT)
        .get("/time")
        .cost("weight", 1)
        .as(Time.class);
  }

  private static RequestType type(String endpoint) {
    return new RequestType("acme", endpoint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void eachRequestTellsItsTypeAndNoConnectionSpeaksForTwo(String scheme) throws Exception {
    try (var exchange = exchange(scheme);
        var proxyter = FakeProxyter.to(exchange);
        var transport = by(new Route.Proxyter(proxyter.address()))) {
      var acme = FakeRest.at(scheme + "://localhost:1", transport).get("/time").as(Time.class);
      for (var endpoint : List.of("candles", "openInterest", "candles"))
        assertThat(Transports.run(acme, type(endpoint))).isEqualTo(TIME);
      var types = proxyter.asked.stream().map(payload -> payload.replaceAll(",id=.*", "")).toList();
      var expected =
          new ArrayList<>(
              List.of("acme.candles,s=acme,sm=firm", "acme.open-interest,s=acme,sm=firm"));
      // A tunnel is asked for once, plain HTTP says it with each request.
      if (scheme.equals("http")) expected.add("acme.candles,s=acme,sm=firm");
      assertThat(types).isEqualTo(expected);
      assertThat(proxyter.asked).allMatch(payload -> payload.matches(".*,id=[0-9a-z]+-[0-9]+"));
      // The greeting has a connection of its own.
      assertThat(proxyter.connections()).isEqualTo(1 + 2);
      assertThat(String.join("", exchange.requests).toLowerCase(java.util.Locale.ROOT))
          .doesNotContain("proxy-authorization", "acme.candles");
    }
  }

  @Test
  void groupsAndTagsAreToldToo() throws Exception {
    try (var exchange = exchange("https");
        var proxyter = FakeProxyter.to(exchange);
        var transport =
            by(
                new Route.Proxyter(
                    proxyter.address(),
                    Rotation.spread(2),
                    List.of("eu", "u s"),
                    List.of("fast")))) {
      assertThat(Transports.run(time(transport, "https"), type("candles"))).isEqualTo(TIME);
      assertThat(proxyter.asked.getFirst())
          .startsWith("acme.candles,s=acme,sm=hard,g=eu+u%20s,tag=fast,id=");
    }
  }

  @Test
  void requestsAtOnceHaveTunnelsOfTheirOwnAndLaterOnesTakeThemAgain() throws Exception {
    var all = new CountDownLatch(3);
    try (var exchange =
            new Loopback(
                conversation -> {
                  while (conversation.next()) {
                    all.countDown();
                    all.await();
                    conversation.write(Loopback.ok(BODY));
                  }
                },
                certificate.sockets());
        var proxyter = FakeProxyter.to(exchange);
        var transport = by(new Route.Proxyter(proxyter.address()))) {
      var turn = FakeRest.at("https://localhost:1", transport).get("/time").as(Time.class);
      var values = new ArrayList<CompletableFuture<Time>>();
      for (int i = 0; i < 3; i++) {
        values.add(new CompletableFuture<>());
        Transports.start(turn, type("candles"), values.getLast());
      }
      for (var value : values) assertThat(value.get(30, TimeUnit.SECONDS)).isEqualTo(TIME);
      for (int i = 0; i < 5; i++) Transports.run(turn, type("candles"));
      assertThat(proxyter.asked).hasSize(3).doesNotHaveDuplicates();
    }
  }

  @Test
  void callsThatStartAtOnceShareOneGreetingThatOutlivesWhoAskedFirst() throws Exception {
    try (var exchange = exchange("https");
        var proxyter = FakeProxyter.to(exchange);
        var transport = by(new Route.Proxyter(proxyter.address()))) {
      proxyter.greets = new CountDownLatch(1);
      var turn = FakeRest.at("https://localhost:1", transport).get("/time").as(Time.class);
      var first = new CompletableFuture<Time>();
      var asksFirst = Transports.start(turn, type("candles"), first);
      await().until(() -> proxyter.greetings.get() == 1);
      var values = new ArrayList<CompletableFuture<Time>>();
      var threads = new ArrayList<Thread>();
      for (int i = 0; i < 8; i++) {
        values.add(new CompletableFuture<>());
        threads.add(Transports.start(turn, type("candles"), values.getLast()));
      }
      await().until(() -> threads.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
      asksFirst.interrupt();
      assertThat(first).failsWithin(Duration.ofSeconds(20));
      proxyter.greets.countDown();
      for (var value : values) assertThat(value.get(30, TimeUnit.SECONDS)).isEqualTo(TIME);
      assertThat(proxyter.greetings).hasValue(1);
    }
  }

  @Test
  void aGreetingThatFailedIsTriedAgain() throws Exception {
    try (var exchange = exchange("https");
        var proxyter = FakeProxyter.to(exchange);
        var transport =
            by(new Route.Proxyter(proxyter.address()), "net.tls", "300ms", "net.tries", "1")) {
      proxyter.greets = new CountDownLatch(1);
      assertThatThrownBy(() -> Transports.run(time(transport, "https"), type("candles")))
          .hasMessageContaining("did not answer in time");
      proxyter.greets.countDown();
      assertThat(Transports.run(time(transport, "https"), type("candles"))).isEqualTo(TIME);
      assertThat(proxyter.greetings).hasValue(2);
    }
  }

  @Test
  void withoutRotationABanIsWaitedForAndNoOtherAddressIsTaken() throws Exception {
    try (var banning = refusingFirst(1, Loopback.reply("418 No", "retry-after: 1", ""));
        var other = exchange("https");
        var proxyter = FakeProxyter.to(banning, other);
        var transport = by(new Route.Proxyter(proxyter.address()))) {
      var began = Instant.now();
      assertThat(Transports.run(time(transport, "https"), type("candles"))).isEqualTo(TIME);
      assertThat(Duration.between(began, Instant.now())).isGreaterThan(Duration.ofSeconds(1));
      assertThat(banning.requests).hasSize(2);
      assertThat(other.requests).isEmpty();
    }
  }

  @Test
  void withoutRotationALongBanFailsAndSaysThatTheSchemeKeepsToOneAddress() throws Exception {
    try (var banning = refusingFirst(9, Loopback.reply("418 No", "retry-after: 7200", ""));
        var other = exchange("https");
        var proxyter = FakeProxyter.to(banning, other);
        var transport = by(new Route.Proxyter(proxyter.address()))) {
      for (int i = 0; i < 2; i++)
        assertThatThrownBy(() -> Transports.run(time(transport, "https"), type("candles")))
            .isInstanceOfSatisfying(
                Failure.Limited.class, limited -> assertThat(limited.isBan()).isTrue())
            .hasMessageContaining("acme.candles,s=acme,sm=firm")
            .hasMessageEndingWith("; the proxy scheme keeps to one address")
            .hasMessageNotContaining("\n");
      // Another type leaves by the same address, so it is shut out with it.
      assertThatThrownBy(() -> Transports.run(time(transport, "https"), type("trades")))
          .isInstanceOf(Failure.Limited.class);
      assertThat(banning.requests).hasSize(1);
      assertThat(other.requests).isEmpty();
    }
  }

  @Test
  void whereTheSchemeAllowsItABanMovesTheCallToTheNextAddressAtOnce() throws Exception {
    for (var rotation : List.of(Rotation.onBan(3), Rotation.spread(3)))
      try (var first = refusingFirst(99, Loopback.reply("418 No", "retry-after: 7200", ""));
          var second = refusingFirst(99, Loopback.reply("418 No", "retry-after: 7200", ""));
          var third = exchange("https");
          var proxyter = FakeProxyter.to(first, second, third);
          var transport = by(new Route.Proxyter(proxyter.address()).rotate(rotation))) {
        var attempts = new java.util.concurrent.CopyOnWriteArrayList<Attempt>();
        transport.observe(attempts::add);
        var moves = new ArrayList<Move>();
        for (int i = 0; i < 3; i++)
          assertThat(Transports.run(time(transport, "https"), type("candles"), moves::add))
              .isEqualTo(TIME);
        assertThat(first.requests).hasSize(1);
        assertThat(second.requests).hasSize(1);
        assertThat(third.requests).hasSize(3);
        assertThat(attempts)
            .extracting(a -> a.outcome() + " " + FakeProxyter.rank(a.egress()))
            .startsWith("BANNED 1", "BANNED 2", "ANSWERED 3");
        assertThat(moves)
            .extracting(Transports::ranks)
            .startsWith("1 to 2", "2 to 3")
            // One address at a time, the next calls leave the first one behind as well.
            .hasSize(rotation.mode() == Rotation.Mode.ON_BAN ? 4 : 2);
        assertThat(moves)
            .allSatisfy(
                move ->
                    assertThat(move.reason())
                        .matches("acme\\.rest has shut it out until 2\\d{3}-\\S+Z"))
            .allSatisfy(move -> assertThat(move.toString()).doesNotContain(FakeProxyter.SECRET));
        // All three of its addresses are used up now: three of an hour.
        assertThat(transport.limits().getLast().left()).isZero();
      }
  }

  @Test
  void whenAllAddressesAreShutOutThatIsSaid() throws Exception {
    try (var first = refusingFirst(99, Loopback.reply("418 No", "retry-after: 7200", ""));
        var second = refusingFirst(99, Loopback.reply("418 No", "retry-after: 3600", ""));
        var proxyter = FakeProxyter.to(first, second);
        var transport = by(new Route.Proxyter(proxyter.address()).rotate(Rotation.onBan(2)))) {
      assertThatThrownBy(() -> Transports.run(time(transport, "https"), type("candles")))
          .isInstanceOfSatisfying(
              Failure.Limited.class,
              limited -> assertThat(limited.until()).isBefore(Instant.now().plusSeconds(3700)))
          .hasMessageContaining("sr=2")
          .hasMessageContaining(", nor by its other addresses) until ");
      assertThat(first.requests).hasSize(1);
      assertThat(second.requests).hasSize(1);
    }
  }

  @Test
  void oneAddressAtATimeStaysWithinItsLimitAlthoughOthersAreThere() throws Exception {
    fills(Rotation.never(), 3);
    fills(Rotation.onBan(2), 3);
  }

  @Test
  void spreadEachAddressIsUsedUpToTheLimitOfOneAndNoneBeyond() throws Exception {
    fills(Rotation.spread(2), 6);
  }

  /** More requests than all addresses have room for: so many get through, the rest wait. */
  private static void fills(Rotation rotation, int through) throws Exception {
    try (var first = exchange("https");
        var second = exchange("https");
        var proxyter = FakeProxyter.to(first, second);
        var transport = by(new Route.Proxyter(proxyter.address()).rotate(rotation))) {
      var values = new ArrayList<CompletableFuture<Time>>();
      var threads = new ArrayList<Thread>();
      for (int i = 0; i < 10; i++) {
        values.add(new CompletableFuture<>());
        // Two types share what one address has.
        threads.add(
            Transports.start(
                time(transport, "https"),
                type(i % 2 == 0 ? "candles" : "trades"),
                values.getLast()));
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  values.stream().filter(CompletableFuture::isDone).count() == through
                      && transport.limits().stream().mapToInt(LimitState::waiting).sum()
                          == 10 - through);
      assertThat(first.requests).hasSize(3);
      assertThat(second.requests).hasSize(through - 3);
      assertThat(transport.limits())
          .extracting(LimitState::egress)
          .hasSize(rotation.mode() == Rotation.Mode.NEVER ? 1 : 2)
          .first()
          .asString()
          .endsWith("/s=acme");
      for (var thread : threads) thread.interrupt();
      for (var thread : threads) thread.join();
    }
  }

  @Test
  void anAddressWhoseProxyIsDownIsLeftAloneForAWhileAndTheOthersServe() throws Exception {
    try (var first = exchange("https");
        var second = exchange("https");
        var proxyter = FakeProxyter.to(first, second);
        var transport = by(new Route.Proxyter(proxyter.address()).rotate(Rotation.spread(2)))) {
      proxyter.refusal =
          payload ->
              FakeProxyter.rank(payload) == 1
                  ? java.util.Optional.of(
                      FakeProxyter.refused(
                          503,
                          "error=destination_unavailable; details=\"down\"",
                          "Retry-After: 60"))
                  : java.util.Optional.empty();
      var began = Instant.now();
      var moves = new ArrayList<Move>();
      for (int i = 0; i < 3; i++)
        assertThat(Transports.run(time(transport, "https"), type("candles"), moves::add))
            .isEqualTo(TIME);
      assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(20));
      assertThat(moves).extracting(Transports::ranks).containsExactly("1 to 2");
      assertThat(moves.getFirst().reason())
          .startsWith("Proxyter has no proxy of its own for it until 2");
      assertThat(proxyter.asked.stream().filter(p -> FakeProxyter.rank(p) == 1)).hasSize(1);
      assertThat(second.requests).hasSize(3);
      // What was never seen by the exchange is not counted.
      assertThat(transport.limits().getFirst().used()).isZero();
    }
  }

  @Test
  void anAddressFromARegionThatIsNotServedIsNotTakenWhileThereAreOthers() throws Exception {
    try (var refusing = refusingFirst(99, Loopback.reply("451 No", "", ""));
        var other = exchange("https");
        var proxyter = FakeProxyter.to(refusing, other);
        var transport = by(new Route.Proxyter(proxyter.address()).rotate(Rotation.spread(2)))) {
      assertThatThrownBy(() -> Transports.run(time(transport, "https"), type("candles")))
          .isInstanceOf(Failure.Refused.class);
      for (int i = 0; i < 3; i++)
        assertThat(Transports.run(time(transport, "https"), type("candles"))).isEqualTo(TIME);
      assertThat(refusing.requests).hasSize(1);
    }
  }

  @Test
  void whatProxyterKnowsOfABanIsKeptTo() throws Exception {
    try (var exchange = exchange("https");
        var proxyter = FakeProxyter.to(exchange);
        var transport = by(new Route.Proxyter(proxyter.address()))) {
      proxyter.refusal =
          _ ->
              java.util.Optional.of(
                  FakeProxyter.refused(
                      503,
                      "error=destination_unavailable; received-status=418; details=\"fr-7:"
                          + " banned\"",
                      "Retry-After: 7200"));
      for (int i = 0; i < 2; i++)
        assertThatThrownBy(() -> Transports.run(time(transport, "https"), type("candles")))
            .isInstanceOfSatisfying(
                Failure.Limited.class,
                limited -> {
                  assertThat(limited.isBan()).isTrue();
                  assertThat(limited.until())
                      .isBetween(Instant.now().plusSeconds(7100), Instant.now().plusSeconds(7210));
                })
            .hasMessageContaining(
                ", as Proxyter at %s knows (fr-7: banned), longer than"
                    .formatted(proxyter.address()))
            .hasMessageEndingWith("; the proxy scheme keeps to one address")
            .hasMessageNotContaining("\n");
      assertThat(proxyter.asked).hasSize(1);
      assertThat(exchange.requests).isEmpty();
    }
  }
}
