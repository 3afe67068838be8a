package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.proxy.ProxyScheme;
import io.tradeflood.proxy.ProxyterAddress;
import io.tradeflood.proxy.RequestType;
import io.tradeflood.proxy.Route;
import io.tradeflood.turn.Failure;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said, in one line, when Proxyter does not let a request through or is none. */
@Timeout(60)
class ProxyterRefusalTest {
  record Time(long serverTime) {}

  private static final RequestType CANDLES = new RequestType("acme", "candles");
  private static final String BODY = "{\"serverTime\":1499827319559}";

  /** Refuses all, for TLS and plain HTTP. */
  private static <F extends Failure> void refusing(
      String answer, int tries, Class<F> kind, String message) throws Exception {
    for (var scheme : new String[] {"http", "https"})
      try (var exchange = Loopback.json(BODY);
          var proxyter = FakeProxyter.to(exchange)) {
        proxyter.refusal = _ -> Optional.of(answer);
        failure(proxyter.address(), scheme)
            .isInstanceOf(kind)
            .hasMessageMatching(
                message
                    .replace("SUBJECT", "acme.rest at " + scheme + "://api.acme.example")
                    .replace("ADDRESS", proxyter.address().toString())
                    .replace("ROUTE", "proxyter://ADDRESS/acme.candles,s=acme,sm=firm")
                    .replace("ADDRESS", proxyter.address().toString())
                    .replace("(", "\\(")
                    .replace(")", "\\)"))
            .hasMessageNotContaining(FakeProxyter.SECRET);
        assertThat(proxyter.asked).hasSize(tries);
        assertThat(exchange.requests).isEmpty();
      }
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> failure(
      ProxyterAddress address, String scheme) {
    try (var transport =
        Transports.by(
            ProxyScheme.via(new Route.Proxyter(address)),
            Map.of("net.tries", "2", "net.connect", "2s", "net.tls", "300ms"))) {
      var turn = FakeRest.at(scheme + "://api.acme.example", transport).get("/time").as(Time.class);
      return assertThatThrownBy(() -> Transports.run(turn, CANDLES)).hasMessageNotContaining("\n");
    }
  }

  @Test
  void aTypeThatMayNotPassIsRefused() throws Exception {
    refusing(
        FakeProxyter.refused(
            403, "error=http_request_denied; details=\"type 'acme.candles' has no route\""),
        1,
        Failure.Refused.class,
        "Proxyter at ADDRESS does not let acme.candles through (http_request_denied, ROUTE):"
            + " type 'acme.candles' has no route");
  }

  @Test
  void aPayloadThatItDoesNotKnowIsRefused() throws Exception {
    refusing(
        FakeProxyter.refused(
            400, "error=http_request_error; details=\"unknown key 'sr', \\\"x\\\"\""),
        1,
        Failure.Refused.class,
        "Proxyter at ADDRESS does not let acme.candles through (http_request_error, ROUTE):"
            + " unknown key 'sr', \"x\"");
  }

  @Test
  void itsOwnLimitsAreLimits() throws Exception {
    refusing(
        FakeProxyter.refused(
            503, "error=connection_limit_reached; details=\"full\"", "Retry-After: 1"),
        2,
        Failure.Limited.class,
        "Proxyter at ADDRESS has no room for acme.candles until \\S+ (ROUTE): full:"
            + " wait, or raise its limits");
  }

  @Test
  void noProxyIsNoWayThrough() throws Exception {
    refusing(
        FakeProxyter.refused(
            503, "error=destination_unavailable; details=\"3 down\"", "Retry-After: 1"),
        2,
        Failure.Unreachable.class,
        "SUBJECT was not asked, there is no way through at Proxyter at ADDRESS:"
            + " destination_unavailable, 3 down (proxy, ROUTE):"
            + " try again later, or look at Proxyter's events");
  }

  @Test
  void whatMoreThanOneProxySaysOfTheExchangeIsTheExchanges() throws Exception {
    refusing(
        FakeProxyter.refused(
            502, "error=connection_refused; next-hop=origin; details=\"fr-7 and de-2: refused\""),
        2,
        Failure.Unreachable.class,
        "SUBJECT was not reached, and not by one proxy alone, by Proxyter at ADDRESS:"
            + " connection_refused, fr-7 and de-2: refused (connect, ROUTE):"
            + " check the network, or give another address with --host acme.rest=URL");
  }

  @Test
  void whatIsNotSettledIsTheWaysThrough() throws Exception {
    refusing(
        FakeProxyter.refused(504, "error=connection_timeout; details=\"fr-7: silent\""),
        2,
        Failure.Unreachable.class,
        "SUBJECT was not reached by Proxyter at ADDRESS: connection_timeout, fr-7: silent"
            + " (proxy, ROUTE): try again later, or look at Proxyter's events");
  }

  @Test
  void aLoopIsNotTriedAgain() throws Exception {
    refusing(
        FakeProxyter.refused(502, "error=proxy_loop_detected"),
        1,
        Failure.Unreachable.class,
        "SUBJECT was not reached by Proxyter at ADDRESS: proxy_loop_detected (proxy, ROUTE):"
            + " try again later, or look at Proxyter's events");
  }

  @Test
  void aWrongSecretIsSaidBeforeAnythingIsSent() throws Exception {
    try (var exchange = Loopback.json(BODY);
        var proxyter = FakeProxyter.to(exchange)) {
      failure(proxyter.address().secret("wrong"), "https")
          .isInstanceOf(Failure.Unreachable.class)
          .hasMessageContaining(
              "was not asked: Proxyter at %s does not accept our secret (proxy, "
                  .formatted(proxyter.address()))
          .hasMessageContaining(
              "give its secret as in --proxyter http://SECRET@" + proxyter.address())
          .hasMessageNotContaining("wrong");
      failure(ProxyterAddress.of(proxyter.address().host(), proxyter.address().port()), "http")
          .hasMessageContaining("wants a secret (proxy, ");
      assertThat(proxyter.asked).isEmpty();
    }
  }

  @Test
  void nobodyThereIsSaid() throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    failure(ProxyterAddress.of("127.0.0.1", port), "https")
        .isInstanceOf(Failure.Unreachable.class)
        .hasMessage(
            "acme.rest at https://api.acme.example was not asked: Proxyter at 127.0.0.1:%d refused the"
                + " connection (proxy, proxyter://127.0.0.1:%d/acme.candles,s=acme,sm=firm, 2 tries):"
                + " start it with tradeflood proxyter, or correct --proxyter",
            port, port);
    failure(ProxyterAddress.of("nobody.invalid", 1), "https")
        .hasMessageContaining("Proxyter at nobody.invalid:1 has a name that is not known");
  }

