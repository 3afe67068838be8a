package io.tradeflood.proxyter;

import static io.tradeflood.proxyter.ProxyterFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradeflood.proxyter.gateway.FakeClient;
import io.tradeflood.proxyter.gateway.FakeProxy;
import io.tradeflood.proxyter.gateway.FakeServer;
import io.tradeflood.proxyter.gateway.FakeTarget;
import io.tradeflood.proxyter.gateway.GatewayStats.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "descriptors are counted in /proc")
class EnduranceTest {
  private static final int CYCLES = 1_000;
  private static final int CLIENTS = 8;

  /** Five descriptors each, all of them in this process. */
  private static final int TUNNELS = Integer.getInteger("proxyter.tunnels", 2_000);

  @TempDir Path folder;

  /** Resets whoever comes, as a process that is killed with its port kept does. */
  private static final FakeTarget.Deed KILLED = FakeServer::reset;

  @Test
  void aThousandTimesAProxyIsKilledAndRestoredWithoutALostRequestOrALeakedDescriptor()
      throws Exception {
    var proxies = new ArrayList<FakeProxy>();
    for (int i = 0; i < 4; i++) proxies.add(FakeProxy.open());
    try (var target = FakeTarget.echo();
        var fixture = new ProxyterFixture(folder)) {
      var document = new StringBuilder("health: {backOffFirst: 1ms, backOffMost: 1ms}\nproxies:\n");
      for (int i = 0; i < 4; i++)
        document.append("- {id: p%d, url: '%s'}\n".formatted(i, proxies.get(i).url("http")));
      fixture.start(document + "routes: {'*': {tries: 10, budget: 20s}}\n");
      String there = "localhost:" + target.port();
      var served = new AtomicIntegerArray(CLIENTS);
      var done = new AtomicBoolean();
      Queue<String> lost = new ConcurrentLinkedQueue<>();
      // What libraries open once is open before it is counted.
      open(fixture, there, lost);
      until(() -> fixture.proxyter().gateway().stats().clients() == 0);
      long before = ProxyterFixture.descriptors();
      var threads = new ArrayList<Thread>();
      for (int i = 0; i < CLIENTS; i++) {
        int client = i;
        threads.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      while (!done.get()) {
                        open(fixture, there, lost);
                        served.incrementAndGet(client);
                      }
                    }));
      }
      for (int i = 0; i < CYCLES && lost.isEmpty(); i++) {
        FakeProxy one = proxies.get(i % 4);
        one.fault = Optional.of(i % 2 == 0 ? KILLED : FakeProxy.CLOSING);
        // No request lasts for more than two cycles, so each can be served by one of the others.
        untilEachIsServed(served);
        one.fault = Optional.empty();
      }
      done.set(true);
      for (Thread thread : threads) thread.join();
      assertThat(lost).isEmpty();
      assertThat(fixture.proxyter().gateway().stats().outcomes().get(Outcome.RETRIED))
          .as("requests that met a killed proxy")
          .isGreaterThan(CYCLES / 10);
      until(() -> fixture.proxyter().gateway().stats().clients() == 0);
      until(() -> proxies.stream().allMatch(p -> p.connections() == 0));
      until(() -> descriptors() <= before + 2);
      assertThat(fixture.proxyter().gateway().stats().tunnels()).isZero();
    } finally {
      proxies.forEach(FakeProxy::close);
    }
  }

  private static long descriptors() {
    try {
      return ProxyterFixture.descriptors();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void untilEachIsServed(AtomicIntegerArray served) {
    int[] seen = new int[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) seen[i] = served.get(i);
    await()
        .atMost(Duration.ofSeconds(20))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              for (int i = 0; i < CLIENTS; i++) if (served.get(i) == seen[i]) return false;
              return true;
            });
  }

  private static void open(ProxyterFixture fixture, String target, Queue<String> lost) {
    try (var client = new FakeClient(fixture.proxyter().gateway().port())) {
      String answer = client.connect(target, "");
      if (!answer.contains(" 200 ")) lost.add(answer);
      else if (!client.echo("hello").equals("hello")) lost.add("no echo");
    } catch (IOException e) {
      lost.add(e.toString());
    }
  }

  @Test
  void thousandsOfTunnelsAreOpenAtOnceAndEachStillCarries() throws Exception {
    try (var target = FakeTarget.echo();
        var proxy = FakeProxy.open();
        var fixture = new ProxyterFixture(folder)) {
      fixture.start("proxies: [{id: p, url: '%s'}]\n".formatted(proxy.url("http")));
      List<FakeClient> clients = new ArrayList<>();
      for (int i = 0; i < TUNNELS; i++) {
        FakeClient client = fixture.client();
        assertThat(client.connect("localhost:" + target.port(), "")).contains(" 200 ");
        clients.add(client);
      }
      assertThat(fixture.proxyter().gateway().stats().tunnels()).isEqualTo(TUNNELS);
      for (int i = 0; i < TUNNELS; i++)
        assertThat(clients.get(i).echo("tunnel " + i)).isEqualTo("tunnel " + i);
      for (FakeClient client : clients) client.close();
      until(() -> fixture.proxyter().gateway().stats().tunnels() == 0);
    }
  }
}
