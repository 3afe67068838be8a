package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tradeflood.live.Event;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.stream.FakeExchange;
import io.tradeflood.net.stream.FakeStream;
import io.tradeflood.proxy.ProxyScheme;
import io.tradeflood.proxy.ProxyterAddress;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.proxy.Route;
import io.tradeflood.turn.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proxyter spoken to in TLS, and in it the exchange in TLS of its own. */
@Timeout(60)
class ProxyterTlsTest {
  record Time(long serverTime) {}

  private static final RequestType CANDLES = new RequestType("acme", "candles");
  private static final String BODY = "{\"serverTime\":1499827319559}";
  private static final Time TIME = new Time(1499827319559L);

  @TempDir static Path folder;
  private static Certificate exchanges;
  private static Certificate proxyters;
  private static Certificate anothers;

  @BeforeAll
  static void makeCertificates() throws Exception {
    exchanges = Certificate.in(folder);
    proxyters = Certificate.in(folder, "proxyter", "dns:localhost,ip:127.0.0.1");
    anothers = Certificate.in(folder, "another", "dns:proxyter.example");
  }

  private static ServerSocketFactory sockets(boolean secure) throws Exception {
    return secure ? exchanges.sockets() : ServerSocketFactory.getDefault();
  }

  private static Loopback exchange(boolean secure) throws Exception {
    return new Loopback(
        conversation -> {
          while (conversation.next()) conversation.write(Loopback.ok(BODY));
        },
        sockets(secure));
  }

  private static FakeProxyter proxyter(Loopback exchange, Certificate certificate)
      throws Exception {
    return new FakeProxyter(Map.of(1, exchange), certificate.sockets());
  }

  private static Map<String, String> trusting(Certificate certificate) {
    return new HashMap<>(
        Map.of(
            "net.trust",
            exchanges.pem().toString(),
            "net.proxyter-trust",
            certificate.pem().toString(),
            "net.tries",
            "1"));
  }

  private static HttpTransport to(ProxyterAddress address, Map<String, String> settings) {
    return Transports.by(ProxyScheme.via(new Route.Proxyter(address)), settings);
  }

  private static Time ask(HttpTransport transport, String scheme) {
    return Transports.run(
        FakeRest.at(scheme + "://localhost:1", transport).get("/time").as(Time.class), CANDLES);
  }

