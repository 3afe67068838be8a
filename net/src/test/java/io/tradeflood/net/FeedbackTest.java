package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradeflood.connector.Limit;
import io.tradeflood.net.json.Payload;
import io.tradeflood.proxy.ProxyScheme;
import io.tradeflood.proxy.ProxyterAddress;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.proxy.Rotation;
import io.tradeflood.proxy.Route;
import io.tradeflood.turn.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Proxyter cannot look into TLS: what was seen there it is told. */
@Timeout(60)
class FeedbackTest {
  record Time(long serverTime) {}

  private static final String BODY = "{\"serverTime\":1499827319559}";
  private static final RequestType CANDLES = new RequestType("acme", "candles");
  private static final Limit WEIGHT =
      Limit.of("weight", 6000, Duration.ofMinutes(1)).usedHeader("X-Used");
  private static final Limit ORDERS =
      Limit.of("orders", 100, Duration.ofSeconds(10)).usedHeader("X-Orders");

  @TempDir static Path folder;
  private static Certificate certificate;

  @BeforeAll
  static void makeACertificate() throws Exception {
    certificate = Certificate.in(folder);
  }

  /** The admin port: takes lines and answers each. */
  static final class Admin implements AutoCloseable {
    final List<String> lines = new CopyOnWriteArrayList<>();
    final List<String> tokens = new CopyOnWriteArrayList<>();
    final AtomicInteger posts = new AtomicInteger();
    volatile Function<String, String> answer = _ -> "{\"action\":\"served\",\"switch\":false}";
    volatile String status = "200 OK";
    private final Loopback loopback;

    Admin() throws IOException {
      loopback =
          new Loopback(
              conversation -> {
                while (conversation.next()) {
                  var body =
                      new String(
                          conversation.in.readNBytes(
                              Integer.parseInt(conversation.header("content-length"))),
                          StandardCharsets.UTF_8);
                  tokens.add(conversation.header("authorization"));
                  posts.incrementAndGet();
                  var reply = new StringBuilder();
                  for (var line : body.lines().toList())
                    reply.append(answer.apply(line)).append('\n');
                  if (status.startsWith("200")) lines.addAll(body.lines().toList());
                  conversation.write(Loopback.reply(status, "", reply.toString()));
                }
              });
    }

    URI url() {
      return URI.create(loopback.url());
    }

    void awaitLines(int count) {
      await().atMost(Duration.ofSeconds(20)).until(() -> lines.size() >= count);
    }

    @Override
    public void close() throws IOException {
      loopback.close();
    }
  }

  private static Loopback exchange(String scheme, byte[]... answers) throws Exception {
    var count = new AtomicInteger();
    return new Loopback(
        conversation -> {
          while (conversation.next())
            conversation.write(answers[Math.min(count.getAndIncrement(), answers.length - 1)]);
        },
        scheme.equals("https")
            ? certificate.sockets()
            : javax.net.ServerSocketFactory.getDefault());
  }

  private static HttpTransport by(ProxyterAddress address, Rotation rotation) {
    return Transports.by(
        ProxyScheme.via(new Route.Proxyter(address).rotate(rotation)),
        Map.of("net.trust", certificate.pem().toString(), "net.patience", "2s", "net.tries", "1"));
  }

  private static Optional<Failure> ask(FakeRest acme) {
    try {
      Transports.run(acme.get("/time").as(Time.class), CANDLES);
      return Optional.empty();
    } catch (Failure failure) {
      return Optional.of(failure);
    }
  }

  private static String field(String line, String... names) {
    return Payload.of(line.getBytes(StandardCharsets.UTF_8)).text(names).orElse("");
  }

