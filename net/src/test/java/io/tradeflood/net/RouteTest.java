package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.proxy.ProxyScheme;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.proxy.Route;
import io.tradeflood.proxy.Route.Credentials;
import io.tradeflood.proxy.Route.Protocol;
import io.tradeflood.turn.Failure;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which way requests take, and who they say they are on it. */
class RouteTest {
  record Time(long serverTime) {}

  private static final String BODY = "{\"serverTime\":1499827319559}";
  private static final Time TIME = new Time(1499827319559L);

  @TempDir static Path folder;
  private static Certificate certificate;

  @BeforeAll
  static void makeACertificate() throws Exception {
    certificate = Certificate.in(folder);
  }

  @Test
  void theCredentialsOfEachRequestReachTheHttpProxy() throws Exception {
    eachRequestHasItsOwnCredentials(Protocol.HTTP, ServerSocketFactory.getDefault(), "http");
    eachRequestHasItsOwnCredentials(Protocol.HTTP, certificate.sockets(), "https");
  }

  @Test
  void theCredentialsOfEachRequestReachTheSocksProxyWhichResolvesTheName() throws Exception {
    eachRequestHasItsOwnCredentials(Protocol.SOCKS5, ServerSocketFactory.getDefault(), "http");
    eachRequestHasItsOwnCredentials(Protocol.SOCKS5, certificate.sockets(), "https");
  }

  private static void eachRequestHasItsOwnCredentials(
      Protocol protocol, ServerSocketFactory sockets, String scheme) throws Exception {
    // A name that only the proxy knows; the certificate is good for localhost alone.
    String host = scheme.equals("http") ? "only-the-proxy-knows.invalid" : "localhost";
    try (var server = exchange(sockets);
        var proxy = protocol == Protocol.HTTP ? ProxyServer.http() : ProxyServer.socks();
        var transport = Transports.by(users(protocol, proxy), trusting())) {
      var acme = FakeRest.at(scheme + "://" + host + ":" + server.port(), transport);
      var turn = acme.get("/time").as(Time.class);
      for (var user : List.of("u1", "u2", "u1"))
        assertThat(Transports.run(turn, new RequestType("acme", user))).isEqualTo(TIME);
      // In tunnels the second request of u1 goes the way of the first; in the open each names him.
      boolean tunnels = protocol == Protocol.SOCKS5 || scheme.equals("https");
      var expected = new ArrayList<>(List.of("u1:pw-u1 ", "u2:pw-u2 "));
      if (!tunnels) expected.add("u1:pw-u1 ");
      expected.replaceAll(who -> who + host + ":" + server.port());
      assertThat(proxy.asked).isEqualTo(expected);
      assertThat(proxy.connections()).isEqualTo(2);
      assertThat(String.join("", server.requests).toLowerCase(java.util.Locale.ROOT))
          .doesNotContain("proxy-authorization");
    }
  }

  private static Loopback exchange(ServerSocketFactory sockets) throws Exception {
    return new Loopback(
        conversation -> {
          while (conversation.next()) conversation.write(Loopback.ok(BODY));
        },
        sockets);
  }

  private static ProxyScheme users(Protocol protocol, ProxyServer proxy) {
    return type ->
        new Route.Via(
            protocol,
            "127.0.0.1",
            proxy.port(),
            Optional.of(new Credentials(type.endpoint(), "pw-" + type.endpoint())));
  }

  private static Map<String, String> trusting() {
    return Map.of("net.trust", certificate.pem().toString(), "net.tries", "1");
  }

  @Test
  void aProxyThatDoesNotKnowUsIsNotTheExchangesFault() throws Exception {
    for (var status : List.of("407 Proxy Authentication Required", "401 Unauthorized"))
      refused(
          ProxyServer.refusing(status),
          Protocol.HTTP,
          "the proxy %%s does not accept our name and password (%s)".formatted(status),
          1);
  }

  @Test
  void aProxyThatDoesNotGetThroughIsAskedAgain() throws Exception {
    refused(
        ProxyServer.refusing("502 Bad Gateway"),
        Protocol.HTTP,
        "the proxy %s did not let us through: it answered 502 Bad Gateway",
        2);
    refused(
        ProxyServer.socksAnswering(5),
        Protocol.SOCKS5,
        "the proxy %s did not let us through: it answered connection refused",
        2);
  }

