package io.tradeflood.proxyter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxyter.hop.Names;
import io.tradeflood.proxyter.hop.PrivateRanges;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DirectTest {
  private final GatewayFixture fixture = new GatewayFixture();
  private final FakeTarget echo = fixture.with(FakeTarget.echo());

  @AfterEach
  void close() {
    fixture.close();
  }

  private void start(boolean allowPrivate, Names.Lookup lookup) {
    fixture.start(
        "proxies: [{id: here, url: direct}]\ndirect: {allowPrivate: %s}\n".formatted(allowPrivate),
        InstantSource.system(),
        Transport.best(),
        lookup);
  }

  private static InetAddress[] addresses(String... texts) throws UnknownHostException {
    var all = new InetAddress[texts.length];
    for (int i = 0; i < texts.length; i++) all[i] = InetAddress.getByName(texts[i]);
    return all;
  }

  @Test
  void withoutAProxyTheTargetIsReachedByName() throws IOException {
    start(true, _ -> addresses("127.0.0.1"));
    FakeClient client = fixture.client();
    assertThat(client.connect("echo.example:" + echo.port(), "")).contains("Proxyter-Proxy: here");
    assertThat(client.echo("hello")).isEqualTo("hello");
  }

  @Test
  void theNextAddressIsTriedWhenOneRefuses() throws IOException {
    start(true, _ -> addresses("127.0.0.2", "127.0.0.1"));
    FakeClient client = fixture.client();
    assertThat(client.connect("echo.example:" + echo.port(), "")).contains(" 200 ");
    assertThat(client.echo("hello")).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1.2.3",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fd00::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:a00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[::7f00:1]"
      })
  void privateAddressesAreRefused(String host) throws IOException {
    start(false, InetAddress::getAllByName);
    String answer = fixture.client().connect(host + ":80", "");
    assertThat(answer)
        .startsWith("HTTP/1.1 403 ")
        .contains("error=http_request_denied", "direct.allowPrivate is off");
  }

  @Test
  void aNameThatLeadsToAPrivateAddressIsRefused() throws IOException {
    start(false, _ -> addresses("127.0.0.1", "::1"));
    assertThat(fixture.client().connect("rebound.example:" + echo.port(), ""))
        .startsWith("HTTP/1.1 403 ");
    assertThat(fixture.client().socks("t", "", "rebound.example", echo.port())).isEqualTo(2);
    assertThat(echo.accepted).hasValue(0);
  }

  @Test
  void whatIsNotAllowedIsRefusedAlikeEachTimeAndBlamesNobody() throws IOException {
    start(false, _ -> addresses("127.0.0.1"));
    for (int i = 0; i < 3; i++)
      assertThat(fixture.client().connect("10.0.0.1:80", ""))
          .startsWith("HTTP/1.1 403 ")
          .contains("details=\"10.0.0.1 is a private address: direct.allowPrivate is off\"");
    assertThat(fixture.health.attempts).isEmpty();
    assertThat(fixture.gateway().stats().proxies().get("here").failed()).isZero();
  }

  @Test
  void aNameThatLeadsBackHereBlamesNobody() throws IOException {
    start(true, _ -> addresses("127.0.0.1"));
    assertThat(fixture.client().connect("me.example:" + fixture.gateway().port(), ""))
        .startsWith("HTTP/1.1 502 ")
        .contains("error=proxy_loop_detected");
    assertThat(fixture.health.attempts).isEmpty();
  }

  @Test
  void whatMayNotBeReachedDirectlyLeavesByAnother() throws IOException {
    FakeProxy proxy = fixture.with(FakeProxy.open());
    fixture.start(
        "proxies: [{id: here, url: direct, weight: 100}, {id: other, url: '%s', weight: 0.01}]\n"
            .formatted(proxy.url("http")));
    String target = "127.0.0.1:" + echo.port();
    for (int i = 0; i < 3; i++)
      assertThat(fixture.client().connect(target, "")).contains("Proxyter-Proxy: other");
    assertThat(fixture.health.signalsOf("here")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111"})
  void publicAddressesAreNoPrivateOnes(String address) throws UnknownHostException {
    assertThat(PrivateRanges.contains(InetAddress.getByName(address))).isFalse();
  }

  @Test
  void whatFailsWithoutAProxyIsTheTargetsFault() throws IOException {
    start(
        true,
        name -> {
          throw new UnknownHostException(name);
        });
    assertThat(fixture.client().connect("nowhere.example:80", ""))
        .startsWith("HTTP/1.1 502 ")
        .contains("error=dns_error; next-hop=origin");
    echo.stopListening();
    GatewayFixture.until(() -> GatewayFixture.refuses(echo.port()));
    assertThat(fixture.client().connect("127.0.0.1:" + echo.port(), ""))
        .startsWith("HTTP/1.1 502 ")
        .contains("error=connection_refused; next-hop=origin")
        .contains(
            "details=\"here O-REFUSED: 127.0.0.1:%d refused the connection\""
                .formatted(echo.port()));
    assertThat(fixture.health.signalsOf("here")).containsExactly("O-DNS", "O-REFUSED");
  }
}