  @Test
  void aBanIsToldWithAllThatTheAnswerSays() throws Exception {
    try (var exchange =
            exchange(
                "https",
                Loopback.reply(
                    "418 No",
                    "retry-after: 600\r\nx-used: 6001\r\nx-orders: 7",
                    "{\"code\":-1003,\"msg\":\"Way too much\"}"));
        var proxyter = FakeProxyter.to(exchange);
        var admin = new Admin();
        var transport =
            by(proxyter.address().admin(admin.url(), Optional.of("token-1")), Rotation.never())) {
      var acme = FakeRest.at("https://localhost:1", transport, WEIGHT, ORDERS);
      assertThat(ask(acme)).get().isInstanceOf(Failure.Limited.class);
      admin.awaitLines(1);
      String line = admin.lines.getFirst();
      String payload = proxyter.asked.getFirst();
      assertThat(field(line, "id")).isEqualTo(payload.replaceAll(".*,id=", ""));
      assertThat(field(line, "status")).isEqualTo("418");
      assertThat(Integer.parseInt(field(line, "retryAfter"))).isBetween(600, 602);
      assertThat(field(line, "usedWeight", "1m")).isEqualTo("6001");
      assertThat(field(line, "usedWeight", "10s")).isEqualTo("7");
      assertThat(field(line, "requests")).isEqualTo("1");
      assertThat(field(line, "bodyHint")).isEqualTo("-1003");
      assertThat(field(line, "bytes")).isEqualTo("35");
      assertThat(line).doesNotContain("phase");
      assertThat(admin.tokens).containsOnly("Bearer token-1");
    }
  }

  @Test
  void goodNewsIsToldInSumAndNothingIsLostWhenTheLastWordIsSpoken() throws Exception {
    try (var exchange = exchange("https", Loopback.reply("200 OK", "x-used: 12", BODY));
        var proxyter = FakeProxyter.to(exchange);
        var admin = new Admin()) {
      try (var transport =
          by(proxyter.address().admin(admin.url(), Optional.empty()), Rotation.never())) {
        var acme = FakeRest.at("https://localhost:1", transport, WEIGHT);
        for (int i = 0; i < 20; i++) assertThat(ask(acme)).isEmpty();
      }
      assertThat(admin.lines.stream().mapToInt(l -> Integer.parseInt(field(l, "requests"))).sum())
          .isEqualTo(20);
      assertThat(admin.posts.get()).isLessThan(20);
      assertThat(admin.lines).allMatch(line -> field(line, "usedWeight", "1m").equals("12"));
      // Without a token of its own the secret is who we are.
      assertThat(admin.tokens).containsOnly("Bearer " + FakeProxyter.SECRET);
    }
  }

  @Test
  void whatAnExchangeSaysInWordsOfItsOwnIsToldInProxytersTerms() throws Exception {
    for (var scheme : List.of("http", "https"))
      try (var exchange = exchange(scheme, Loopback.ok("{\"code\":\"30007\"}"));
          var proxyter = FakeProxyter.to(exchange);
          var admin = new Admin();
          var transport =
              by(proxyter.address().admin(admin.url(), Optional.empty()), Rotation.never())) {
        var acme =
            FakeRest.at(scheme + "://localhost:1", transport, WEIGHT)
                .judging(
                    reply ->
                        Optional.of(
                            new Failure.Limited(
                                "too much", reply.received().plusSeconds(50), false)));
        assertThat(ask(acme)).get().isInstanceOf(Failure.Limited.class);
        admin.awaitLines(1);
        assertThat(field(admin.lines.getFirst(), "status")).isEqualTo("429");
        assertThat(field(admin.lines.getFirst(), "retryAfter")).isEqualTo("50");
        assertThat(field(admin.lines.getFirst(), "bodyHint")).isEqualTo("30007");
      }
  }

