package io.tradeflood.proxyter.gateway;

import static io.tradeflood.proxyter.gateway.FakeClient.basic;
import static io.tradeflood.proxyter.gateway.GatewayFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxyter.config.Address;
import io.tradeflood.proxyter.config.SettingsReader;
import io.tradeflood.proxyter.payload.Payload;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LimitsTest {
  private static final String TWO_CLIENTS =
      "clients: {alice: {secret: a, limits: {tunnels: 2}}, bob: {secret: b}}\n";

  private final GatewayFixture fixture = new GatewayFixture();
  private final FakeTarget echo = fixture.with(FakeTarget.echo());
  private final FakeProxy one = fixture.with(FakeProxy.open());
  private final FakeProxy two = fixture.with(FakeProxy.open());

  @AfterEach
  void close() {
    fixture.close();
  }

  private String target() {
    return "echo.example:" + echo.port();
  }

  private String proxies(String limitsOfOne) {
    return "proxies: [{id: one, url: '%s', tags: [x] %s}, {id: two, url: '%s'}]\n"
        .formatted(one.url("http"), limitsOfOne, two.url("http"));
  }

  private FakeClient open(String credentials) throws IOException {
    FakeClient client = fixture.client();
    assertThat(client.connect(target(), basic(credentials))).contains(" 200 ");
    return client;
  }

  private String answer(String credentials) throws IOException {
    return fixture.client().connect(target(), basic(credentials));
  }

  private static String proxyOf(String answer) {
    int at = answer.indexOf("Proxyter-Proxy: ");
    return answer.substring(at + 16, answer.indexOf('\r', at));
  }

  @Test
  void aClientsLimitHoldsForThatClient() throws IOException {
    fixture.start(TWO_CLIENTS + proxies(""));
    FakeClient first = open("t:a");
    open("t:a");
    assertThat(answer("t,t=100:a"))
        .startsWith("HTTP/1.1 503 ")
        .contains(
            "error=connection_limit_reached",
            "details=\"limits of t are exhausted (client:alice tunnels 2): no room in the time"
                + " given\"");
    open("t:b");
    first.close();
    open("t:a");
  }

  @Test
  void whenAGroupIsFullTheNextOneServes() throws IOException {
    fixture.start(
        proxies("")
            + "groups: {main: {proxies: [one], limits: {tunnels: 1}}, spill: {proxies: [two]}}\n");
    assertThat(proxyOf(answer("t:"))).isEqualTo("one");
    assertThat(proxyOf(answer("t:"))).isEqualTo("two");
    assertThat(fixture.gateway().stats().limits())
        .containsExactly(
            new GatewayStats.LimitUse("group:main", "tunnels", 1, 1, 1, 0, Optional.empty()));
  }

  @Test
  void whoWaitsIsServedAsSoonAsThereIsRoom() throws Exception {
    fixture.start(proxies(", limits: {tunnels: 1}"));
    FakeClient holder = open("t,tag=x:");
    FakeClient waiting = fixture.client();
    waiting.send(FakeClient.connectHead(target(), basic("t,tag=x:")));
    until(() -> fixture.gateway().stats().waiting().get("*") == 1);
    // Whoever wants something else passes.
    assertThat(proxyOf(answer("t,x=one:"))).isEqualTo("two");
    holder.close();
    assertThat(proxyOf(waiting.head())).isEqualTo("one");
    assertThat(fixture.gateway().stats().waiting()).containsEntry("*", 0);
  }

  @Test
  void theHigherPriorityIsServedFirst() throws Exception {
    fixture.start(proxies(", limits: {tunnels: 1}"));
    FakeClient holder = open("t,tag=x:");
    FakeClient low = fixture.client();
    low.send(FakeClient.connectHead(target(), basic("t,tag=x,pr=1:")));
    until(() -> fixture.gateway().stats().waiting().get("*") == 1);
    FakeClient high = fixture.client();
    high.send(FakeClient.connectHead(target(), basic("t,tag=x,pr=9:")));
    until(() -> fixture.gateway().stats().waiting().get("*") == 2);
    holder.close();
    assertThat(high.head()).contains(" 200 ");
    assertThat(fixture.gateway().stats().waiting()).containsEntry("*", 1);
    high.close();
    assertThat(low.head()).contains(" 200 ");
  }

  private long rejected(String scope) {
    return fixture.gateway().stats().limits().stream()
        .filter(use -> use.scope().equals(scope))
        .mapToLong(GatewayStats.LimitUse::rejected)
        .sum();
  }

  @Test
  void aRequestThatIsRefusedCountsOnceHoweverOftenItLookedForRoom() throws Exception {
    fixture.start(proxies(", limits: {tunnels: 1}") + "routes: {'*': {queue: 2}}\n");
    FakeClient holder = open("t,tag=x:");
    FakeClient first = fixture.client();
    first.send(FakeClient.connectHead(target(), basic("t,tag=x:")));
    until(() -> fixture.gateway().stats().waiting().get("*") == 1);
    FakeClient second = fixture.client();
    second.send(FakeClient.connectHead(target(), basic("t,tag=x:")));
    until(() -> fixture.gateway().stats().waiting().get("*") == 2);
    for (int i = 0; i < 5; i++) fixture.gateway().lookAgain();
    assertThat(rejected("proxy:one")).isZero();
    assertThat(answer("t,tag=x:"))
        .contains("limits of t are exhausted (proxy:one tunnels 1): 2 wait for room already");
    assertThat(rejected("proxy:one")).isEqualTo(1);
    // Who waits and is served was not refused.
    holder.close();
    assertThat(first.head()).contains(" 200 ");
    first.close();
    assertThat(second.head()).contains(" 200 ");
    assertThat(rejected("proxy:one")).isEqualTo(1);
    assertThat(fixture.gateway().stats().limits().getFirst().missed()).isGreaterThan(3);
  }

  @Test
  void aSessionThatGoesNowhereElseIsRefusedByTheLimitOfItsProxyAlone() throws IOException {
    fixture.start(
        "proxies: [{id: one, url: '%s', limits: {tunnels: 1}}, {id: two, url: '%s', limits: {tunnels: 1}}]\nroutes: {'*': {queue: 0}}\n"
            .formatted(one.url("http"), two.url("http")));
    String home = proxyOf(answer("t,s=7,sm=hard:"));
    String other = home.equals("one") ? "two" : "one";
    until(() -> fixture.gateway().stats().tunnels() == 1);
    open("t,x=%s:".formatted(home));
    assertThat(answer("t,s=7,sm=hard:"))
        .contains("exhausted (proxy:%s tunnels 1): 0 wait".formatted(home));
    assertThat(rejected("proxy:" + home)).isEqualTo(1);
    assertThat(rejected("proxy:" + other)).isZero();
    assertThat(answer("t,s=7:")).contains("proxy:one tunnels 1", "proxy:two tunnels 1");
  }

  @Test
  void theLimitsThatRefuseAreNamed() throws IOException {
    fixture.start(
        proxies(", limits: {window: 2/1d rolling}")
            + "groups: {g: {proxies: [one, two], perProxy: {rate: 1/1h, tunnels: 9}}}\n"
            + "routes: {'*': {queue: 0}, s: {queue: 0, limits: {setups: 5, tunnels: 1}}}\n");
    open("s,x=two:");
    assertThat(answer("s:")).contains("exhausted (type:s tunnels 1): 0 wait");
    assertThat(answer("t,w=2,x=two:"))
        .contains(
            "exhausted (proxy:one window 2/1d rolling, proxy:one@group:g rate 1/1h): no room before");
  }

  @Test
  void theQueueIsBounded() throws Exception {
    fixture.start(proxies(", limits: {tunnels: 1}") + "routes: {'*': {queue: 1}}\n");
    open("t,tag=x:");
    FakeClient waiting = fixture.client();
    waiting.send(FakeClient.connectHead(target(), basic("t,tag=x:")));
    until(() -> fixture.gateway().stats().waiting().get("*") == 1);
    assertThat(answer("t,tag=x:")).startsWith("HTTP/1.1 503 ").contains("1 wait for room already");
  }

  @Test
  void aWindowThatIsUsedUpTellsWhenItOpens() throws IOException {
    fixture.start(
        proxies("")
            + "origins: {ours: {hosts: [echo.example], perProxy: {window: 10/1d rolling}}}\n");
    assertThat(proxyOf(answer("t,w=10,tag=x:"))).isEqualTo("one");
    String refused = answer("t,w=1,tag=x:");
    assertThat(refused).startsWith("HTTP/1.1 503 ").contains("Retry-After: ");
    // The other proxy has a window of its own.
    assertThat(proxyOf(answer("t,w=10:"))).isEqualTo("two");
    fixture.gateway().used("two", "ours", Duration.ofDays(1), 10);
    assertThat(answer("t,w=1:")).startsWith("HTTP/1.1 503 ");
  }

  @Test
  void whatTheTargetSaysIsUsedIsBelieved() throws IOException {
    fixture.start(
        proxies("") + "origins: {ours: {hosts: ['*.example'], perProxy: {window: 10/1d}}}\n");
    fixture.gateway().used("one", "ours", Duration.ofDays(1), 10);
    for (int i = 0; i < 3; i++) assertThat(proxyOf(answer("t:"))).isEqualTo("two");
  }

  @Test
  void whoWaitsForATokenGetsItInTime() throws IOException {
    fixture.start(proxies(", limits: {rate: 10/1s}"));
    // The first takes the token, the second waits a tenth of a second for the next.
    open("t,tag=x:");
    open("t,tag=x:");
    open("t,tag=x:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clients: {c: {secret: '', limits: {tunnels: 5}}}",
        "routes: {'*': {limits: {tunnels: 5}}}",
        "groups: {g: {proxies: [one, two], limits: {tunnels: 5}}}",
      })
  void noLimitIsEverExceeded(String limit) throws Exception {
    var open = new AtomicInteger();
    var most = new AtomicInteger();
    echo.deed =
        socket -> {
          most.accumulateAndGet(open.incrementAndGet(), Math::max);
          try {
            socket.getInputStream().read();
          } finally {
            open.decrementAndGet();
          }
          socket.getOutputStream().write('x');
        };
    fixture.start(proxies("") + limit.replace("secret: ''", "secret: s") + "\n");
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Callable<Boolean>>();
      for (int i = 0; i < 16; i++)
        tasks.add(
            () -> {
              for (int j = 0; j < 12; j++)
                try (var client = new FakeClient(fixture.gateway().port())) {
                  if (!client.connect(target(), basic("t:s")).contains(" 200 ")) return false;
                  client.send("q");
                  client.isEnded();
                }
              return true;
            });
      for (var served : pool.invokeAll(tasks)) assertThat(served.get()).isTrue();
    }
    assertThat(most.get()).isBetween(1, 5);
    until(() -> fixture.gateway().stats().limits().stream().allMatch(use -> use.used() == 0));
  }

  @Test
  void setUpsAreLimitedWhileTheyLast() throws IOException {
    one.fault = Optional.of(FakeProxy.SILENT);
    fixture.start(proxies(", limits: {setups: 1}") + "routes: {'*': {hedge: 20s}}\n");
    FakeClient holder = fixture.client();
    holder.send(FakeClient.connectHead(target(), basic("t,tag=x:")));
    until(() -> fixture.gateway().stats().proxies().get("one").setups() == 1);
    assertThat(answer("t,tag=x,t=100:")).contains("error=connection_limit_reached");
    holder.close();
    one.fault = Optional.empty();
    until(() -> fixture.gateway().stats().proxies().get("one").setups() == 0);
    open("t,tag=x:");
    // An open tunnel is no set-up any more.
    open("t,tag=x:");
  }

  @Test
  void aSessionStaysWithItsProxyAndSessionsSpread() throws IOException {
    fixture.start(proxies(""));
    var used = new HashSet<String>();
    for (int s = 0; s < 12; s++) {
      String first = proxyOf(answer("t,s=" + s + ":"));
      used.add(first);
      for (int i = 0; i < 3; i++) assertThat(proxyOf(answer("t,s=" + s + ":"))).isEqualTo(first);
    }
    assertThat(used).containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void aSoftSessionMovesAndStaysWhereItWent() throws IOException {
    fixture.start(proxies(""));
    String home = proxyOf(answer("t,s=7:"));
    String other = home.equals("one") ? "two" : "one";
    fixture.health.shut.add(home);
    assertThat(proxyOf(answer("t,s=7:"))).isEqualTo(other);
    fixture.health.shut.clear();
    assertThat(proxyOf(answer("t,s=7:"))).isEqualTo(other);
  }

  @Test
  void aHardSessionFailsRatherThanMove() throws IOException {
    fixture.start(proxies(""));
    String home = proxyOf(answer("t,s=7,sm=hard:"));
    fixture.health.shut.add(home);
    assertThat(answer("t,s=7,sm=hard:")).startsWith("HTTP/1.1 503 ");
    fixture.health.shut.clear();
    (home.equals("one") ? one : two).fault = Optional.of(FakeProxy.CLOSING);
    assertThat(answer("t,s=7,sm=hard:")).startsWith("HTTP/1.1 502 ");
  }

  @Test
  void aFirmSessionMovesFromWhoIsDownButNotFromWhoIsShutOut() throws IOException {
    fixture.start(proxies(""));
    String home = proxyOf(answer("t,s=7,sm=firm:"));
    String other = home.equals("one") ? "two" : "one";
    fixture.health.banned.add(home);
    assertThat(answer("t,s=7,sm=firm:"))
        .startsWith("HTTP/1.1 503 ")
        .contains(
            "Proxy-Status: proxyter; error=destination_unavailable; received-status=418;"
                + " details=\"the session of t keeps to %s, which is banned\"".formatted(home),
            "Retry-After: 7\r\n");
    // The same holds before the watcher knows, when the client itself says that it was shut out.
    fixture.health.banned.clear();
    assertThat(answer("t,s=7,sm=firm,x=" + home + ":")).contains("received-status=418");
    fixture.health.shut.add(home);
    assertThat(proxyOf(answer("t,s=7,sm=firm:"))).isEqualTo(other);
    // It stays where it went, and so it is shut out with that one.
    fixture.health.banned.add(other);
    assertThat(answer("t,s=7,sm=firm:")).contains("keeps to " + other);
  }

  @Test
  void aFirmOrHardSessionDoesNotSpillOver() throws IOException {
    fixture.start(
        proxies("")
            + """
            groups: {main: {proxies: [one]}, spill: {proxies: [two]}}
            routes: {'*': {groups: [main, spill]}}
            """);
    assertThat(proxyOf(answer("t,s=7,sm=firm:"))).isEqualTo("one");
    fixture.health.banned.add("one");
    assertThat(answer("t,s=7,sm=firm:")).contains("received-status=418");
    assertThat(answer("t,s=7,sm=hard:")).contains("received-status=418");
    assertThat(proxyOf(answer("t,s=7:"))).isEqualTo("two");
    fixture.health.banned.clear();
    fixture.health.shut.add("one");
    assertThat(proxyOf(answer("t,s=7,sm=firm:"))).isEqualTo("two");
    assertThat(answer("t,s=7,sm=hard:")).startsWith("HTTP/1.1 503 ").doesNotContain("received");
  }

  @Test
  void theRanksOfASessionHaveDifferentHomes() throws IOException {
    fixture.start(proxies(""));
    String first = proxyOf(answer("t,s=7,sm=hard:"));
    String second = proxyOf(answer("t,s=7,sr=2,sm=hard:"));
    assertThat(List.of(first, second)).containsExactlyInAnyOrder("one", "two");
    assertThat(proxyOf(answer("t,s=7,sr=1,sm=hard:"))).isEqualTo(first);
    assertThat(answer("t,s=7,sr=3,sm=hard:"))
        .startsWith("HTTP/1.1 503 ")
        .contains("the session wants number 3 but group main has 2 that fit: lower sr")
        .doesNotContain("Retry-After", "not well");
    // An exclusion does not move the home of another rank into its place.
    assertThat(proxyOf(answer("t,s=7,sr=2,sm=hard,x=" + first + ":"))).isEqualTo(second);
  }

  private void startWithFour() {
    fixture.start(
        ("proxies: [{id: one, url: '%1$s'}, {id: two, url: '%2$s'},"
                + " {id: three, url: '%1$s'}, {id: four, url: '%2$s'}]\n")
            .formatted(one.url("http"), two.url("http")));
  }

  @Test
  void ranksThatMoveDoNotMeetWhileThereIsAnother() throws IOException {
    startWithFour();
    String first = proxyOf(answer("t,s=7,sr=1:"));
    String second = proxyOf(answer("t,s=7,sr=2:"));
    fixture.health.shut.add(first);
    String moved = proxyOf(answer("t,s=7,sr=1:"));
    assertThat(moved).isNotIn(first, second);
    assertThat(proxyOf(answer("t,s=7,x=" + first + ":"))).isEqualTo(moved);
    fixture.health.shut.add(second);
    String last = proxyOf(answer("t,s=7,sr=2:"));
    assertThat(last).isNotIn(first, second, moved);
    fixture.health.shut.add(last);
    assertThat(proxyOf(answer("t,s=7,sr=2:"))).as("better two than none").isEqualTo(moved);
    fixture.health.shut.remove(second);
    assertThat(proxyOf(answer("t,s=7,sr=2:"))).isEqualTo(second);
    assertThat(proxyOf(answer("t,s=7,sr=1:"))).isEqualTo(moved);
  }

  @Test
  void aRankLeavesThePlaceOfAnotherThatCameLater() throws IOException {
    startWithFour();
    String first = proxyOf(answer("t,s=7:"));
    fixture.health.shut.add(first);
    String moved = proxyOf(answer("t,s=7:"));
    assertThat(proxyOf(answer("t,s=7,sr=2:"))).isEqualTo(moved);
    String next = proxyOf(answer("t,s=7:"));
    assertThat(next).isNotIn(first, moved);
    assertThat(
            fixture
                .gateway()
                .explain(Payload.of("t,s=7"), Optional.empty(), Address.parse("a.b:1"))
                .chosen())
        .hasValue(next);
    assertThat(proxyOf(answer("t,s=7,sr=2:"))).isEqualTo(moved);
  }

  @Test
  void groupsTagsAndExclusionsAreKept() throws IOException {
    fixture.start(proxies("") + "groups: {a: {proxies: [one]}, b: {proxies: [two]}}\n");
    assertThat(proxyOf(answer("t,g=b:"))).isEqualTo("two");
    assertThat(proxyOf(answer("t,tag=x:"))).isEqualTo("one");
    assertThat(proxyOf(answer("t,x=one:"))).isEqualTo("two");
    assertThat(answer("t,x=one+two:")).startsWith("HTTP/1.1 503 ").contains("2 not as asked for");
  }

  @Test
  void theLongestPrefixOfATypeRoutes() throws IOException {
    fixture.start(
        proxies("")
            + """
            groups: {a: {proxies: [one]}, b: {proxies: [two]}}
            routes: {binance: {groups: [a]}, binance.candles: {groups: [b]}}
            """);
    assertThat(proxyOf(answer("binance:"))).isEqualTo("one");
    assertThat(proxyOf(answer("binance.trades:"))).isEqualTo("one");
    assertThat(proxyOf(answer("binance.candles.hour:"))).isEqualTo("two");
    assertThat(answer("bitget:")).startsWith("HTTP/1.1 403 ").contains("http_request_denied");
  }

  @Test
  void anExplanationTellsWhoWouldServeAndWhyNotTheOthers() throws IOException {
    fixture.start(proxies(", limits: {tunnels: 1}"));
    open("t,tag=x:");
    fixture.health.shut.add("two");
    Explanation all =
        fixture
            .gateway()
            .explain(Payload.of("t"), Optional.empty(), Address.parse("api.example.com:443"));
    assertThat(all.origin()).isEqualTo("example.com");
    assertThat(all.chosen()).isEmpty();
    assertThat(all.why()).hasValue("no proxy has room");
    assertThat(all.candidates())
        .extracting(c -> c.proxy() + " " + c.whyNot().orElse("can"))
        .containsExactly("one no room", "two down");
    fixture.health.shut.clear();
    var two = fixture.gateway().explain(Payload.of("t"), Optional.empty(), Address.parse("a.b:1"));
    assertThat(two.chosen()).hasValue("two");
    assertThat(two.candidates())
        .extracting(Explanation.Candidate::chance)
        .containsExactly(0.0, 1.0);
  }

  @Test
  void anExplanationTellsTheChanceOfEachWhereLotsAreDrawn() throws IOException {
    fixture.start(proxies(", weight: 3"));
    var all = fixture.gateway().explain(Payload.of("t"), Optional.empty(), Address.parse("a.b:1"));
    assertThat(all.chosen()).hasValue("one");
    assertThat(all.candidates())
        .extracting(c -> Math.round(100 * c.chance()))
        .containsExactly(75L, 25L);
  }

  @Test
  void aReloadUnderLoadDropsNothing() throws Exception {
    fixture.start(proxies(", limits: {tunnels: 100}"));
    FakeClient kept = open("t,tag=x:");
    var failures = new AtomicInteger();
    var running = new java.util.concurrent.atomic.AtomicBoolean(true);
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 4; i++)
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (running.get())
                      try (var client = new FakeClient(fixture.gateway().port())) {
                        if (!client.connect(target(), basic("t:")).contains(" 200 ")
                            || !client.echo("x").equals("x")) failures.incrementAndGet();
                      } catch (IOException _) {
                        failures.incrementAndGet();
                      }
                  }));
    for (int i = 0; i < 30; i++) {
      String document =
          i % 2 == 0
              ? "proxies: [{id: two, url: '%s'}]\n".formatted(two.url("http"))
              : proxies(", limits: {tunnels: %d}".formatted(100 + i));
      fixture.gateway().apply(SettingsReader.read(GatewayFixture.LISTEN + document));
    }
    running.set(false);
    for (Thread thread : threads) thread.join();
    assertThat(failures).hasValue(0);
    assertThat(kept.echo("still here")).isEqualTo("still here");
    // The tunnel still counts under the changed limit.
    assertThat(fixture.gateway().stats().limits())
        .filteredOn(use -> use.kind().equals("tunnels"))
        .allMatch(use -> use.capacity() == 129);
    fixture
        .gateway()
        .apply(SettingsReader.read(GatewayFixture.LISTEN + proxies(", limits: {tunnels: 1}")));
    until(() -> fixture.gateway().stats().tunnels() == 1);
    assertThat(answer("t,tag=x,t=100:")).contains("connection_limit_reached");
  }

  @Test
  void whatCannotBeUsedChangesNothing() throws IOException {
    fixture.start(proxies(""));
    int port = fixture.gateway().port();
    String document = "listen: {address: '127.0.0.1:%d'}\n".formatted(echo.port()) + proxies("");
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> fixture.gateway().apply(SettingsReader.read(document)))
        .hasMessageContaining("cannot be opened");
    assertThat(fixture.gateway().port()).isEqualTo(port);
    open("t:");
  }

  @Test
  void descriptorsAreGivenBack() throws Exception {
    var folder = java.nio.file.Path.of("/proc/self/fd");
    org.junit.jupiter.api.Assumptions.assumeTrue(
        java.nio.file.Files.isDirectory(folder), "this system has no /proc/self/fd");
    one.fault = Optional.of(FakeProxy.CLOSING);
    fixture.start(proxies("") + "routes: {'*': {hedge: 30ms}}\n");
    for (int i = 0; i < 20; i++) open("t:").close();
    until(() -> fixture.gateway().stats().clients() == 0 && one.connections() == 0);
    until(() -> two.connections() == 0 && echo.connections() == 0);
    int before = count(folder);
    for (var fault :
        List.of(
            FakeProxy.CLOSING,
            FakeProxy.SILENT,
            FakeProxy.answering("HTTP/1.1 503 Oh\r\n\r\n"),
            (FakeTarget.Deed) FakeServer::reset)) {
      one.fault = Optional.of(fault);
      for (int i = 0; i < 50; i++) {
        FakeClient client = fixture.client();
        if (i % 3 == 0) client.send(FakeClient.connectHead(target(), basic("t,tag=x:"))).close();
        else if (i % 3 == 1) client.connect(target(), basic("t,t=300:"));
        else client.send("CONNECT");
        client.close();
      }
    }
    until(() -> fixture.gateway().stats().clients() == 0);
    until(() -> count(folder) <= before + 2);
  }

  private static int count(java.nio.file.Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? 0 : names.length;
  }
}
