package io.tradeflood.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tradeflood.Answer;
import io.tradeflood.Request;
import io.tradeflood.TradeFlood;
import io.tradeflood.live.Event;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.ServerTime;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.Trade;
import io.tradeflood.net.json.RecordWriter;
import io.tradeflood.proxy.ProxyScheme;
import io.tradeflood.proxy.ProxyterAddress;
import io.tradeflood.proxy.Rotation;
import io.tradeflood.proxy.Route;
import io.tradeflood.proxyter.config.SettingsReader;
import io.tradeflood.proxyter.gateway.Gateway;
import io.tradeflood.proxyter.gateway.GatewayStats.Outcome;
import io.tradeflood.proxyter.gateway.Lease;
import io.tradeflood.proxyter.health.Watcher;
import io.tradeflood.simulator.Simulator;
import io.tradeflood.simulator.SimulatorOptions;
import io.tradeflood.simulator.limit.LimitOptions;
import io.tradeflood.turn.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * TradeFlood, Proxyter, proxies with addresses of their own, and an exchange that counts by
 * address: all of the way.
 */
@Timeout(90)
class ProxyterRouteTest {
  private static final String PASSWORD = "changeit";
  private static final Request<ServerTime> TIME =
      Request.of("binance", ServerTime.class, new NowQuery(Symbol.of("BTC/USDT")));

  @TempDir static Path folder;
  private static SSLContext tls;
  private static Path certificate;

  private final List<AutoCloseable> things = new ArrayList<>();

  @BeforeAll
  static void makeACertificate() throws Exception {
    Path store = folder.resolve("store.p12");
    certificate = folder.resolve("certificate.pem");
    var common = List.of("-alias", "server", "-keystore", store.toString(), "-storepass", PASSWORD);
    keytool(
        List.of(
            "-genkeypair",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost",
            "-storetype",
            "PKCS12",
            "-validity",
            "2"),
        common);
    keytool(List.of("-exportcert", "-rfc", "-file", certificate.toString()), common);
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    var key =
        Base64.getMimeEncoder()
            .encodeToString(keys.getKey("server", PASSWORD.toCharArray()).getEncoded());
    Files.writeString(
        folder.resolve("key.pem"),
        "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n".formatted(key));
    tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
  }