  /** Subscribes by a stream and reads one row. */
  private static void watch(FakeExchange exchange, String url, ProxyterAddress address)
      throws Exception {
    exchange.script =
        (client, text) ->
            client.send("{\"done\":" + text.replaceFirst(".*\"id\":(\\d+).*", "$1") + "}");
    var transport =
        FakeStream.transport(ProxyScheme.via(new Route.Proxyter(address)), trusting(proxyters));
    try (var _ = (AutoCloseable) transport;
        var reader =
            FakeStream.run(FakeStream.at(url, transport).channel("a").feed(JsonScanner::readLong))
                .read()) {
      exchange.next().send("{\"ch\":\"a\",\"data\":5}");
      assertThat(reader.poll(Duration.ofSeconds(20)).orElseThrow())
          .isInstanceOf(Event.Status.class);
      assertThat(reader.poll(Duration.ofSeconds(20)).orElseThrow())
          .isInstanceOfSatisfying(Event.Data.class, data -> assertThat(data.row()).isEqualTo(5L));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void requestsGoByItAndTunnelsAreTakenAgain(String host) throws Exception {
    for (boolean secure : List.of(true, false))
      try (var exchange = exchange(secure);
          var proxyter = proxyter(exchange, proxyters);
          var transport =
              to(
                  ProxyterAddress.of(host, proxyter.address().port())
                      .inTls()
                      .secret(FakeProxyter.SECRET),
                  trusting(proxyters))) {
        for (int i = 0; i < 3; i++)
          assertThat(ask(transport, secure ? "https" : "http")).isEqualTo(TIME);
        // The greeting has a connection of its own, the requests share one.
        assertThat(proxyter.connections()).isEqualTo(1 + 1);
        assertThat(proxyter.asked)
            .hasSize(secure ? 1 : 3)
            .allMatch(payload -> payload.startsWith("acme.candles,s=acme,sm=firm,id="));
      }
  }

  @Test
  void streamsGoByItInTlsOrNot() throws Exception {
    for (boolean secure : List.of(true, false))
      try (var exchange = new FakeExchange(false, sockets(secure));
          var proxyter = toPort(exchange.port())) {
        watch(
            exchange,
            (secure ? "wss" : "ws") + "://localhost:" + exchange.port(),
            proxyter.address().inTls());
        assertThat(proxyter.asked).hasSize(1);
      }
  }

  /** In TLS; its tunnels lead to the port. */
  private static FakeProxyter toPort(int port) throws Exception {
    return proxyter(StreamRouteTest.relay(port), proxyters);
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(
      ProxyterAddress address, Map<String, String> settings) {
    try (var transport = to(address, settings)) {
      return assertThatThrownBy(() -> ask(transport, "https"))
          .isInstanceOf(Failure.Unreachable.class)
          .hasMessageNotContaining(FakeProxyter.SECRET)
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aCertificateThatIsNotTrustedIsProxytersFaultInOneLine() throws Exception {
    try (var exchange = exchange(true);
        var proxyter = proxyter(exchange, proxyters)) {
      var address = proxyter.address().inTls();
      String words =
          "was not asked: Proxyter at %s has a certificate that is not trusted: "
              .formatted(address);
      refused(address, trusting(exchanges))
          .hasMessageStartingWith("acme.rest at https://localhost:1 " + words)
          .hasMessageEndingWith(
              "(proxy, proxyter+tls://%s/acme.candles,s=acme,sm=firm): correct its address, or trust a certificate of your own by the setting net.proxyter-trust"
                  .formatted(address));
      // Without the setting those of net.trust are good for Proxyter too.
      refused(address, Map.of("net.trust", exchanges.pem().toString())).hasMessageContaining(words);
      var transport =
          FakeStream.transport(ProxyScheme.via(new Route.Proxyter(address)), trusting(exchanges));
      try (var _ = (AutoCloseable) transport) {
        assertThatThrownBy(
                () ->
                    FakeStream.run(
                        FakeStream.at("wss://localhost:1", transport)
                            .channel("a")
                            .feed(JsonScanner::readLong)))
            .hasMessageContaining(words)
            .hasMessageContaining("by the setting net.proxyter-trust")
            .hasMessageNotContaining("\n");
      }
      assertThat(proxyter.greetings).hasValue(0);
      assertThat(proxyter.asked).isEmpty();
    }
  }

  @Test
  void aCertificateForAnotherNameIsRefused() throws Exception {
    try (var exchange = exchange(true);
        var proxyter = proxyter(exchange, anothers)) {
      int port = proxyter.address().port();
      for (var host : List.of("localhost", "127.0.0.1"))
        refused(ProxyterAddress.of(host, port).inTls(), trusting(anothers))
            .hasMessageContaining(
                "Proxyter at %s:%d has a certificate that is not trusted: No subject alternative"
                    .formatted(host, port));
      assertThat(proxyter.greetings).hasValue(0);
    }
  }

  @Test
  void theExchangesCertificateIsTheExchangesFaultStill() throws Exception {
    try (var exchange = exchange(true);
        var proxyter = proxyter(exchange, proxyters)) {
      var settings = trusting(proxyters);
      settings.put("net.trust", proxyters.pem().toString());
      refused(proxyter.address().inTls(), settings)
          .hasMessageStartingWith(
              "acme.rest at https://localhost:1 has a certificate that is not trusted: ")
          .hasMessageContaining("(tls, proxyter+tls://")
          .hasMessageEndingWith("by the setting net.trust");
      assertThat(proxyter.greetings).hasValue(1);
    }
  }

  @Test
  void aCertificateThatChangesLaterIsProxytersFaultToo() throws Exception {
    for (boolean secure : List.of(true, false))
      try (var exchange = exchange(secure)) {
        var before = proxyter(exchange, proxyters);
        var address = before.address().inTls();
        try (var transport = to(address, trusting(proxyters))) {
          assertThat(ask(transport, secure ? "https" : "http")).isEqualTo(TIME);
          before.close();
          try (var _ =
              new FakeProxyter(
                  Map.of(1, exchange), new OnPort(address.port(), anothers.sockets()))) {
            // A connection that was kept has to be seen to have ended first.
            await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                    () ->
                        assertThatThrownBy(() -> ask(transport, secure ? "https" : "http"))
                            .hasMessageContaining(
                                "was not asked: Proxyter at %s has a certificate that is not trusted"
                                    .formatted(address)));
          }
        }
      }
  }

  /** Listens on a port that is given, whatever is asked for. */
  private static final class OnPort extends ServerSocketFactory {
    private final int port;
    private final ServerSocketFactory sockets;

    OnPort(int port, ServerSocketFactory sockets) {
      this.port = port;
      this.sockets = sockets;
    }

    @Override
    public ServerSocket createServerSocket(int any) throws IOException {
      return sockets.createServerSocket(port);
    }

    @Override
    public ServerSocket createServerSocket(int any, int backlog) throws IOException {
      return sockets.createServerSocket(port, backlog);
    }

    @Override
    public ServerSocket createServerSocket(int any, int backlog, InetAddress address)
        throws IOException {
      return sockets.createServerSocket(port, backlog, address);
    }
  }

  @Test
  void whereNoTlsIsSpokenThatIsSaid() throws Exception {
    try (var exchange = exchange(true);
        var closing = new Loopback(conversation -> conversation.in.read());
        var plain = FakeProxyter.to(exchange)) {
      refused(ProxyterAddress.of("127.0.0.1", closing.port()).inTls(), trusting(proxyters))
          .hasMessageContaining(
              "was not asked: Proxyter at 127.0.0.1:%d ".formatted(closing.port()));
      var settings = trusting(proxyters);
      settings.put("net.tls", "300ms");
      refused(plain.address().inTls(), settings)
          .hasMessageContaining("was not asked: Proxyter at " + plain.address());
      assertThat(plain.asked).isEmpty();
    }
  }

  @Test
  void theAdminPortIsTrustedLikewise() throws Exception {
    var told = new CopyOnWriteArrayList<String>();
    try (var exchange = exchange(true);
        var proxyter = proxyter(exchange, proxyters);
        var admin =
            new Loopback(
                conversation -> {
                  while (conversation.next()) {
                    int length = Integer.parseInt(conversation.header("content-length"));
                    told.add(
                        new String(conversation.in.readNBytes(length), StandardCharsets.UTF_8));
                    conversation.write(Loopback.reply("200 OK", "", "{}\n"));
                  }
                },
                proxyters.sockets())) {
      var address =
          proxyter
              .address()
              .inTls()
              .admin(URI.create("https://127.0.0.1:" + admin.port()), Optional.empty());
      try (var transport = to(address, trusting(proxyters))) {
        assertThat(ask(transport, "https")).isEqualTo(TIME);
      }
      assertThat(told).isNotEmpty();
    }
  }
}
