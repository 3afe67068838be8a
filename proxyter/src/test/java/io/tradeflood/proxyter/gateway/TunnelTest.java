package io.tradeflood.proxyter.gateway;

import static io.tradeflood.proxyter.gateway.FakeClient.basic;
import static io.tradeflood.proxyter.gateway.GatewayFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TunnelTest {
  private static final String CLIENTS = "clients: {alice: {secret: abc}}\n";

  private final GatewayFixture fixture = new GatewayFixture();
  private final FakeTarget echo = fixture.with(FakeTarget.echo());

  @AfterEach
  void close() {
    fixture.close();
  }

  private String target() {
    return "echo.example:" + echo.port();
  }

  private void startWith(FakeProxy proxy, String scheme) {
    fixture.start(CLIENTS + "proxies: [{id: one, url: '%s'}]\n".formatted(proxy.url(scheme)));
  }

  private static String carrier(String kind) {
    var both = "binance.candles,w=2:abc".getBytes(StandardCharsets.UTF_8);
    return switch (kind) {
      case "basic" -> "Basic " + Base64.getEncoder().encodeToString(both);
      case "bearer" -> "Bearer " + Base64.getUrlEncoder().withoutPadding().encodeToString(both);
      default -> "Proxyter binance.candles,w=2;secret=abc";
    };
  }

  @ParameterizedTest
  @CsvSource({
    "basic,http",
    "bearer,http",
    "proxyter,http",
    "basic,socks5",
    "bearer,socks4a",
    "socks,http",
    "socks,socks5",
    "socks,socks4a"
  })
  void everyCarrierLeadsThroughEveryKindOfProxyWithItsCredentials(String kind, String scheme)
      throws IOException {
    FakeProxy proxy =
        fixture.with(
            scheme.equals("socks4a")
                ? FakeProxy.open()
                : FakeProxy.of("u", "p@ss".replace("@", "")));
    startWith(proxy, scheme);
    FakeClient client = fixture.client();
    if (kind.equals("socks"))
      assertThat(client.socks("binance.candles", "abc", "echo.example", echo.port())).isZero();
    else
      assertThat(client.connect(target(), carrier(kind)))
          .startsWith("HTTP/1.1 200 ")
          .contains("Proxyter-Proxy: one\r\n", "Proxyter-Lease: ", "Proxy-Status: proxyter;");
    assertThat(client.echo("hello through the tunnel")).isEqualTo("hello through the tunnel");
    assertThat(proxy.asked.element()).contains("echo.example:" + echo.port());
    assertThat(fixture.health.signalsOf("one")).containsExactly("OK");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "socks5", "socks4a"})
  void bytesBehindAHeadBelongToTheTunnelOnBothSides(String scheme) throws IOException {
    FakeProxy proxy = fixture.with(FakeProxy.open());
    proxy.behindAnswer = "banner!";
    startWith(proxy, scheme);
    FakeClient client = fixture.client();
    client.send(FakeClient.connectHead(target(), basic("t:abc")) + "early");
    client.head();
    assertThat(client.read(7)).isEqualTo("banner!");
    assertThat(client.read(5)).isEqualTo("early");
  }

  @Test
  void bytesBehindASocksRequestBelongToTheTunnel() throws IOException {
    startWith(fixture.with(FakeProxy.open()), "http");
    FakeClient client = fixture.client();
    client.send(5, 1, 2, 1, 1, 't', 3, 'a', 'b', 'c', 5, 1, 0, 1, 127, 0, 0, 1);
    client.send(echo.port() >> 8, echo.port() & 0xff, 'e', 'a', 'r', 'l', 'y');
    assertThat(client.in.readNBytes(2)).containsExactly(5, 2);
    assertThat(client.in.readNBytes(2)).containsExactly(1, 0);
    assertThat(client.in.readNBytes(10)).startsWith(5, 0);
    assertThat(client.read(5)).isEqualTo("early");
  }

  @Test
  void ipv6LeavesAsOne() throws IOException {
    FakeProxy proxy = fixture.with(FakeProxy.open());
    startWith(proxy, "socks5");
    FakeClient client = fixture.client();
    assertThat(client.connect("[2001:db8::7]:" + echo.port(), basic("t:abc"))).contains(" 200 ");
    assertThat(proxy.asked.element()).startsWith("socks5 4 [2001:db8:0:0:0:0:0:7]");
  }

  @Test
  void eachHalfEndsByItself() throws IOException {
    var seen = new CompletableFuture<String>();
    FakeTarget target =
        fixture.with(
            new FakeTarget(
                socket -> {
                  seen.complete(
                      new String(
                          socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
                  FakeServer.write(socket.getOutputStream(), "answer after the end");
                }));
    startWith(fixture.with(FakeProxy.open()), "http");
    FakeClient client = fixture.client();
    client.connect("t.example:" + target.port(), basic("t:abc"));
    client.send("question").socket.shutdownOutput();
    assertThat(client.readAll()).isEqualTo("answer after the end");
    assertThat(seen).isCompletedWithValue("question");
    until(() -> fixture.gateway().stats().tunnels() == 0);
  }

  @Test
  void theTargetsHalfEndsByItself() throws IOException {
    var seen = new CompletableFuture<String>();
    FakeTarget target =
        fixture.with(
            new FakeTarget(
                socket -> {
                  FakeServer.write(socket.getOutputStream(), "all I have to say");
                  socket.shutdownOutput();
                  seen.complete(
                      new String(
                          socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
                }));
    startWith(fixture.with(FakeProxy.open()), "http");
    FakeClient client = fixture.client();
    client.connect("t.example:" + target.port(), basic("t:abc"));
    assertThat(client.readAll()).isEqualTo("all I have to say");
    client.send("noted").socket.shutdownOutput();
    assertThat(seen.join()).isEqualTo("noted");
  }

  @Test
  void whatIsOnItsWayArrivesThoughBothHalvesHaveEnded() throws Exception {
    var reads = new CompletableFuture<Boolean>();
    var seen = new CompletableFuture<Integer>();
    FakeTarget target =
        fixture.with(
            new FakeTarget(
                socket -> {
                  socket.shutdownOutput();
                  assertThat(reads.join()).isTrue();
                  seen.complete(socket.getInputStream().readAllBytes().length);
                }));
    startWith(fixture.with(FakeProxy.open()), "http");
    FakeClient client = fixture.client();
    client.connect("t.example:" + target.port(), basic("t:abc"));
    assertThat(client.readAll()).isEmpty();
    // More than the sockets on the way hold.
    byte[] upload = new byte[24_000_000];
    var sent =
        CompletableFuture.runAsync(
            () -> {
              try {
                client.socket.getOutputStream().write(upload);
                client.socket.shutdownOutput();
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    until(() -> fixture.gateway().leases().stream().anyMatch(lease -> lease.bytesUp() > 100_000));
    reads.complete(true);
    sent.get(20, TimeUnit.SECONDS);
    assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo(upload.length);
    until(() -> fixture.gateway().stats().tunnels() == 0);
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void muchGoesThroughUnchanged(Transport transport) throws Exception {
    if (transport == Transport.EPOLL && Transport.best() != Transport.EPOLL) return;
    FakeProxy proxy = fixture.with(FakeProxy.open());
    fixture.start(
        "proxies: ['%s']\n".formatted(proxy.url("http")),
        InstantSource.system(),
        transport,
        InetAddress::getAllByName);
    byte[] data = new byte[24_000_000];
    new Random(3).nextBytes(data);
    FakeClient client = fixture.client();
    client.connect(target(), basic("t:abc"));
    var sender =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    client.out.write(data);
                    client.socket.shutdownOutput();
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                });
    var digest = MessageDigest.getInstance("SHA-256");
    byte[] back = client.in.readAllBytes();
    sender.join();
    assertThat(back.length).isEqualTo(data.length);
    assertThat(digest.digest(back)).isEqualTo(digest.digest(data));
    until(() -> fixture.gateway().stats().tunnels() == 0);
    var load = fixture.gateway().stats().proxies().values().iterator().next();
    assertThat(load.bytesUp()).isEqualTo(data.length);
    assertThat(load.bytesDown()).isEqualTo(data.length);
  }

  @Test
  void whoDoesNotReadStopsTheOtherSide() throws Exception {
    var sent = new java.util.concurrent.atomic.AtomicLong();
    FakeTarget target =
        fixture.with(
            new FakeTarget(
                socket -> {
                  byte[] block = new byte[65_536];
                  for (int i = 0; i < 1_600; i++) {
                    socket.getOutputStream().write(block);
                    sent.addAndGet(block.length);
                  }
                }));
    startWith(fixture.with(FakeProxy.open()), "http");
    FakeClient client = fixture.client();
    client.connect("t.example:" + target.port(), basic("t:abc"));
    // It comes to rest far from its 100 MB: what is between is the kernel's buffers.
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
    assertThat(client.in.readAllBytes()).hasSize(1_600 * 65_536);
  }

  @Test
  void manySmallMessagesForWhoDoesNotReadKeepLittleMemory() throws Exception {
    startWith(fixture.with(FakeProxy.open()), "http");
    var took = new CompletableFuture<Socket>();
    echo.deed =
        socket -> {
          took.complete(socket);
          FakeServer.await(socket);
        };
    var slow = new Socket();
    slow.setReceiveBufferSize(2_048);
    slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.gateway().port()));
    try (var client = new FakeClient(slow)) {
      long lease = FakeClient.lease(client.connect(target(), basic("t:abc")));
      var out = took.get(30, TimeUnit.SECONDS).getOutputStream();
      long before = largeBuffers();
      // One by one, so that each is read alone, until nothing is read any more.
      for (long sent = 200; ; sent += 200) {
        out.write(new byte[200]);
        if (!isRead(lease, sent)) break;
      }
      assertThat(largeBuffers() - before).isLessThan(100);
    }
  }

  private boolean isRead(long lease, long bytes) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    while (fixture.gateway().lease(lease).orElseThrow().bytesDown() < bytes)
      if (System.nanoTime() > end) return false;
      else Thread.onSpinWait();
    return true;
  }

  /** How many buffers of the size that tunnels read into are not free. */
  private static long largeBuffers() {
    return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
        .mapToLong(arena -> arena.numActiveNormalAllocations())
        .sum();
  }

  @Test
  void aResetIsHandedOnAndTold() throws IOException {
    FakeTarget target =
        fixture.with(
            new FakeTarget(
                socket -> {
                  socket.getInputStream().readNBytes(5);
                  FakeServer.reset(socket);
                }));
    fixture.start("proxies: [{id: one, url: direct}]\ndirect: {allowPrivate: true}\n");
    FakeClient client = fixture.client();
    client.connect("127.0.0.1:" + target.port(), "");
    client.send("hello");
    org.assertj.core.api.Assertions.assertThatThrownBy(client::isEnded)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("reset");
    until(() -> fixture.health.saw("one", "T-RST0"));
  }

  static List<String> whatIsNoAnswerOfTls() {
    return List.of("\u0015\u0003\u0003\u0000\u0002\u0002(", "HTTP/1.1 200 OK\r\n\r\n<html>");
  }

  @ParameterizedTest
  @MethodSource("whatIsNoAnswerOfTls")
  void anAlertOrNoTlsInsteadOfAnAnswerIsTold(String said) throws IOException {
    FakeTarget target =
        fixture.with(
            new FakeTarget(
                socket -> {
                  socket.getInputStream().readNBytes(3);
                  socket.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));
                }));
    startWith(fixture.with(FakeProxy.open()), "http");
    FakeClient client = fixture.client();
    client.connect("t.example:" + target.port(), basic("t:abc"));
    client.send(0x16, 3, 1);
    assertThat(client.in.readAllBytes()).hasSize(said.length());
    assertThat(fixture.health.signalsOf("one")).containsExactly("T-ALERT");
  }

  @Test
  void aTargetThatDoesNotAnswerAClientHelloIsTold() throws IOException {
    FakeTarget target = fixture.with(new FakeTarget(FakeServer::await));
    FakeProxy proxy = fixture.with(FakeProxy.open());
    fixture.start(
        "proxies: [{id: one, url: '%s'}]\nhealth: {handshakeTimeout: 300ms}\n"
            .formatted(proxy.url("http")));
    FakeClient client = fixture.client();
    client.connect("t.example:" + target.port(), "");
    client.send(0x16, 3, 1);
    until(() -> fixture.health.saw("one", "T-MUTE"));
  }

  @Test
  void anIdleTunnelAndAnOldOneAreClosed() throws IOException {
    FakeProxy proxy = fixture.with(FakeProxy.open());
    fixture.start(
        """
        proxies: ['%s']
        routes: {idle: {maxIdle: 300ms}, old: {maxAge: 500ms}}
        """
            .formatted(proxy.url("http")));
    FakeClient idle = fixture.client();
    idle.connect(target(), basic("idle:"));
    assertThat(idle.isEnded()).isTrue();
    FakeClient old = fixture.client();
    old.connect(target(), basic("old:"));
    assertThat(old.echo("still here")).isEqualTo("still here");
    assertThat(old.isEnded()).isTrue();
    until(() -> proxy.connections() == 0);
  }

  @Test
  void tunnelsAreListedClosedByPairAndRemembered() throws IOException {
    FakeProxy proxy = fixture.with(FakeProxy.open());
    fixture.start(
        CLIENTS
            + """
            proxies: [{id: one, url: '%s'}]
            origins: {ours: {hosts: ['*.example']}}
            """
                .formatted(proxy.url("http")));
    FakeClient client = fixture.client();
    client.connect(target(), basic("t,id=c-1:abc"));
    client.echo("abcd");
    Lease lease = fixture.gateway().lease("c-1").orElseThrow();
    assertThat(lease.proxy()).isEqualTo("one");
    assertThat(lease.origin()).isEqualTo("ours");
    assertThat(lease.client()).isEqualTo("alice");
    assertThat(lease.bytesDown()).isEqualTo(4);
    assertThat(fixture.gateway().lease(lease.number())).hasValue(lease);
    assertThat(fixture.gateway().close("one", "theirs")).isZero();
    assertThat(fixture.gateway().close("one", "ours")).isEqualTo(1);
    assertThat(client.isEnded()).isTrue();
    until(() -> fixture.gateway().leases().isEmpty());
    assertThat(fixture.gateway().lease("c-1").orElseThrow().closed()).isPresent();
    assertThat(fixture.gateway().lease(lease.number())).isEmpty();
  }

  @Test
  void bytesAreHeldToTheirRate() throws Exception {
    FakeProxy proxy = fixture.with(FakeProxy.open());
    fixture.start(
        "proxies: [{url: '%s', limits: {bytesPerSecond: 200000}}]\n".formatted(proxy.url("http")));
    FakeClient client = fixture.client();
    client.connect(target(), basic("t:abc"));
    long began = System.nanoTime();
    client.out.write(new byte[100_000]);
    client.in.readNBytes(100_000);
    // Both ways are 200 kB; the last block is not waited for.
    assertThat(System.nanoTime() - began).isGreaterThan(300_000_000L);
  }

  @Test
  void fiveHundredTunnelsAtOnceLeaveNothingBehind() throws Exception {
    startWith(fixture.with(FakeProxy.open()), "socks5");
    int count = 500;
    var ready = new CountDownLatch(count);
    var go = new CountDownLatch(1);
    for (int i = 0; i < count; i++)
      Thread.ofVirtual()
          .start(
              () -> {
                try (var client = new FakeClient(fixture.gateway().port())) {
                  client.connect(target(), basic("t:abc"));
                  client.echo("x");
                  ready.countDown();
                  go.await();
                  client.echo("y");
                } catch (IOException | InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
    ready.await();
    assertThat(fixture.gateway().stats().tunnels()).isEqualTo(count);
    go.countDown();
    until(() -> fixture.gateway().stats().tunnels() == 0);
    until(() -> fixture.gateway().stats().clients() == 0);
    assertThat(fixture.gateway().stats().proxies().get("one").tunnels()).isZero();
  }
}
