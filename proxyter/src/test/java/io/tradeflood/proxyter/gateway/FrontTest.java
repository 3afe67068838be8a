package io.tradeflood.proxyter.gateway;

import static io.tradeflood.proxyter.gateway.FakeClient.basic;
import static io.tradeflood.proxyter.gateway.GatewayFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxyter.gateway.GatewayStats.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FrontTest {
  private static final String CLIENTS = "clients: {alice: {secret: abc}}\n";

  private final GatewayFixture fixture = new GatewayFixture();
  private final FakeTarget echo = fixture.with(FakeTarget.echo());
  private final FakeProxy proxy = fixture.with(FakeProxy.open());

  @AfterEach
  void close() {
    fixture.close();
  }

  private String target() {
    return "echo.example:" + echo.port();
  }

  private void start(String more) {
    fixture.start("proxies: [{id: one, url: '%s'}]\n".formatted(proxy.url("http")) + more);
  }

  private static String body(FakeClient client, String head) throws IOException {
    int at = head.indexOf("Content-Length: ") + 16;
    return client.read(Integer.parseInt(head.substring(at, head.indexOf('\r', at))));
  }

  @Test
  void aRefusedClientMayTryAgainOnTheSameConnection() throws IOException {
    start(CLIENTS);
    FakeClient client = fixture.client();
    String head = client.connect(target(), "");
    assertThat(head)
        .startsWith("HTTP/1.1 407 ")
        .contains("Proxy-Authenticate: Basic realm=\"proxyter\"\r\n")
        .doesNotContain("Connection: close");
    assertThat(body(client, head)).contains("credentials PAYLOAD:SECRET are needed");
    head = client.connect(target(), basic("t:wrong"));
    assertThat(head).startsWith("HTTP/1.1 407 ");
    body(client, head);
    head = client.connect(target(), basic("t,sess=1:abc"));
    assertThat(head)
        .startsWith("HTTP/1.1 400 ")
        .contains("error=http_request_error; details=\"unknown key 'sess'");
    body(client, head);
    assertThat(client.connect(target(), basic("t:abc"))).startsWith("HTTP/1.1 200 ");
    assertThat(fixture.gateway().stats().outcomes())
        .containsEntry(Outcome.UNAUTHENTICATED, 2L)
        .containsEntry(Outcome.MALFORMED, 1L)
        .containsEntry(Outcome.OPENED, 1L);
  }

  @Test
  void aGroupThatIsNotThereIsAWrongPayload() throws IOException {
    start(
        "groups: {eu: {tags: [x]}, us: {proxies: [one]}}\nroutes: {t: {groups: [us]}, '*': {}}\n");
    FakeClient client = fixture.client();
    String head = client.connect(target(), basic("any,g=eu+mars:"));
    assertThat(head)
        .startsWith("HTTP/1.1 400 ")
        .contains(
            "Proxy-Status: proxyter; error=http_request_error; details=\"key 'g' names 'mars',"
                + " which is no group of route '*': expected one of eu, us\"");
    body(client, head);
    head = client.connect(target(), basic("t,g=eu:"));
    assertThat(head)
        .startsWith("HTTP/1.1 400 ")
        .contains("'eu', which is no group of route 't': expected one of us");
    body(client, head);
    assertThat(client.connect(target(), basic("t,g=eu+us:"))).startsWith("HTTP/1.1 200 ");
    // As with any wrong payload the login is refused.
    assertThat(fixture.client().socks("any,g=mars", "x", "echo.example", echo.port()))
        .isEqualTo(-2);
    assertThat(fixture.gateway().stats().outcomes()).containsEntry(Outcome.MALFORMED, 3L);
  }

  @Test
  void whoIsLetInMayAskWithWhomItSpeaksAndThatIsNotCounted() throws IOException {
    start(CLIENTS);
    FakeClient client = fixture.client();
    for (int i = 0; i < 2; i++)
      assertThat(client.send(options(basic("t:abc"), "")).head())
          .isEqualTo("HTTP/1.1 204 No Content\r\nProxy-Status: proxyter\r\n\r\n");
    assertThat(client.connect(target(), basic("t:abc"))).startsWith("HTTP/1.1 200 ");
    assertThat(fixture.gateway().stats().outcomes().values().stream().mapToLong(n -> n).sum())
        .isEqualTo(1);
    FakeClient leaves = fixture.client();
    assertThat(leaves.send(options(basic("t:abc"), "Connection: close\r\n")).head())
        .contains("\r\nConnection: close\r\n");
    assertThat(leaves.isEnded()).isTrue();
    assertThat(fixture.client().send(options(basic("t:wrong"), "")).head())
        .startsWith("HTTP/1.1 407 ");
    assertThat(fixture.client().send("OPTIONS * HTTP/1.1\r\n\r\n").head())
        .startsWith("HTTP/1.1 407 ");
    assertThat(fixture.client().send(options(basic("t,sess=1:abc"), "")).head())
        .contains("error=http_request_error");
    assertThat(proxy.accepted).hasValue(1);
  }

  private static String options(String authorization, String more) {
    return "OPTIONS * HTTP/1.1\r\nHost: a\r\nProxy-Authorization: %s\r\nMax-Forwards: 0\r\n%s\r\n"
        .formatted(authorization, more);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OPTIONS / HTTP/1.1\r\n\r\n",
        "GET * HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "CONNECT nowhere HTTP/1.1\r\n\r\n",
        "CONNECT a:0 HTTP/1.1\r\n\r\n",
        "CONNECT a:65536 HTTP/1.1\r\n\r\n",
        "CONNECT a_b%00:1 HTTP/1.1\r\n\r\n",
        "CONNECT [::1:1 HTTP/1.1\r\n\r\n",
        "CONNECT a:1 HTTP/2.0\r\n\r\n",
        "CONNECT a:1\r\n\r\n",
        "CONNECT  a:1 HTTP/1.1\r\n\r\n",
        "CONNECT a:1 HTTP/1.1\r\nA : b\r\n\r\n",
        "CONNECT a:1 HTTP/1.1\r\nA: b\r\n c\r\n\r\n",
        "CONNECT a:1 HTTP/1.1\r\nA: b\0\r\n\r\n",
        "CONNECT a:1 HTTP/1.1\r\nA: b\rc\r\n\r\n",
        "CONNECT a:1 HTTP/1.1\r\nProxy-Authorization: Basic !\r\n\r\n",
        "CONNECT a:1 HTTP/1.1\r\nProxy-Authorization: Digest a\r\n\r\n",
        "CONNECT a:1 HTTP/1.1\r\nProxy-Authorization: Basic dDo=\r\nProxy-Authorization: Basic"
            + " dDo=\r\n\r\n",
        "GET https://a/ HTTP/1.1\r\n\r\n",
        "GET http://u:p@a/ HTTP/1.1\r\n\r\n",
        "POST http://a/ HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST http://a/ HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST http://a/ HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST http://a/ HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "POST http://a/ HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\n",
      })
  void whatIsDoubtfulIsRefused(String head) throws IOException {
    start("");
    assertThat(fixture.client().send(head).head()).startsWith("HTTP/1.1 400 ");
    assertThat(proxy.accepted).hasValue(0);
  }

  @Test
  void aHeadThatIsTooLongIsRefused() throws IOException {
    start("");
    FakeClient client = fixture.client();
    client.send("CONNECT a:1 HTTP/1.1\r\nA: " + "x".repeat(9_000));
    assertThat(client.head()).startsWith("HTTP/1.1 431 ");
    assertThat(client.readAll()).contains("8192");
  }

  @Test
  void aHeadInPiecesIsRead() throws IOException {
    start("");
    FakeClient client = fixture.client();
    for (char c : FakeClient.connectHead(target(), "").toCharArray())
      client.send(String.valueOf(c));
    assertThat(client.head()).contains(" 200 ");
    FakeClient socks = fixture.client();
    for (int b : new int[] {5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1}) socks.send(b);
    socks.send(echo.port() >> 8).send(echo.port() & 0xff);
    assertThat(socks.in.readNBytes(4)).containsExactly(5, 0, 5, 0);
  }

  @Test
  void whoSendsNoHeadIsLetGo() throws IOException {
    start("");
    fixture.gateway().close();
    fixture.start("proxies: ['%s']\n".formatted(proxy.url("http")), InstantSource.system());
    fixture
        .gateway()
        .apply(
            io.tradeflood.proxyter.config.SettingsReader.read(
                "listen: {address: '127.0.0.1:0', headTimeout: 300ms, idleTimeout: 300ms}\n"
                    + "proxies: ['%s']\n".formatted(proxy.url("http"))));
    FakeClient mute = fixture.client();
    FakeClient slow = fixture.client().send("CONNECT a");
    FakeClient socks = fixture.client().send(5, 3, 0);
    FakeClient idle = fixture.client();
    idle.send("GET / HTTP/1.1\r\n\r\n").head();
    assertThat(mute.isEnded()).isTrue();
    assertThat(slow.head()).startsWith("HTTP/1.1 408 ");
    assertThat(socks.isEnded()).isTrue();
    idle.readAll();
    until(() -> fixture.gateway().stats().clients() == 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 0x16, 0x80, '\n', ' '})
  void anUnknownFirstByteEndsTheConnection(int first) throws IOException {
    start("");
    assertThat(fixture.client().send(first).isEnded()).isTrue();
  }

  @Test
  void socksAnswersWithItsCodes() throws IOException {
    start(CLIENTS + "listen: {address: '127.0.0.1:0', ports: [%d]}\n".formatted(echo.port()));
    assertThat(fixture.client().socks("t", "wrong", "a", 1)).isEqualTo(-2);
    assertThat(fixture.client().socks("t,sess=1", "abc", "a", 1)).isEqualTo(-2);
    assertThat(fixture.client().socks("t", "abc", "a", 1)).isEqualTo(2);
    FakeClient nobody = fixture.client().send(5, 1, 0);
    assertThat(nobody.in.readAllBytes()).containsExactly(5, 0xff);
    for (int command : new int[] {2, 3}) {
      FakeClient client = fixture.client().send(5, 1, 2, 1, 1, 't', 3, 'a', 'b', 'c');
      client.send(5, command, 0, 1, 127, 0, 0, 1, 0, 80);
      assertThat(client.in.readNBytes(6)).endsWith(5, 7);
    }
    FakeClient kind = fixture.client().send(5, 1, 2, 1, 1, 't', 3, 'a', 'b', 'c');
    kind.send(5, 1, 0, 2, 127, 0, 0, 1, 0, 80);
    assertThat(kind.in.readNBytes(6)).endsWith(5, 8);
  }

  @Test
  void onlyAllowedPortsAreServed() throws IOException {
    fixture.start("proxies: ['%s']\n".formatted(proxy.url("http")));
    fixture
        .gateway()
        .apply(
            io.tradeflood.proxyter.config.SettingsReader.read(
                "listen: {address: '127.0.0.1:0', ports: [443]}\nproxies: ['%s']\n"
                    .formatted(proxy.url("http"))));
    assertThat(fixture.client().connect(target(), ""))
        .startsWith("HTTP/1.1 403 ")
        .contains("error=http_request_denied", "expected one of [443]");
  }

  @Test
  void aRequestThatComesBackIsSeenToLoop() throws IOException {
    start("");
    int own = fixture.gateway().port();
    for (String host : new String[] {"127.0.0.1", "localhost", "[::1]"})
      assertThat(fixture.client().connect(host + ":" + own, ""))
          .startsWith("HTTP/1.1 502 ")
          .contains("error=proxy_loop_detected");
    // By another way it is known by its name in Via.
    FakeClient client = fixture.client();
    client.connect(target(), "");
    String via = proxy.asked.element().replaceAll("(?s).*(Via: [^\r]*).*", "$1");
    assertThat(
            fixture
                .client()
                .send("CONNECT %s HTTP/1.1\r\n%s\r\n\r\n".formatted(target(), via))
                .head())
        .contains("error=proxy_loop_detected");
  }

  @Test
  void aPortStandsForAPayload() throws Exception {
    int free;
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = probe.getLocalPort();
    }
    start("");
    fixture
        .gateway()
        .apply(
            io.tradeflood.proxyter.config.SettingsReader.read(
                """
                listen: {address: '127.0.0.1:0', types: {%d: 'binance.candles,id=p'}, openTypes: true}
                clients: {alice: {secret: abc}}
                proxies: [{id: one, url: '%s'}]
                """
                    .formatted(free, proxy.url("http"))));
    FakeClient http = fixture.with(new FakeClient(free));
    assertThat(http.connect(target(), "")).contains(" 200 ");
    assertThat(fixture.gateway().lease("p").orElseThrow().type()).isEqualTo("binance.candles");
    FakeClient socks = fixture.with(new FakeClient(free)).send(5, 1, 0);
    socks.send(5, 1, 0, 1, 127, 0, 0, 1, echo.port() >> 8, echo.port() & 0xff);
    assertThat(socks.in.readNBytes(4)).containsExactly(5, 0, 5, 0);
    // The ordinary port still wants a secret.
    assertThat(fixture.client().connect(target(), "")).contains(" 407 ");
  }

  @Test
  void moreClientsThanAllowedAreNotTakenIn() throws IOException {
    fixture.start("proxies: ['%s']\n".formatted(proxy.url("http")));
    fixture
        .gateway()
        .apply(
            io.tradeflood.proxyter.config.SettingsReader.read(
                "listen: {address: '127.0.0.1:0', maxClients: 3}\nproxies: ['%s']\n"
                    .formatted(proxy.url("http"))));
    var clients = new ArrayList<FakeClient>();
    for (int i = 0; i < 3; i++) {
      FakeClient client = fixture.client();
      client.connect(target(), "");
      clients.add(client);
    }
    assertThat(hasNoRoom()).isTrue();
    clients.get(0).close();
    until(() -> fixture.gateway().stats().clients() == 2);
    assertThat(fixture.client().connect(target(), "")).contains(" 200 ");
  }

  private boolean hasNoRoom() throws IOException {
    try {
      return fixture.client().isEnded();
    } catch (java.net.SocketException _) {
      return true;
    }
  }

  @Test
  void whoIsStoppedLetsTunnelsEndAndTakesNobodyIn() throws Exception {
    start("");
    int port = fixture.gateway().port();
    FakeClient idle = fixture.client();
    idle.send("GET / HTTP/1.1\r\n\r\n");
    idle.head();
    FakeClient open = fixture.client();
    open.connect(target(), "");
    var stopper = Thread.ofVirtual().start(() -> fixture.gateway().stop(Duration.ofSeconds(20)));
    idle.readAll();
    assertThat(open.echo("still here")).isEqualTo("still here");
    until(() -> GatewayFixture.refuses(port));
    open.close();
    stopper.join();
    until(() -> proxy.connections() == 0);
  }
}
