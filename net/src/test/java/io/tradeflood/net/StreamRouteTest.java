package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.live.Event;
import io.tradeflood.live.FeedState;
import io.tradeflood.net.json.JsonScanner;
import io.tradeflood.net.stream.FakeExchange;
import io.tradeflood.net.stream.FakeStream;
import io.tradeflood.proxy.ProxyScheme;
import io.tradeflood.proxy.Route;
import io.tradeflood.proxy.Route.Credentials;
import io.tradeflood.proxy.Route.Protocol;
import io.tradeflood.turn.Failure;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which way streams take, and what is said when it is barred. */
class StreamRouteTest {
  @TempDir static Path folder;
  private static Certificate certificate;

  @BeforeAll
  static void makeACertificate() throws Exception {
    certificate = Certificate.in(folder);
  }

  private static Map<String, String> trusting(String... more) {
    var settings =
        new HashMap<>(Map.of("net.trust", certificate.pem().toString(), "net.tries", "1"));
    for (int i = 0; i < more.length; i += 2) settings.put(more[i], more[i + 1]);
    return settings;
  }

  private static ProxyScheme by(Protocol protocol, int port, String user) {
    return ProxyScheme.via(
        new Route.Via(
            protocol, "127.0.0.1", port, Optional.of(new Credentials(user, "pw-" + user))));
  }

  /** Subscribes and reads one row. */
  private static void works(FakeExchange exchange, String url, ProxyScheme scheme)
      throws Exception {
    var transport = FakeStream.transport(scheme, trusting());
    try (var _ = (AutoCloseable) transport) {
      var feed =
          FakeStream.run(FakeStream.at(url, transport).channel("a").feed(JsonScanner::readLong));
      try (var reader = feed.read()) {
        exchange.next().send("{\"ch\":\"a\",\"data\":5}");
        assertThat(reader.poll(Duration.ofSeconds(20)).orElseThrow())
            .isInstanceOfSatisfying(
                Event.Status.class,
                s -> assertThat(s.state()).isEqualTo(new FeedState.Connected()));
        assertThat(reader.poll(Duration.ofSeconds(20)).orElseThrow())
            .isInstanceOfSatisfying(Event.Data.class, d -> assertThat(d.row()).isEqualTo(5L));
      }
    }
  }

  private static FakeExchange exchange(boolean packs, ServerSocketFactory sockets)
      throws Exception {
    var exchange = new FakeExchange(packs, sockets);
    exchange.script =
        (client, text) ->
            client.send("{\"done\":" + text.replaceFirst(".*\"id\":(\\d+).*", "$1") + "}");
    return exchange;
  }

  @Test
  void byTlsAndPacked() throws Exception {
    try (var exchange = exchange(true, certificate.sockets())) {
      works(exchange, "wss://localhost:" + exchange.port(), ProxyScheme.direct());
    }
  }

  @Test
  void byAnHttpProxyThatResolvesTheName() throws Exception {
    try (var exchange = exchange(false, ServerSocketFactory.getDefault());
        var proxy = ProxyServer.http()) {
      String host = "only-the-proxy-knows.invalid:" + exchange.port();
      works(exchange, "ws://" + host, by(Protocol.HTTP, proxy.port(), "u1"));
      works(exchange, "ws://" + host, by(Protocol.HTTP, proxy.port(), "u2"));
      assertThat(proxy.asked).containsExactly("u1:pw-u1 " + host, "u2:pw-u2 " + host);
    }
  }

  @Test
  void byASocksProxyThatResolvesTheName() throws Exception {
    try (var exchange = exchange(false, ServerSocketFactory.getDefault());
        var proxy = ProxyServer.socks()) {
      String host = "only-the-proxy-knows.invalid:" + exchange.port();
      works(exchange, "ws://" + host, by(Protocol.SOCKS5, proxy.port(), "u1"));
      assertThat(proxy.asked).containsExactly("u1:pw-u1 " + host);
    }
    try (var exchange = exchange(true, certificate.sockets());
        var proxy = ProxyServer.socks()) {
      works(
          exchange, "wss://localhost:" + exchange.port(), by(Protocol.SOCKS5, proxy.port(), "u1"));
    }
  }

