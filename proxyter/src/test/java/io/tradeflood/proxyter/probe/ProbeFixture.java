package io.tradeflood.proxyter.probe;

import static org.awaitility.Awaitility.await;

import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.config.SettingsReader;
import io.tradeflood.proxyter.gateway.FakeClient;
import io.tradeflood.proxyter.gateway.FakeProxy;
import io.tradeflood.proxyter.gateway.FakeTarget;
import io.tradeflood.proxyter.gateway.FakeTls;
import io.tradeflood.proxyter.gateway.Gateway;
import io.tradeflood.proxyter.health.Change;
import io.tradeflood.proxyter.health.Job;
import io.tradeflood.proxyter.health.Watcher;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Gateway, watcher and prober at work together; everything is closed with it. */
final class ProbeFixture implements AutoCloseable {
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static final String HEALTH =
      "health: {connectTimeout: %s, handshakeTimeout: %s, backOffFirst: 300ms, backOffMost: 2s,"
          + " slowStart: 300ms, probesPerSecond: 200, probesAtOnce: 16%s}\n";

  /** Nobody is given up too soon, however busy this machine is. */
  static String patient(String more) {
    return HEALTH.formatted("10s", "10s", more);
  }

  /** Silence need not be waited for. */
  static String quick(String more) {
    return HEALTH.formatted("1s", "1500ms", more);
  }

  private final List<AutoCloseable> things = new ArrayList<>();
  final Queue<Change> changes = new ConcurrentLinkedQueue<>();
  final Queue<Job> jobs = new ConcurrentLinkedQueue<>();
  private Watcher watcher;
  private Prober prober;
  private Gateway gateway;
  volatile Settings settings;

  <T extends AutoCloseable> T with(T thing) {
    things.add(thing);
    return thing;
  }

  void start(String document) {
    prepare(document);
    begin();
  }

  /** All but the watcher's own thread; every name leads to this machine. */
  void prepare(String document) {
    InstantSource clock = InstantSource.system();
    settings =
        SettingsReader.read(
            "listen: {address: '127.0.0.1:0'}\ndirect: {allowPrivate: true}\n" + document);
    var random = new SplittableRandom(11);
    watcher =
        new Watcher(
            settings,
            clock,
            random.split(),
            change -> {
              changes.add(change);
              Gateway running = gateway;
              if (running != null) running.lookAgain();
            },
            this::job);
    prober =
        new Prober(
            () -> settings,
            watcher,
            clock,
            random.split(),
            _ -> new InetAddress[] {InetAddress.getLoopbackAddress()},
            FakeTls.CONTEXT.getSocketFactory());
    gateway = Gateway.start(settings, watcher, clock, 5);
  }

  void begin() {
    watcher.start();
  }

  private void job(Job job) {
    jobs.add(job);
    prober.accept(job);
  }

  Watcher watcher() {
    return watcher;
  }

  Prober prober() {
    return prober;
  }

  Gateway gateway() {
    return gateway;
  }

  FakeClient client() throws IOException {
    return with(new FakeClient(gateway.port()));
  }

  /** A request in TLS through the gateway; the answer's first line, or what came instead. */
  String ask(String payload, String host, FakeTarget target) {
    try (var client = new FakeClient(gateway.port())) {
      String head = client.connect(host + ":" + target.port(), FakeClient.basic(payload + ":"));
      if (!head.startsWith("HTTP/1.1 200")) return head;
      // As long again as the gateway waits, so that it is the first to give up.
      client.socket.setSoTimeout((int) settings.health().handshakeTimeout().toMillis() * 2);
      try (var tls = FakeTls.along(client.socket, host);
          var inside = new FakeClient(tls)) {
        inside.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        return inside.head();
      }
    } catch (IOException e) {
      return "broken: " + e.getMessage();
    }
  }

  /** A request in plain HTTP through the gateway; the answer's head. */
  String askPlain(String payload, String host, FakeTarget target) {
    try (var client = new FakeClient(gateway.port())) {
      client.send(
          "GET http://%s:%d/ HTTP/1.1\r\nHost: %s\r\nProxy-Authorization: %s\r\n\r\n"
              .formatted(host, target.port(), host, FakeClient.basic(payload + ":")));
      return client.head();
    } catch (IOException e) {
      return "broken: " + e.getMessage();
    }
  }

  List<String> told() {
    return changes.stream().map(Change::type).toList();
  }

  /** Waits for the change. */
  Change told(String type) {
    until(() -> told().contains(type));
    return changes.stream().filter(c -> c.type().equals(type)).findFirst().orElseThrow();
  }

  /** Waits for the change; how many milliseconds, of those in which this machine worked. */
  long toldAfter(String type) {
    long millis = 0;
    for (; !told().contains(type); millis += 5) {
      if (millis >= 30_000) throw new AssertionError("no " + type + ": " + told());
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    return millis;
  }

  /**
   * Waits for the change; on a machine that is busy elsewhere a look may be given up too soon, and
   * then it takes another failure.
   */
  Change told(String type, Runnable again) {
    for (int i = 0; i < 4; i++) {
      long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
      while (System.nanoTime() < end) {
        if (told().contains(type)) return told(type);
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      }
      again.run();
    }
    return told(type);
  }

  String state(String proxy) {
    return watcher.snapshot().proxies().stream()
        .filter(p -> p.proxy().equals(proxy))
        .map(p -> p.state())
        .findFirst()
        .orElse("?");
  }

  static String declare(String id, FakeProxy proxy, String provider) {
    return declare(id, proxy.url("http"), provider);
  }

  static String declare(String id, String url, String provider) {
    return "  - {id: %s, url: '%s', provider: %s, tags: [%s]}\n".formatted(id, url, provider, id);
  }

  static void until(BooleanSupplier holds) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(holds::getAsBoolean);
  }

  @Override
  public void close() {
    for (AutoCloseable thing : things.reversed())
      try {
        thing.close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    if (gateway != null) gateway.close();
    if (prober != null) prober.close();
    if (watcher != null) watcher.close();
  }
}