  @Test
  void anotherProxyIsNoProxyter() throws Exception {
    try (var other = ProxyServer.refusing("407 Proxy Authentication Required")) {
      failure(ProxyterAddress.of("127.0.0.1", other.port()), "https")
          .isInstanceOf(Failure.Unreachable.class)
          .hasMessageContaining(
              "was not asked: what listens at 127.0.0.1:%d is no Proxyter: expected an answer with"
                      .formatted(other.port())
                  + " Proxy-Status: proxyter, found"
                  + " \"HTTP/1.1 407 Proxy Authentication Required\" (proxy, ");
      assertThat(other.asked).hasSize(1);
    }
  }

  @Test
  void whatDoesNotSpeakHttpIsNoProxyter() throws Exception {
    try (var other =
        Loopback.answering("SSH-2.0-OpenSSH_9.2p1\r\n\r\n".getBytes(StandardCharsets.UTF_8))) {
      failure(ProxyterAddress.of("127.0.0.1", other.port()), "https")
          .hasMessageContaining("is no Proxyter: ")
          .hasMessageContaining("SSH-2.0");
    }
    try (var mute = Loopback.answering(new byte[0])) {
      failure(ProxyterAddress.of("127.0.0.1", mute.port()), "https")
          .hasMessageContaining("was not asked: Proxyter at 127.0.0.1:")
          .hasMessageContaining("did not answer in time (proxy, ");
    }
  }
}