  private static void keytool(List<String> what, List<String> common) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(what);
    command.addAll(common);
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(words).isZero();
  }

  @AfterEach
  void close() throws Exception {
    for (var thing : things.reversed()) thing.close();
  }

  private <T extends AutoCloseable> T with(T thing) {
    things.add(thing);
    return thing;
  }

  /** Tells the time, counts requests by the address they come from, and bans addresses. */
  private static final class CountingExchange implements AutoCloseable {
    final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
    final Set<String> banned = ConcurrentHashMap.newKeySet();
    volatile boolean bansEverybody;
    private final HttpServer server;
    private final String scheme;

    CountingExchange(String scheme) throws IOException {
      this.scheme = scheme;
      var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      if (scheme.equals("https")) {
        var secure = HttpsServer.create(here, 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(tls));
        server = secure;
      } else server = HttpServer.create(here, 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", this::serve);
      server.start();
    }

    private void serve(HttpExchange exchange) throws IOException {
      String from = exchange.getRemoteAddress().getAddress().getHostAddress();
      requests.computeIfAbsent(from, _ -> new AtomicInteger()).incrementAndGet();
      boolean no = bansEverybody || banned.contains(from);
      byte[] body =
          (no ? "{\"code\":-1003,\"msg\":\"Way too much\"}" : "{\"serverTime\":1499827319559}")
              .getBytes(StandardCharsets.UTF_8);
      if (no) exchange.getResponseHeaders().set("Retry-After", "3600");
      exchange.sendResponseHeaders(no ? 418 : 200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    }

    URI url() {
      return URI.create(scheme + "://localhost:" + server.getAddress().getPort());
    }

    Map<String, Integer> counts() {
      return requests.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().get()));
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  /** An HTTP proxy from which everything leaves by an address of its own. */
  private static final class AddressedProxy implements AutoCloseable {
    final InetAddress address;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    AddressedProxy(String address) throws IOException {
      this.address = InetAddress.getByName(address);
      Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
      while (true)
        try {
          var client = server.accept();
          sockets.add(client);
          Thread.ofVirtual().start(() -> serve(client));
        } catch (IOException _) {
          return; // closed
        }
    }

    private void serve(Socket client) {
      try (client) {
        String head = head(client.getInputStream());
        String target = head.split(" ")[1].replaceFirst("http://([^/]*)/.*", "$1");
        int port = Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
        try (var there = new Socket(InetAddress.getLoopbackAddress(), port, address, 0)) {
          if (head.startsWith("CONNECT "))
            client
                .getOutputStream()
                .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          else
            there
                .getOutputStream()
                .write(
                    head.replaceFirst("http://[^/]*/", "/").getBytes(StandardCharsets.ISO_8859_1));
          var back = Thread.ofVirtual().start(() -> carry(there, client));
          carry(client, there);
          back.join();
        }
      } catch (IOException _) {
        // One side went away.
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } finally {
        sockets.remove(client);
      }
    }

    private static String head(InputStream in) throws IOException {
      var head = new StringBuilder();
      while (!head.toString().endsWith("\r\n\r\n")) {
        int b = in.read();
        if (b < 0) throw new IOException("ended in: " + head);
        head.append((char) b);
      }
      return head.toString();
    }

    private static void carry(Socket from, Socket to) {
      try {
        from.getInputStream().transferTo(to.getOutputStream());
        to.shutdownOutput();
      } catch (IOException _) {
        // One side went away.
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
      for (var socket : sockets) socket.close();
    }
  }

  private Gateway proxyter() throws IOException {
    return proxyter("");
  }

  /**
   * @param listen what it listens with beside its address
   */
  private Gateway proxyter(String listen) throws IOException {
    var proxies = new ArrayList<String>();
    for (int i = 2; i < 5; i++) {
      var proxy = with(new AddressedProxy("127.0.0." + i));
      proxies.add(
          "{id: p%d, url: 'http://127.0.0.1:%d'}".formatted(i, proxy.server.getLocalPort()));
    }
    var settings =
        SettingsReader.read(
            """
            listen: {address: '127.0.0.1:0'%s}
            clients: {us: {secret: open-sesame}}
            proxies: %s
            """
                .formatted(listen, proxies));
    var watcher =
        with(
            new Watcher(
                settings, InstantSource.system(), new SplittableRandom(7), _ -> {}, _ -> {}));
    watcher.start();
    return with(Gateway.start(settings, watcher, InstantSource.system(), 7));
  }

  private TradeFlood flood(Gateway proxyter, CountingExchange exchange, Rotation rotation) {
    var address = ProxyterAddress.of("127.0.0.1", proxyter.port()).secret("open-sesame");
    return with(
        TradeFlood.builder()
            .host("binance.spot-rest", exchange.url())
            .setting("", "net.trust", certificate.toString())
            .setting("", "net.patience", "5s")
            .proxyScheme(ProxyScheme.via(new Route.Proxyter(address).rotate(rotation)))
            .build());
  }

  /** Asks, and gives what is told of it after. */
  private static String analyzed(TradeFlood flood) {
    try (var run = flood.plan(List.of(TIME)).run()) {
      assertThat(run.answer(TIME).failure()).isEmpty();
      var json = new JsonMapper().readTree(new RecordWriter().toBytes(run.analyze()));
      assertThat(json.at("/calls/calls/0/moves/0/reason").asString())
          .startsWith("binance.spot-rest has shut it out until ");
      return run.analyze().toString();
    }
  }

  private static Optional<Failure> ask(TradeFlood flood) {
    Answer<ServerTime> answer = flood.pull(TIME);
    return answer.failure();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void theRequestsToOneExchangeLeaveByOneAddressUnlessTheUserSaysOtherwise(String scheme)
      throws Exception {
    var exchange = with(new CountingExchange(scheme));
    var proxyter = proxyter();
    var flood = flood(proxyter, exchange, Rotation.never());
    for (int i = 0; i < 5; i++) assertThat(ask(flood)).isEmpty();
    assertThat(exchange.counts()).hasSize(1).containsValue(5);
    assertThat(proxyter.stats().outcomes().getOrDefault(Outcome.MALFORMED, 0L)).isZero();
    if (scheme.equals("https"))
      assertThat(proxyter.leases())
          .singleElement()
          .satisfies(
              lease -> {
                assertThat(lease.type()).isEqualTo("binance.time");
                assertThat(lease.client()).isEqualTo("us");
              });
  }

  @Test
  void itIsSpokenToInTlsForRequestsAndStreams() throws Exception {
    var exchange =
        with(
            Simulator.start(
                SimulatorOptions.defaults().withSpeed(20).withLimits(LimitOptions.OFF)));
    var proxyter =
        proxyter(
            ", tls: {certificate: '%s', key: '%s'}"
                .formatted(certificate, folder.resolve("key.pem")));
    var address = ProxyterAddress.of("localhost", proxyter.port()).inTls().secret("open-sesame");
    var trades = Request.of("binance", Trade.class, new NowQuery(Symbol.of("BTC/USDT")));
    var flood =
        with(inTls(exchange, address).setting("", "net.trust", certificate.toString()).build());
    assertThat(ask(flood)).isEmpty();
    try (var watch = flood.watch(List.of(trades));
        var reader = watch.feed(trades).read()) {
      var told = new ArrayList<Trade>();
      while (told.isEmpty())
        if (reader.poll(Duration.ofSeconds(30)).orElseThrow() instanceof Event.Data<Trade> data)
          told.add(data.row());
      assertThat(told.getFirst().price()).isPositive();
      assertThat(proxyter.leases()).extracting(Lease::type).contains("binance.trades");
    }
    assertThat(proxyter.stats().outcomes().getOrDefault(Outcome.MALFORMED, 0L)).isZero();
    // Nobody vouches for it where the machine alone is asked.
    assertThat(ask(with(inTls(exchange, address).build())))
        .get()
        .extracting(Throwable::getMessage)
        .asString()
        .contains("Proxyter at " + address + " has a certificate that is not trusted: ");
  }

  private static TradeFlood.Builder inTls(Simulator exchange, ProxyterAddress address) {
    var flood = TradeFlood.builder().proxyScheme(ProxyScheme.via(new Route.Proxyter(address)));
    exchange.hosts().forEach(flood::host);
    return flood;
  }

  @Test
  void aBanStopsItAndProxyterKeepsTheNextProgramToIt() throws Exception {
    var exchange = with(new CountingExchange("https"));
    var proxyter = proxyter();
    var flood = flood(proxyter, exchange, Rotation.never());
    assertThat(ask(flood)).isEmpty();
    exchange.bansEverybody = true;
    var first = ask(flood);
    assertThat(first)
        .get()
        .isInstanceOfSatisfying(Failure.Limited.class, f -> assertThat(f.isBan()).isTrue());
    assertThat(exchange.counts()).hasSize(1).containsValue(2);
    // What the admin port would be told.
    Lease lease = proxyter.leases().getFirst();
    assertThat(proxyter.told(lease, 418, Optional.of(Duration.ofHours(1))).switches()).isTrue();
    // Another program knows nothing of it; its session is the same, and stays where it is.
    var another = flood(proxyter, exchange, Rotation.never());
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(ask(another))
                    .get()
                    .isInstanceOfSatisfying(
                        Failure.Limited.class,
                        f -> {
                          assertThat(f.isBan()).isTrue();
                          assertThat(f.getMessage())
                              .contains("keeps to " + lease.proxy())
                              .contains("the proxy scheme keeps to one address");
                        }));
    assertThat(exchange.counts()).hasSize(1);
  }

  @Test
  void whereTheUserAllowsItABanMovesTheCallAndTheNextTunnelTellsProxyter() throws Exception {
    var exchange = with(new CountingExchange("https"));
    var proxyter = proxyter();
    var flood = flood(proxyter, exchange, Rotation.onBan(3));
    assertThat(ask(flood)).isEmpty();
    String first = exchange.counts().keySet().iterator().next();
    String proxy = proxyter.leases().getFirst().proxy();
    exchange.banned.add(first);
    String analysis = analyzed(flood);
    for (int i = 0; i < 2; i++) assertThat(ask(flood)).isEmpty();
    assertThat(exchange.counts()).hasSize(2).containsEntry(first, 2);
    assertThat(analysis)
        .contains("ran: 1 call in ", ", 1 moved to another way\n")
        .containsPattern(
            "moved from proxyter://\\S+/binance\\.time,s=binance,sm=firm"
                + " to proxyter://\\S+/binance\\.time,s=binance,sr=2,sm=firm:"
                + " binance\\.spot-rest has shut it out until 2\\d{3}-\\S+Z\n");
    // By the word of the second tunnel the first proxy is shut out, for who keeps to it as well.
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> proxyter.leases().stream().noneMatch(lease -> lease.proxy().equals(proxy)));
    var another = flood(proxyter, exchange, Rotation.never());
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(ask(another))
                    .get()
                    .isInstanceOf(Failure.Limited.class)
                    .extracting(Throwable::getMessage)
                    .asString()
                    .contains("keeps to " + proxy));
    assertThat(exchange.counts()).hasSize(2).containsEntry(first, 2);
  }

  @Test
  void spreadTheRanksOfTheSessionAreDifferentAddresses() throws Exception {
    var exchange = with(new CountingExchange("https"));
    var proxyter = proxyter();
    var flood = flood(proxyter, exchange, Rotation.spread(3));
    // Each address that bans the first request that comes by it is left: all three are found.
    exchange.bansEverybody = true;
    assertThat(ask(flood)).get().isInstanceOf(Failure.Limited.class);
    assertThat(exchange.counts())
        .containsOnlyKeys("127.0.0.2", "127.0.0.3", "127.0.0.4")
        .allSatisfy((_, count) -> assertThat(count).isEqualTo(1));
  }
}
