package io.tradeflood.proxyter.hop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.unix.Errors;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.tradeflood.proxyter.health.Signal;
import io.tradeflood.proxyter.wire.Target;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CausesTest {
  record Case(Throwable cause, String words) {}

  private static IOException tls(String words) {
    return new SSLHandshakeException(words);
  }

  static List<Case> cases() {
    return List.of(
        new Case(
            new ConnectException("finishConnect(..) failed: Connection refused: /127.0.0.1:1"),
            "refused the connection"),
        new Case(new ConnectException(), "refused the connection"),
        new Case(new ConnectException("Connection timed out"), "did not answer in time"),
        new Case(new SocketTimeoutException("Read timed out"), "did not answer in time"),
        new Case(
            new HttpConnectTimeoutException("HTTP connect timed out"), "did not answer in time"),
        new Case(
            new NoRouteToHostException("No route to host"),
            "cannot be reached: no way leads there from here"),
        new Case(
            new ConnectException("connect(..) failed: Network is unreachable: /10.0.0.1:1"),
            "cannot be reached: no way leads there from here"),
        new Case(new UnknownHostException("a.example"), "has a name that is not known"),
        new Case(new SocketException("Connection reset"), "broke off the connection"),
        new Case(
            new IOException("recvAddress(..) failed with error(-104): Connection reset by peer"),
            "broke off the connection"),
        new Case(new ClosedChannelException(), "closed the connection"),
        new Case(
            new DecoderException(
                tls(
                    "PKIX path building failed: sun.security.provider.certpath."
                        + "SunCertPathBuilderException: unable to find valid certification path to"
                        + " requested target")),
            "has a certificate that is not trusted"),
        new Case(
            tls(
                "PKIX path validation failed: java.security.cert.CertPathValidatorException:"
                    + " validity check failed"),
            "has a certificate that has expired, or is not valid yet"),
        new Case(
            tls("No subject alternative names matching IP address 127.0.0.1 found"),
            "has a certificate for another name"),
        new Case(
            tls("Received fatal alert: handshake_failure"),
            "ended TLS with the alert handshake_failure"),
        new Case(
            new DecoderException(new NotSslRecordException("not an SSL/TLS record: 48545450")),
            "does not speak TLS"),
        new Case(tls("something else"), "failed in TLS: something else"),
        new Case(new IOException("strange(..) failed: odd\nand more"), "failed: odd"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatHappenedIsSaidInWords(Case given) {
    assertThat(Causes.inWords(given.cause())).isEqualTo(given.words());
  }

  @Test
  void whoWasDialledIsNamed() {
    var refused = new ConnectException("Connection refused");
    assertThat(Failure.unreachable(refused, Optional.empty()))
        .isEqualTo(Failure.of(Signal.PROXY_REFUSED, "it refused the connection"));
    assertThat(Failure.unreachable(refused, Optional.of(new Target("a.example", 443))))
        .isEqualTo(Failure.of(Signal.ORIGIN_REFUSED, "a.example:443 refused the connection"));
  }

  @Test
  void whatTheKernelSaysIsReadAsTheSystemGivesIt() {
    var refused = Errors.newIOException("finishConnect", Errors.ERRNO_ECONNRESET_NEGATIVE);
    assertThat(Causes.inWords(refused)).isEqualTo("broke off the connection");
  }
}
