package io.tradeflood.proxyter.probe;

import static io.tradeflood.proxyter.probe.ProbeFixture.declare;
import static io.tradeflood.proxyter.probe.ProbeFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxyter.gateway.FakeClient;
import io.tradeflood.proxyter.gateway.FakeProxy;
import io.tradeflood.proxyter.gateway.FakeServer;
import io.tradeflood.proxyter.gateway.FakeTarget;
import io.tradeflood.proxyter.gateway.FakeTls;
import io.tradeflood.proxyter.health.HealthSnapshot;
import io.tradeflood.proxyter.health.Job;
import io.tradeflood.proxyter.health.Verdict;
import java.io.IOException;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProberTest {
  private final ProbeFixture fixture = new ProbeFixture();
  private final FakeTarget origin = fixture.with(FakeTls.answering(ProbeFixture.OK));

  @AfterEach
  void close() {
    fixture.close();
  }

  private String health(String more) {
    return ProbeFixture.patient(", controls: ['c.example:%d']%s".formatted(origin.port(), more));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "socks5", "socks4a"})
  void aProxyOfEveryKindComesBackByProbesWithItsCredentials(String scheme) throws IOException {
    FakeProxy proxy =
        fixture.with(scheme.equals("socks4a") ? FakeProxy.open() : FakeProxy.of("u", "p"));
    FakeProxy other = fixture.with(FakeProxy.open());
    fixture.start(
        health("")
            + "proxies:\n"
            + declare("one", proxy.url(scheme), "a")
            + declare("two", other, "b"));
    proxy.fault = Optional.of(ProberTest::answerJunk);
    Runnable ask = () -> fixture.ask("t,tag=one", "o.example", origin);
    ask.run();
    fixture.told("proxy.down", ask);
    proxy.fault = Optional.empty();
    fixture.told("proxy.probation");
    fixture.told("proxy.up");
    assertThat(fixture.ask("t,tag=one", "o.example", origin)).startsWith("HTTP/1.1 200");
    assertThat(proxy.asked).anyMatch(asked -> asked.contains("c.example"));
  }

  private static void answerJunk(Socket socket) throws IOException {
    int unused = socket.getInputStream().read();
    FakeServer.write(socket.getOutputStream(), "junk");
    FakeServer.await(socket);
  }

  @Test
  void wrongCredentialsFoundByAProbeAreNotTriedAgain() {
    FakeProxy proxy = fixture.with(FakeProxy.open());
    fixture.start(health("") + "proxies:\n" + declare("one", proxy, "a"));
    proxy.fault = Optional.of(FakeProxy.answering("junk\r\n\r\n"));
    Runnable ask = () -> fixture.ask("t", "o.example", origin);
    ask.run();
    fixture.told("proxy.down", ask);
    proxy.fault = Optional.of(FakeProxy.answering("HTTP/1.1 407 Who\r\n\r\n"));
    fixture.told("proxy.auth_failed");
    assertThat(fixture.state("one")).isEqualTo("auth_failed");
  }

  @Test
  void aProxyThatFlapsIsOutForLongerEachTime() {
    FakeProxy proxy = fixture.with(FakeProxy.open());
    FakeProxy other = fixture.with(FakeProxy.open());
    fixture.start(
        health("") + "proxies:\n" + declare("one", proxy, "a") + declare("two", other, "b"));
    for (int i = 1; i <= 3; i++) {
      int times = i;
      proxy.fault = Optional.of(FakeProxy.answering("junk\r\n\r\n"));
      var unused = fixture.ask("t,tag=one", "o.example", origin);
      until(() -> fixture.told().stream().filter("proxy.down"::equals).count() == times);
      proxy.fault = Optional.empty();
      until(() -> fixture.told().stream().filter("proxy.up"::equals).count() >= times);
    }
    var waits =
        fixture.changes.stream()
            .filter(c -> c.type().equals("proxy.down"))
            .map(c -> c.until().get().toEpochMilli() - c.since().toEpochMilli())
            .toList();
    assertThat(waits.get(2)).isGreaterThan(waits.get(0));
  }

  private static FakeTarget.Deed answering(
      AtomicInteger status, ConcurrentLinkedQueue<Instant> seen) {
    return FakeTls.inside(
        socket -> {
          FakeServer.head(socket.getInputStream());
          seen.add(Instant.now());
          FakeServer.write(
              socket.getOutputStream(),
              "HTTP/1.1 " + status.get() + " X\r\nContent-Length: 0\r\n\r\n");
        });
  }

  private static HealthSnapshot.PairState ban(String type, Instant end) {
    return new HealthSnapshot.PairState(
        "one", "banning", type, "banned", Verdict.BANNED, Instant.now().minusSeconds(5), end, 1);
  }

  @Test
  void aBanIsProbedOnceAfterItsEndAndNeverBefore() {
    var status = new AtomicInteger(418);
    var seen = new ConcurrentLinkedQueue<Instant>();
    FakeTarget banning = fixture.with(new FakeTarget(answering(status, seen)));
    FakeProxy proxy = fixture.with(FakeProxy.open());
    fixture.prepare(
        health("")
            + "origins: {banning: {hosts: [b.example]}}\n"
            + "routes: {p: {probe: {url: 'https://b.example:%d/ping'}}, '*': {}}\n"
                .formatted(banning.port())
            + "proxies:\n"
            + declare("one", proxy, "a"));
    Instant end = Instant.now().plusMillis(600);
    fixture.watcher().restore(List.of(ban("p", end)));
    fixture.begin();
    assertThat(fixture.ask("p", "b.example", banning)).startsWith("HTTP/1.1 503");
    until(() -> !seen.isEmpty());
    assertThat(seen.element()).isAfterOrEqualTo(end);
    fixture.told("pair.banned");
    assertThat(seen).hasSize(1);
    var pair = fixture.watcher().snapshot().pairs().getFirst();
    assertThat(pair.times()).isEqualTo(2);
    assertThat(pair.until()).isAfter(Instant.now().plusSeconds(230));
    assertThat(fixture.jobs).filteredOn(Job.ProbePair.class::isInstance).hasSize(1);
  }

  @Test
  void aBanThatHasEndedIsLiftedByItsProbe() {
    var status = new AtomicInteger(200);
    var seen = new ConcurrentLinkedQueue<Instant>();
    FakeTarget banning = fixture.with(new FakeTarget(answering(status, seen)));
    FakeProxy proxy = fixture.with(FakeProxy.open());
    fixture.prepare(
        health("")
            + "origins: {banning: {hosts: [b.example]}}\n"
            + "routes: {p: {probe: {url: 'https://b.example:%d/ping?a=1'}}, '*': {}}\n"
                .formatted(banning.port())
            + "proxies:\n"
            + declare("one", proxy, "a"));
    fixture.watcher().restore(List.of(ban("p", Instant.now().plusMillis(200))));
    fixture.begin();
    fixture.told("pair.restored");
    assertThat(seen).hasSize(1);
    assertThat(fixture.ask("p", "b.example", banning)).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @CsvSource({"3, 40", "1, 20"})
  void moreThanItsBoundsAreNeverInFlightNorInASecond(int atOnce, int perSecond) throws Exception {
    var open = new AtomicInteger();
    var most = new AtomicInteger();
    var times = new ConcurrentLinkedQueue<Long>();
    var proxies = new ArrayList<FakeProxy>();
    var document = new StringBuilder("proxies:\n");
    for (int i = 0; i < 12; i++) {
      FakeProxy proxy = fixture.with(FakeProxy.open());
      proxy.fault =
          Optional.of(
              socket -> {
                times.add(System.nanoTime());
                most.accumulateAndGet(open.incrementAndGet(), Math::max);
                FakeServer.head(socket.getInputStream());
                // Before the answer: when the prober has that, it may begin the next.
                open.decrementAndGet();
                FakeServer.write(socket.getOutputStream(), "HTTP/1.1 503 Oh\r\n\r\n");
              });
      proxies.add(proxy);
      document.append(declare("p" + i, proxy, "x" + i));
    }
    fixture.start(
        "health: {probesAtOnce: %d, probesPerSecond: %d, controls: ['c.example:%d']}\n"
                .formatted(atOnce, perSecond, origin.port())
            + document);
    until(
        () -> {
          for (int i = 0; i < 12; i++) fixture.prober().accept(new Job.ProbeProxy("p" + i));
          return times.size() > perSecond + 10;
        });
    assertThat(most.get()).isBetween(1, atOnce);
    var sorted = times.stream().sorted().toList();
    assertThat(sorted).hasSizeGreaterThan(perSecond + 10);
    // Half of a second is left to how late a busy machine notices a connection.
    for (int i = perSecond; i < sorted.size(); i++)
      assertThat(sorted.get(i) - sorted.get(i - perSecond)).isGreaterThan(500_000_000L);
  }

  @Test
  void whatIsBeingDoneWhenItIsClosedLeavesNothingBehind() {
    var document = new StringBuilder("proxies:\n");
    var proxies = new ArrayList<FakeProxy>();
    for (int i = 0; i < 6; i++) {
      FakeProxy proxy = fixture.with(FakeProxy.open());
      proxy.fault = Optional.of(FakeProxy.SILENT);
      proxies.add(proxy);
      document.append(declare("p" + i, proxy, "x" + i));
    }
    fixture.start(health("") + document);
    for (int i = 0; i < 6; i++) fixture.prober().accept(new Job.ProbeProxy("p" + i));
    until(() -> proxies.stream().allMatch(p -> p.connections() == 1));
    fixture.prober().close();
    until(() -> proxies.stream().allMatch(p -> p.connections() == 0));
    assertThat(fixture.prober().stats().probes()).isZero();
    fixture.prober().accept(new Job.ProbeProxy("p0"));
    assertThat(proxies.getFirst().connections()).isZero();
  }

  @Test
  void aClientThatLeavesASilentProxyLeavesNoConnection() throws IOException {
    FakeProxy silent = fixture.with(FakeProxy.open());
    FakeProxy other = fixture.with(FakeProxy.open());
    silent.fault = Optional.of(FakeProxy.SILENT);
    fixture.start(
        health("") + "proxies:\n" + declare("one", silent, "a") + declare("two", other, "b"));
    var clients = new ArrayList<FakeClient>();
    for (int i = 0; i < 20; i++) {
      var client = fixture.client();
      client.send(
          FakeClient.connectHead("o.example:" + origin.port(), FakeClient.basic("t,tag=one:")));
      clients.add(client);
    }
    until(() -> silent.connections() == 20);
    for (FakeClient client : clients) client.close();
    until(() -> silent.connections() == 0);
    until(() -> fixture.gateway().stats().clients() == 0);
    assertThat(fixture.told()).isEmpty();
  }
}
