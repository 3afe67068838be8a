package io.tradeflood.proxyter.gateway;

import static io.tradeflood.proxyter.gateway.FakeClient.basic;
import static io.tradeflood.proxyter.gateway.GatewayFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PlainTest {
  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: y\r\n\r\nhello";

  private final GatewayFixture fixture = new GatewayFixture();
  private final FakeProxy one = fixture.with(FakeProxy.of("u", "p"));
  private final FakeProxy two = fixture.with(FakeProxy.open());
  private final Queue<String> heads = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** A target that notes the head of each request and answers so. */
  private FakeTarget answering(String answer) {
    return fixture.with(
        new FakeTarget(
            socket -> {
              heads.add(FakeServer.head(socket.getInputStream()));
              FakeServer.write(socket.getOutputStream(), answer);
            }));
  }

  private void start(String scheme) {
    fixture.start(
        """
        clients: {alice: {secret: abc}}
        proxies: [{id: one, url: '%s'}, {id: two, url: '%s'}]
        groups: {first: {proxies: [one]}, second: {proxies: [two]}}
        """
            .formatted(one.url(scheme), two.url(scheme)));
  }

  private static String request(String method, FakeTarget target, String fields) {
    return "%s http://plain.example:%d/path?q=1 HTTP/1.1\r\nHost: wrong\r\nProxy-Authorization: %s\r\n%s\r\n"
        .formatted(method, target.port(), basic("t,id=r-1:abc"), fields);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "socks5"})
  void aRequestIsHandedOnWithoutWhatIsForOneConnection(String scheme) throws IOException {
    FakeTarget target = answering(HELLO);
    start(scheme);
    FakeClient client = fixture.client();
    client.send(
        request(
            "GET",
            target,
            "Connection: X-Mine, keep-alive\r\nX-Mine: a\r\nProxy-Connection: keep-alive\r\n"
                + "TE: trailers\r\nUpgrade: h2c\r\nAccept: */*\r\n"));
    String head = client.head();
    assertThat(head)
        .startsWith("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: y\r\n")
        .contains("Proxyter-Proxy: one\r\n");
    assertThat(client.read(5)).isEqualTo("hello");
    assertThat(heads.element())
        .startsWith("GET /path?q=1 HTTP/1.1\r\nHost: plain.example:" + target.port() + "\r\n")
        .contains("Accept: */*\r\n", "Via: 1.1 proxyter-", "Connection: close\r\n")
        .doesNotContain("Proxy-", "X-Mine", "TE:", "Upgrade", "wrong", "abc");
    assertThat(fixture.health.signalsOf("one")).containsExactly("OK");
    assertThat(fixture.gateway().lease("r-1").orElseThrow().bytesDown()).isEqualTo(5);
    // The next one on the same connection.
    client.send(request("GET", target, ""));
    assertThat(FakeClient.lease(client.head())).isEqualTo(FakeClient.lease(head) + 1);
    assertThat(client.read(5)).isEqualTo("hello");
    until(() -> one.connections() == 0);
  }

  @Test
  void requestsSentAheadAreServedInOrder() throws IOException {
    FakeTarget target = answering(HELLO);
    start("http");
    FakeClient client = fixture.client();
    client.send(
        (request("GET", target, "") + "\r\n").repeat(3)
            + FakeClient.connectHead("plain.example:" + target.port(), basic("t:abc")));
    long before = 0;
    for (int i = 1; i <= 3; i++) {
      long lease = FakeClient.lease(client.head());
      if (i > 1) assertThat(lease).isEqualTo(before + 1);
      before = lease;
      assertThat(client.read(5)).isEqualTo("hello");
    }
    assertThat(client.head()).contains(" 200 Connection established");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "socks5"})
  void bodiesAreStreamedBothWays(String scheme) throws IOException {
    FakeTarget target =
        fixture.with(
            new FakeTarget(
                socket -> {
                  var peer = new FakeClient(socket);
                  String head = peer.head();
                  int length = 200_000;
                  if (head.contains("chunked")) {
                    var body = new StringBuilder();
                    while (!body.toString().endsWith("0\r\n\r\n")) body.append(peer.read(1));
                    peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
                  } else
                    peer.send(
                        "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(length, peer.read(length)));
                }));
    start(scheme);
    FakeClient client = fixture.client();
    String body = "0123456789".repeat(20_000);
    client.send(request("POST", target, "Content-Length: 200000\r\n") + body);
    assertThat(client.head()).contains("Content-Length: 200000\r\n");
    assertThat(client.read(200_000)).isEqualTo(body);
    String chunks = "5;a=b\r\nhello\r\nA\r\n0123456789\r\n0\r\n\r\n";
    client.send(request("POST", target, "Transfer-Encoding: chunked\r\n") + chunks);
    assertThat(client.head()).contains("Transfer-Encoding: chunked\r\n");
    assertThat(client.read(chunks.length())).isEqualTo(chunks);
  }

  @Test
  void anAnswerUpToTheEndOfTheConnectionEndsTheClientsToo() throws IOException {
    FakeTarget target = answering("HTTP/1.1 200 OK\r\n\r\nto the end");
    start("http");
    FakeClient client = fixture.client();
    client.send(request("GET", target, ""));
    assertThat(client.head()).contains("Connection: close\r\n");
    assertThat(client.readAll()).isEqualTo("to the end");
  }

  @Test
  void anAnswerThatIsCutIsNotTakenForWhole() throws IOException {
    FakeTarget target = answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
    start("http");
    FakeClient client = fixture.client();
    client.send(request("GET", target, ""));
    client.head();
    org.assertj.core.api.Assertions.assertThatThrownBy(client::readAll)
        .hasMessageContaining("reset");
    assertThat(fixture.health.signalsOf("one")).containsExactly("OK", "T-CUT");
  }

  @Test
  void whoWaitsToBeToldMaySendIsTold() throws IOException {
    FakeTarget target =
        fixture.with(
            new FakeTarget(
                socket -> {
                  var peer = new FakeClient(socket);
                  peer.head();
                  peer.send("HTTP/1.1 100 Continue\r\n\r\n");
                  peer.send("HTTP/1.1 201 Made\r\nContent-Length: 3\r\n\r\n" + peer.read(3));
                }));
    start("http");
    FakeClient client = fixture.client();
    client.send(request("PUT", target, "Content-Length: 3\r\nExpect: 100-continue\r\n"));
    assertThat(client.head()).startsWith("HTTP/1.1 100 ");
    client.send("abc");
    assertThat(client.head()).startsWith("HTTP/1.1 201 Made");
    assertThat(client.read(3)).isEqualTo("abc");
  }

  @ParameterizedTest
  @CsvSource({"429,H-429", "418,H-418", "403,OK", "451,H-451", "500,H-5xx", "503,H-5xx", "404,OK"})
  void theTargetsStatusIsTold(int status, String signal) throws IOException {
    FakeTarget target =
        answering("HTTP/1.1 " + status + " Oh\r\nRetry-After: 9\r\nContent-Length: 0\r\n\r\n");
    start("http");
    FakeClient client = fixture.client();
    client.send(request("GET", target, ""));
    assertThat(client.head()).startsWith("HTTP/1.1 " + status).contains("Retry-After: 9");
    assertThat(fixture.health.signalsOf("one")).containsExactly(signal);
    var attempt = fixture.health.attempts.element();
    assertThat(attempt.retryAfter()).hasValue(attempt.at().plusSeconds(9));
  }

  @Test
  void whatTheRouteTakesForABanIsToldAsOne() throws IOException {
    FakeTarget target = answering("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
    fixture.start(
        "clients: {alice: {secret: abc}}\nproxies: [{id: one, url: '%s'}]\nroutes: {'*': {banOn: [403]}}\n"
            .formatted(one.url("http")));
    FakeClient client = fixture.client();
    client.send(request("GET", target, ""));
    assertThat(client.head()).startsWith("HTTP/1.1 403");
    assertThat(fixture.health.signalsOf("one")).containsExactly("H-403");
  }

  @Test
  void aRequestThatCanBeAskedAgainLeavesByAnotherProxy() throws IOException {
    FakeTarget target = answering(HELLO);
    start("http");
    List<FakeTarget.Deed> faults =
        List.of(
            FakeProxy.CLOSING,
            FakeServer::reset,
            FakeProxy.answering("HTTP/1.1 407 Who\r\n\r\n"),
            FakeProxy.answering("garbage\r\n\r\n"),
            FakeProxy.answering("HTTP/1.1 503 Oh\r\nX-Squid-Error: ERR_DNS_FAIL 0\r\n\r\n"),
            FakeProxy.SILENT);
    for (FakeTarget.Deed fault : faults) {
      one.fault = Optional.of(fault);
      FakeClient client = fixture.client();
      client.send(request("GET", target, ""));
      assertThat(client.head()).startsWith("HTTP/1.1 200 ").contains("Proxyter-Proxy: two\r\n");
      assertThat(client.read(5)).isEqualTo("hello");
    }
  }

  @Test
  void aRequestThatCannotBeAskedAgainIsNot() throws IOException {
    FakeTarget target = answering(HELLO);
    start("http");
    one.fault = Optional.of(FakeProxy.CLOSING);
    FakeClient client = fixture.client();
    client.send(request("POST", target, "Content-Length: 3\r\n") + "abc");
    assertThat(client.head()).startsWith("HTTP/1.1 502 ").contains("X-CLOSE");
    assertThat(two.accepted).hasValue(0);
  }

  @Test
  void aClientThatLeavesTakesItsRequestAlong() throws IOException {
    FakeTarget target = fixture.with(new FakeTarget(FakeServer::await));
    start("socks5");
    FakeClient client = fixture.client();
    client.send(request("POST", target, "Content-Length: 3\r\n") + "a");
    until(() -> target.connections() == 1);
    client.close();
    until(() -> target.connections() == 0);
    until(() -> fixture.gateway().stats().proxies().get("one").tunnels() == 0);
  }

  @Test
  void aSlowReaderStopsTheTarget() throws Exception {
    var sent = new java.util.concurrent.atomic.AtomicLong();
    FakeTarget target =
        fixture.with(
            new FakeTarget(
                socket -> {
                  FakeServer.head(socket.getInputStream());
                  FakeServer.write(
                      socket.getOutputStream(),
                      "HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n");
                  byte[] block = new byte[65_536];
                  for (int i = 0; i < 1_600; i++) {
                    socket.getOutputStream().write(block);
                    sent.addAndGet(block.length);
                  }
                }));
    start("http");
    FakeClient client = fixture.client();
    client.send(request("GET", target, ""));
    client.head();
    long[] last = {-1};
    org.awaitility.Awaitility.await()
        .pollInterval(java.time.Duration.ofMillis(300))
        .until(
            () -> {
              long now = sent.get();
              boolean rests = now > 0 && now == last[0];
              last[0] = now;
              return rests;
            });
    assertThat(sent.get()).isLessThan(60_000_000);
    assertThat(client.in.readNBytes(104_857_600)).hasSize(104_857_600);
  }
}