  @Test
  void statusesOfPlainHttpProxyterSeesByItself() throws Exception {
    try (var exchange =
            exchange("http", Loopback.ok(BODY), Loopback.reply("418 No", "retry-after: 600", ""));
        var proxyter = FakeProxyter.to(exchange);
        var admin = new Admin()) {
      try (var transport =
          by(proxyter.address().admin(admin.url(), Optional.empty()), Rotation.never())) {
        var acme = FakeRest.at("http://localhost:1", transport, WEIGHT);
        assertThat(ask(acme)).isEmpty();
        assertThat(ask(acme)).isPresent();
      }
      assertThat(admin.posts).hasValue(0);
    }
  }

  @Test
  void howFarItCameIsToldWhereThereIsNoAnswer() throws Exception {
    try (var exchange = exchange("https", new byte[0]);
        var proxyter = FakeProxyter.to(exchange);
        var admin = new Admin();
        var transport =
            Transports.by(
                ProxyScheme.via(
                    new Route.Proxyter(proxyter.address().admin(admin.url(), Optional.empty()))),
                Map.of(
                    "net.trust",
                    certificate.pem().toString(),
                    "net.tries",
                    "1",
                    "net.first-byte",
                    "200ms"))) {
      assertThat(ask(FakeRest.at("https://localhost:1", transport)))
          .get()
          .isInstanceOf(Failure.Unreachable.class);
      admin.awaitLines(1);
      assertThat(field(admin.lines.getFirst(), "bodyHint")).isEqualTo("no answer, wait");
      assertThat(field(admin.lines.getFirst(), "status")).isEmpty();
    }
  }