  @Test
  void byProxyterWithItsPayload() throws Exception {
    try (var exchange = exchange(false, ServerSocketFactory.getDefault());
        var relay = relay(exchange.port());
        var proxyter = FakeProxyter.to(relay)) {
      works(
          exchange,
          "ws://only-proxyter-knows.invalid",
          ProxyScheme.via(new Route.Proxyter(proxyter.address())));
      assertThat(proxyter.asked).hasSize(1);
      assertThat(proxyter.asked.getFirst()).startsWith("acme.trades,s=acme,sm=firm,id=s");
    }
  }

  /** What the proxy's tunnels lead to, and from there to the exchange. */
  static Loopback relay(int port) throws Exception {
    return new Loopback(
        conversation -> {
          try (var server = javax.net.SocketFactory.getDefault().createSocket("127.0.0.1", port)) {
            var back =
                Thread.ofVirtual()
                    .start(
                        () -> {
                          try (var _ = conversation.socket) {
                            server.getInputStream().transferTo(conversation.out);
                          } catch (java.io.IOException _) {
                            // One of them went away.
                          }
                        });
            byte[] part = new byte[4096];
            for (int n = conversation.in.read(part); n >= 0; n = conversation.in.read(part))
              server.getOutputStream().write(part, 0, n);
            server.close();
            back.join();
          }
        });
  }

  @Test
  void whatBarsTheWayIsTold() throws Exception {
    try (var proxy = ProxyServer.refusing("407 Proxy Authentication Required")) {
      fails(
          "ws://acme.example",
          by(Protocol.HTTP, proxy.port(), "u1"),
          "proxy",
          "was not asked: the proxy http://u1:***@127.0.0.1:%d does not accept our name and password"
              .formatted(proxy.port())
              .replace(":***", ""));
    }
    try (var proxy = ProxyServer.socksAnswering(4)) {
      fails(
          "ws://acme.example",
          by(Protocol.SOCKS5, proxy.port(), "u1"),
          "proxy",
          "did not let us through: it answered host unreachable");
    }
    try (var mute = new Loopback(Loopback.Conversation::mute)) {
      fails(
          "wss://127.0.0.1:" + mute.port(),
          ProxyScheme.direct(),
          "tls",
          "did not agree on TLS: handshake timed out");
      fails(
          "ws://127.0.0.1:" + mute.port(),
          ProxyScheme.direct(),
          "wait",
          "did not begin to answer within 300 ms");
    }
    try (var free = new ServerSocket(0)) {
      int port = free.getLocalPort();
      free.close();
      fails(
          "ws://127.0.0.1:" + port,
          by(Protocol.HTTP, port, "u1"),
          "proxy",
          "refused the connection");
    }
    try (var exchange = exchange(false, certificate.sockets())) {
      var transport = FakeStream.transport(Map.of("net.tries", "9"));
      try (var _ = (AutoCloseable) transport) {
        assertThatThrownBy(
                () ->
                    FakeStream.run(
                        FakeStream.at("wss://localhost:" + exchange.port(), transport)
                            .channel("a")
                            .feed(JsonScanner::readLong)))
            .isInstanceOf(Failure.Unreachable.class)
            .hasMessageContaining("has a certificate that is not trusted")
            .hasMessageContaining("net.trust");
      }
    }
  }

  private static void fails(String url, ProxyScheme scheme, String phase, String words)
      throws Exception {
    var transport =
        FakeStream.transport(scheme, trusting("net.tls", "300ms", "net.first-byte", "300ms"));
    try (var _ = (AutoCloseable) transport) {
      assertThatThrownBy(
              () ->
                  FakeStream.run(
                      FakeStream.at(url, transport).channel("a").feed(JsonScanner::readLong)))
          .isInstanceOfSatisfying(
              Failure.Unreachable.class, f -> assertThat(f.phase()).isEqualTo(phase))
          .hasMessageContaining(words)
          .hasMessageNotContaining("pw-u1")
          .hasMessageNotContaining("\n");
    }
  }
}