  private static void refused(ProxyServer server, Protocol protocol, String happened, int tries)
      throws Exception {
    var route = new Route.Via(protocol, "127.0.0.1", server.port(), Optional.empty());
    try (var proxy = server;
        var transport = Transports.via(route, Map.of("net.tries", "2"))) {
      var acme = FakeRest.at("https://api.acme.example", transport);
      assertThatThrownBy(() -> Transports.run(acme.get("/time").as(Time.class)))
          .isInstanceOfSatisfying(
              Failure.Unreachable.class,
              failure -> {
                assertThat(failure.phase()).isEqualTo("proxy");
                assertThat(failure.route()).isEqualTo(route.toString());
              })
          .hasMessage(
              "acme.rest at https://api.acme.example was not asked: %s (proxy, %s%s): check the proxy, or take another route",
              happened.formatted(route), route, tries > 1 ? ", 2 tries" : "");
      assertThat(proxy.asked).hasSize(tries);
    }
  }

  @Test
  void aProxyThatIsNotThereIsNotTheExchangesFault() throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var route = new Route.Via(Protocol.HTTP, "127.0.0.1", port, Optional.empty());
    try (var transport = Transports.via(route, Map.of("net.tries", "1"))) {
      var acme = FakeRest.at("https://api.acme.example", transport);
      assertThatThrownBy(() -> Transports.run(acme.get("/time").as(Time.class)))
          .hasMessage(
              "acme.rest at https://api.acme.example was not asked: the proxy %s refused the connection (proxy, %s): check the proxy, or take another route",
              route, route);
    }
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
    try (var server = exchange(certificate.sockets());
        var transport = Transports.direct(Map.of())) {
      var acme = FakeRest.at("https://127.0.0.1:" + server.port(), transport);
      assertThatThrownBy(() -> Transports.run(acme.get("/time").as(Time.class)))
          .isInstanceOfSatisfying(
              Failure.Unreachable.class, f -> assertThat(f.phase()).isEqualTo("tls"))
          .hasMessageContaining("has a certificate that is not trusted: ")
          .hasMessageNotContaining("tries")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aCertificateForAnotherNameIsRefused() throws Exception {
    try (var server = exchange(certificate.sockets());
        var proxy = ProxyServer.http();
        var transport =
            Transports.via(
                new Route.Via(Protocol.HTTP, "127.0.0.1", proxy.port(), Optional.empty()),
                trusting())) {
      var acme = FakeRest.at("https://other.example:" + server.port(), transport);
      assertThatThrownBy(() -> Transports.run(acme.get("/time").as(Time.class)))
          .isInstanceOfSatisfying(
              Failure.Unreachable.class, f -> assertThat(f.phase()).isEqualTo("tls"))
          .hasMessageContaining("other.example");
    }
  }

  @Test
  void aServerThatSpeaksNoTlsIsNamed() throws Exception {
    try (var server = Loopback.answering(Loopback.ok(BODY));
        var mute =
            new Loopback(
                conversation -> {
                  conversation.in.read();
                  conversation.write("HTTP/1.1 400 Bad Request\r\n\r\n");
                });
        var transport = Transports.direct(Map.of("net.tries", "1", "net.tls", "300ms"))) {
      assertThatThrownBy(
              () ->
                  Transports.run(
                      FakeRest.at("https://127.0.0.1:" + mute.port(), transport)
                          .get("/time")
                          .as(Time.class)))
          .isInstanceOf(Failure.Unreadable.class)
          .hasMessageContaining("does not speak TLS: found \"HTTP/1.1 400 Bad Request\"");
      assertThatThrownBy(
              () ->
                  Transports.run(
                      FakeRest.at("https://127.0.0.1:" + server.port(), transport)
                          .get("/time")
                          .as(Time.class)))
          .isInstanceOfSatisfying(
              Failure.Unreachable.class, f -> assertThat(f.phase()).isEqualTo("tls"));
    }
  }

  @Test
  void aServerThatOffersHttp2IsSpokenToInIt() throws Exception {
    var vertx = Vertx.vertx();
    try (var transport = Transports.direct(trusting())) {
      var server =
          vertx
              .createHttpServer(
                  new HttpServerOptions()
                      .setHost("127.0.0.1")
                      .setPort(0)
                      .setSsl(true)
                      .setUseAlpn(true)
                      .setKeyCertOptions(
                          new PfxOptions()
                              .setPath(certificate.store().toString())
                              .setPassword(certificate.password())))
              .requestHandler(
                  request ->
                      request.response().end("{\"version\":\"%s\"}".formatted(request.version())))
              .listen()
              .toCompletionStage()
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
      record Version(String version) {}
      var acme = FakeRest.at("https://127.0.0.1:" + server.actualPort(), transport);
      for (int i = 0; i < 3; i++)
        assertThat(Transports.run(acme.get("/").as(Version.class)).version()).isEqualTo("HTTP_2");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }
}