  @Test
  void aTunnelThatIsToBeLeftIsNotTakenAgain() throws Exception {
    try (var exchange = exchange("https", Loopback.ok(BODY));
        var proxyter = FakeProxyter.to(exchange);
        var admin = new Admin();
        var transport =
            by(proxyter.address().admin(admin.url(), Optional.empty()), Rotation.never())) {
      var acme = FakeRest.at("https://localhost:1", transport, WEIGHT);
      admin.answer = _ -> "{\"action\":\"banned\",\"switch\":true}";
      assertThat(ask(acme)).isEmpty();
      admin.awaitLines(1);
      // It is told behind the answer, and heard a moment later.
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                assertThat(ask(acme)).isEmpty();
                return proxyter.asked.size() > 1;
              });
      assertThat(proxyter.asked).doesNotHaveDuplicates();
    }
  }

  @Test
  void twoWaysThatLeaveByOneProxyAreNotBothUsed() throws Exception {
    byte[] answer = Loopback.reply("200 OK", "proxyter-proxy: fr-7", BODY);
    try (var first = exchange("http", answer);
        var second = exchange("http", answer);
        var proxyter = FakeProxyter.to(first, second);
        var transport = by(proxyter.address(), Rotation.spread(2))) {
      var turn =
          FakeRest.at("http://localhost:1", transport, Limit.of("weight", 4, Duration.ofHours(1)))
              .get("/time")
              .cost("weight", 2)
              .as(Time.class);
      // The first address is used up, so the third request takes the second one.
      for (int i = 0; i < 3; i++) Transports.run(turn, CANDLES);
      assertThat(first.requests).hasSize(2);
      assertThat(second.requests).hasSize(1);
      // It turned out to be the same address: what is left of it is left alone.
      var thread =
          Transports.start(turn, CANDLES, new java.util.concurrent.CompletableFuture<Time>());
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  transport.limits().stream()
                      .anyMatch(
                          state -> state.waiting() == 1 && state.egress().endsWith("/s=acme")));
      assertThat(second.requests).hasSize(1);
      thread.interrupt();
      thread.join();
    }
  }

  @Test
  void byWhichProxyATunnelLeavesIsHeard() throws Exception {
    var heard = new CopyOnWriteArrayList<String>();
    Feedback.Post post =
        (_, _, body) ->
            new HttpReply(
                200,
                Map.of(),
                "{\"action\":\"noted\",\"switch\":false,\"proxy\":\"fr-7\"}\n"
                    .repeat((int) new String(body, StandardCharsets.UTF_8).lines().count())
                    .getBytes(StandardCharsets.UTF_8),
                Instant.EPOCH,
                Instant.EPOCH);
    var listener =
        new Feedback.Listener() {
          @Override
          public void leavesBy(String id, String proxy) {
            heard.add(id + " by " + proxy);
          }

          @Override
          public void leave(String id) {
            heard.add(id + " is left");
          }
        };
    var admin = new ProxyterAddress.Admin(URI.create("http://127.0.0.1:1"), Optional.empty());
    try (var feedback =
        new Feedback(admin, "", Timeline.of(java.time.InstantSource.system()), post, listener)) {
      feedback.tell(Sighting.of("me-1", Phase.WAIT));
      feedback.tell(Sighting.of("me-2", Phase.TLS));
    }
    assertThat(heard).containsExactly("me-1 by fr-7", "me-2 by fr-7");
  }

  @Test
  void anAdminPortThatDoesNotTakeItFailsNoRequest() throws Exception {
    try (var exchange = exchange("https", Loopback.ok(BODY));
        var proxyter = FakeProxyter.to(exchange);
        var admin = new Admin()) {
      for (var status : List.of("401 No", "404 No", "503 Later")) {
        admin.status = status;
        try (var transport =
            by(proxyter.address().admin(admin.url(), Optional.empty()), Rotation.never())) {
          assertThat(ask(FakeRest.at("https://localhost:1", transport))).isEmpty();
        }
      }
      assertThat(admin.posts.get()).isGreaterThanOrEqualTo(3);
    }
    // Nor does one that is not there, and nobody waits long for it in the end.
    try (var exchange = exchange("https", Loopback.ok(BODY));
        var proxyter = FakeProxyter.to(exchange)) {
      var began = Instant.now();
      try (var transport =
          by(
              proxyter.address().admin(URI.create("http://127.0.0.1:1"), Optional.empty()),
              Rotation.never())) {
        assertThat(ask(FakeRest.at("https://localhost:1", transport))).isEmpty();
      }
      assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void aBanThatCouldNotBeToldIsToldWhenTheAdminPortIsBack() throws Exception {
    try (var exchange =
            exchange("https", Loopback.reply("418 No", "retry-after: 600", "{\"code\":-1003}"));
        var proxyter = FakeProxyter.to(exchange);
        var admin = new Admin();
        var transport =
            by(proxyter.address().admin(admin.url(), Optional.empty()), Rotation.never())) {
      admin.status = "503 Later";
      assertThat(ask(FakeRest.at("https://localhost:1", transport, WEIGHT))).isPresent();
      await().atMost(Duration.ofSeconds(20)).until(() -> admin.posts.get() > 0);
      admin.status = "200 OK";
      admin.awaitLines(1);
      assertThat(field(admin.lines.getFirst(), "status")).isEqualTo("418");
    }
  }

  @Test
  void withoutAnAdminPortABanGoesWithTheNextTunnelAndOnlyWithThatOne() throws Exception {
    try (var banning =
            exchange("https", Loopback.reply("418 No", "retry-after: 600", "{\"code\":-1003}"));
        var other = exchange("https", Loopback.ok(BODY));
        var proxyter = FakeProxyter.to(banning, other);
        var transport = by(proxyter.address(), Rotation.onBan(2))) {
      var acme = FakeRest.at("https://localhost:1", transport, WEIGHT);
      for (int i = 0; i < 3; i++) assertThat(ask(acme)).isEmpty();
      String banned = proxyter.asked.getFirst().replaceAll(".*,id=", "");
      assertThat(proxyter.asked).hasSize(3);
      assertThat(proxyter.asked.get(1)).matches(".*,sr=2,.*,fb=" + banned + "%3A418%3A60[0-2]");
      // The tunnel that told it is not used again, so that it cannot be told again.
      assertThat(proxyter.asked.get(2)).doesNotContain("fb=");
      assertThat(other.requests).hasSize(3);
    }
  }
}
