package io.tradeflood.proxyter.gateway;

import static io.tradeflood.proxyter.gateway.FakeClient.basic;
import static io.tradeflood.proxyter.gateway.GatewayFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxyter.gateway.GatewayStats.Outcome;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class FaultTest {
  private final GatewayFixture fixture = new GatewayFixture();
  private final FakeTarget echo = fixture.with(FakeTarget.echo());
  private final FakeProxy bad = fixture.with(FakeProxy.open());
  private final FakeProxy good = fixture.with(FakeProxy.open());

  @AfterEach
  void close() {
    fixture.close();
  }

  private String target() {
    return "echo.example:" + echo.port();
  }

  /** Every tunnel of the session {@code bad} begins at the bad proxy. */
  private void start(String scheme, String more) {
    fixture.start(
        """
        proxies:
          - {id: bad, url: '%s'}
          - {id: good, url: '%s'}
        groups: {first: {proxies: [bad]}, second: {proxies: [good]}}
        """
                .formatted(bad.url(scheme), good.url("http"))
            + more);
  }

  record Case(String name, String scheme, FakeTarget.Deed deed, String signal) {
    @Override
    public String toString() {
      return scheme + " " + name;
    }
  }

  private static FakeTarget.Deed socks(int... bytes) {
    return socket -> {
      new FakeClient(socket).send(bytes);
      FakeServer.await(socket);
    };
  }

  private static FakeTarget.Deed speaking(String words) {
    return socket -> {
      socket.getInputStream().read();
      FakeServer.write(socket.getOutputStream(), words);
      FakeServer.await(socket);
    };
  }

  private static Case connect(String answer, String signal) {
    return new Case(
        answer.replace("\r\n", " "),
        "http",
        FakeProxy.answering("HTTP/1.1 " + answer + "\r\n\r\n"),
        signal);
  }

  static List<Case> faults() {
    return List.of(
        connect("407 Who", "P-AUTH"),
        connect("401 Who", "P-AUTH"),
        connect("597 Who", "P-AUTH"),
        connect("402 Pay", "P-QUOTA"),
        connect("429 Slow\r\nRetry-After: 7", "P-QUOTA"),
        connect("403 No", "P-POLICY"),
        connect("500 Oh", "X-CONNECT"),
        connect("502 Oh", "X-CONNECT"),
        connect("503 Oh", "X-CONNECT"),
        connect("590 Oh", "X-CONNECT"),
        connect("302 Elsewhere", "X-CONNECT"),
        connect("502 Oh\r\nProxy-Status: a; error=connection_refused", "X-CONNECT"),
        connect("502 Oh\r\nProxy-Status: a; error=connection_refused; next-hop=b", "O-REFUSED"),
        connect("504 Oh\r\nProxy-Status: a; error=connection_timeout; next-hop=b", "O-TIMEOUT"),
        connect("502 Oh\r\nProxy-Status: a; error=dns_error; next-hop=b", "O-DNS"),
        connect("503 Oh\r\nX-Squid-Error: ERR_CONNECT_FAIL 111", "O-REFUSED"),
        connect("503 Oh\r\nX-Squid-Error: ERR_CONNECT_FAIL 110", "O-TIMEOUT"),
        connect("403 Oh\r\nX-Squid-Error: ERR_ACCESS_DENIED 0", "P-POLICY"),
        new Case("garbage", "http", FakeProxy.answering("SSH-2.0-x\r\n\r\n"), "P-PROTO"),
        new Case(
            "a head without end",
            "http",
            FakeProxy.answering("HTTP/1.1 200 OK\r\nA: " + "x".repeat(9_000)),
            "P-PROTO"),
        new Case("close", "http", FakeProxy.CLOSING, "X-CLOSE"),
        new Case("close at once", "http", socket -> {}, "X-CLOSE"),
        new Case("reset", "http", FaultTest::resetOnceAsked, "X-CLOSE"),
        new Case("silence", "http", FakeProxy.SILENT, "X-SILENT"),
        new Case("silence", "socks5", FakeProxy.SILENT, "X-SILENT"),
        new Case("silence", "https", FakeProxy.SILENT, "X-SILENT"),
        new Case("no TLS", "https", speaking("HTTP/1.1 200 OK\r\n\r\n"), "P-TLS"),
        new Case("no method", "socks5", socks(5, 0xff), "P-AUTH"),
        new Case("a method unasked", "socks5", socks(5, 2), "P-PROTO"),
        new Case("HTTP", "socks5", speaking("HTTP/1.1 400 Oh\r\n\r\n"), "P-PROTO"),
        new Case("failure", "socks5", socks(5, 0, 5, 1, 0, 1, 0, 0, 0, 0, 0, 0), "X-CONNECT"),
        new Case("not allowed", "socks5", socks(5, 0, 5, 2, 0, 1, 0, 0, 0, 0, 0, 0), "P-POLICY"),
        new Case("network", "socks5", socks(5, 0, 5, 3, 0, 1, 0, 0, 0, 0, 0, 0), "X-CONNECT"),
        new Case("host", "socks5", socks(5, 0, 5, 4, 0, 1, 0, 0, 0, 0, 0, 0), "X-CONNECT"),
        new Case("refused", "socks5", socks(5, 0, 5, 5, 0, 1, 0, 0, 0, 0, 0, 0), "O-REFUSED"),
        new Case("refused", "socks4a", socks(0, 0x5b, 0, 0, 0, 0, 0, 0), "X-CONNECT"),
        new Case("another user", "socks4a", socks(0, 0x5d, 0, 0, 0, 0, 0, 0), "P-AUTH"));
  }

  /** A reset before anything was asked can look like a connection that was never taken. */
  private static void resetOnceAsked(Socket socket) throws IOException {
    var unused = socket.getInputStream().read();
    FakeServer.reset(socket);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultyProxyIsToldOfAndTheClientLeavesByAnother(Case fault) throws IOException {
    bad.fault = Optional.of(fault.deed());
    start(fault.scheme(), "health: {handshakeTimeout: 400ms}\nroutes: {'*': {hedge: 9s}}\n");
    FakeClient client = fixture.client();
    assertThat(client.connect(target(), "")).contains(" 200 ", "Proxyter-Proxy: good\r\n");
    assertThat(client.echo("served")).isEqualTo("served");
    assertThat(fixture.health.signalsOf("bad")).containsExactly(fault.signal());
    assertThat(fixture.health.signalsOf("good")).containsExactly("OK");
    if (fault.name().contains("Retry-After"))
      assertThat(fixture.health.attempts.element().retryAfter()).isPresent();
    until(() -> bad.connections() == 0);
    var load = fixture.gateway().stats().proxies().get("bad");
    assertThat(load.setups()).isZero();
    assertThat(load.tunnels()).isZero();
  }

  @Test
  void aProxyThatRefusesConnectionsIsToldOf() throws IOException {
    bad.stopListening();
    start("http", "");
    assertThat(fixture.client().connect(target(), "")).contains("Proxyter-Proxy: good\r\n");
    assertThat(fixture.health.signalsOf("bad")).containsExactly("P-REFUSED");
  }

  @Test
  void aProxyWhoseNameIsUnknownIsToldOf() throws IOException {
    fixture.start(
        """
        proxies: [{id: bad, url: 'http://nowhere.invalid:80'}, {id: good, url: '%s'}]
        groups: {first: {proxies: [bad]}, second: {proxies: [good]}}
        """
            .formatted(good.url("http")),
        java.time.InstantSource.system(),
        Transport.best(),
        name -> {
          throw new java.net.UnknownHostException(name);
        });
    assertThat(fixture.client().connect(target(), "")).contains("Proxyter-Proxy: good\r\n");
    assertThat(fixture.health.signalsOf("bad")).containsExactly("P-DNS");
  }

  @Test
  void besideASilentProxyASecondIsTried() throws IOException {
    bad.fault = Optional.of(FakeProxy.SILENT);
    start("http", "routes: {'*': {hedge: 50ms}}\n");
    assertThat(fixture.client().connect(target(), "")).contains("Proxyter-Proxy: good\r\n");
    assertThat(fixture.health.signalsOf("bad")).containsExactly("X-SILENT");
    assertThat(fixture.gateway().stats().outcomes())
        .containsEntry(Outcome.HEDGED, 1L)
        .containsEntry(Outcome.HEDGE_WON, 1L);
    until(() -> bad.connections() == 0);
  }

  @Test
  void whenEveryTryFailsTheAnswerNamesThem() throws IOException {
    bad.fault = Optional.of(FakeProxy.answering("HTTP/1.1 503 Oh\r\n\r\n"));
    good.fault = Optional.of(FakeProxy.CLOSING);
    start("http", "");
    FakeClient client = fixture.client();
    assertThat(client.connect(target(), ""))
        .startsWith("HTTP/1.1 502 ")
        .contains(
            "Proxy-Status: proxyter; error=connection_terminated; details=\"bad X-CONNECT: it"
                + " answered 503; good X-CLOSE: ");
  }

  @Test
  void aTargetThatTwoProxiesBlameIsBlamed() throws IOException {
    FakeProxy third = fixture.with(FakeProxy.open());
    for (FakeProxy proxy : List.of(bad, good))
      proxy.fault = Optional.of(socks(5, 0, 5, 5, 0, 1, 0, 0, 0, 0, 0, 0));
    fixture.start(
        """
        proxies: [{id: bad, url: '%s'}, {id: good, url: '%s'}, {id: third, url: '%s'}]
        groups: {a: {proxies: [bad]}, b: {proxies: [good]}, c: {proxies: [third]}}
        """
            .formatted(bad.url("socks5"), good.url("socks5"), third.url("socks5")));
    FakeClient client = fixture.client();
    assertThat(client.connect(target(), ""))
        .startsWith("HTTP/1.1 502 ")
        .contains("error=connection_refused; next-hop=origin;");
    assertThat(third.accepted).hasValue(0);
    assertThat(fixture.client().socks("t", "", "echo.example", echo.port())).isEqualTo(5);
  }

  @Test
  void aTargetThatIsKnownToBeDownIsNotAsked() throws IOException {
    start("http", "");
    fixture.health.originDown = Optional.of("echo.example is down, asked again in 2 s");
    FakeClient client = fixture.client();
    assertThat(client.connect(target(), ""))
        .startsWith("HTTP/1.1 502 ")
        .contains("next-hop=origin");
    assertThat(bad.accepted).hasValue(0);
  }

  @Test
  void proxiesThatAreNotWellAreNotAskedAndTheAnswerSaysWhen() throws IOException {
    start("http", "");
    fixture.health.shut.add("bad");
    assertThat(fixture.client().connect(target(), "")).contains("Proxyter-Proxy: good\r\n");
    fixture.health.shut.add("good");
    assertThat(fixture.client().connect(target(), ""))
        .startsWith("HTTP/1.1 503 ")
        .contains("error=destination_unavailable", "bad: down", "Retry-After: 7\r\n");
  }

  @Test
  void theTimeAClientGivesIsKept() throws IOException {
    bad.fault = Optional.of(FakeProxy.SILENT);
    good.fault = Optional.of(FakeProxy.SILENT);
    start("http", "");
    assertThat(fixture.client().connect(target(), basic("t,t=200:")))
        .startsWith("HTTP/1.1 504 ")
        .contains("200 ms");
    until(() -> bad.connections() + good.connections() == 0);
    assertThat(fixture.health.attempts).noneMatch(a -> a.signal().isCertain());
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void aClientThatLeavesTakesItsDialsAlong(boolean reset) throws IOException {
    bad.fault = Optional.of(FakeProxy.SILENT);
    start("http", "routes: {'*': {hedge: 9s}}\n");
    FakeClient client = fixture.client();
    client.send(FakeClient.connectHead(target(), ""));
    until(() -> bad.connections() == 1);
    if (reset) FakeServer.reset(client.socket);
    else client.close();
    until(() -> bad.connections() == 0);
    until(() -> fixture.gateway().stats().clients() == 0);
    assertThat(fixture.gateway().stats().proxies().get("bad").setups()).isZero();
    assertThat(fixture.gateway().stats().outcomes()).containsEntry(Outcome.CLIENT_LEFT, 1L);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void oneOfFourProxiesFailsAndNoClientNoticesUnderLoad(String kind, FakeTarget.Deed deed)
      throws Exception {
    FakeProxy third = fixture.with(FakeProxy.open());
    FakeProxy fourth = fixture.with(FakeProxy.open());
    bad.fault = Optional.of(deed);
    if (kind.equals("refuses")) bad.stopListening();
    fixture.start(
        "proxies: [{id: bad, url: '%s'}, '%s', '%s', '%s']\n"
            .formatted(bad.url("http"), good.url("http"), third.url("http"), fourth.url("http")));
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Callable<Integer>>();
      for (int i = 0; i < 16; i++)
        tasks.add(
            () -> {
              int served = 0;
              for (int j = 0; j < 25; j++)
                try (var client = new FakeClient(fixture.gateway().port())) {
                  if (client.connect(target(), "").contains(" 200 ")
                      && client.echo("x").equals("x")) served++;
                }
              return served;
            });
      for (var served : pool.invokeAll(tasks)) assertThat(served.get()).isEqualTo(25);
    }
    assertThat(fixture.health.attempts).anyMatch(a -> a.proxy().equals("bad"));
    // The bad one is asked less than its share.
    assertThat(fixture.health.signalsOf("bad").size()).isLessThan(100);
  }

  static List<Object[]> kinds() {
    return List.of(
        new Object[] {"refuses", FakeProxy.SILENT},
        new Object[] {"is silent", FakeProxy.SILENT},
        new Object[] {"closes", FakeProxy.CLOSING},
        new Object[] {"denies", FakeProxy.answering("HTTP/1.1 503 Oh\r\n\r\n")});
  }
}
