package io.tradeflood.proxyter.probe;

import static io.tradeflood.proxyter.probe.ProbeFixture.declare;
import static io.tradeflood.proxyter.probe.ProbeFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxyter.gateway.FakeProxy;
import io.tradeflood.proxyter.gateway.FakeServer;
import io.tradeflood.proxyter.gateway.FakeTarget;
import io.tradeflood.proxyter.gateway.FakeTls;
import io.tradeflood.proxyter.health.Change;
import io.tradeflood.proxyter.health.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every row of the decision, through real sockets: two providers of two proxies each, a target, two
 * controls, and a fault; the gateway tells, the watcher asks, the prober looks.
 */
@Timeout(60)
class DecisionTableTest {
  private static final String ORIGIN = "o.example";

  private final ProbeFixture fixture = new ProbeFixture();
  private final FakeTarget origin = fixture.with(FakeTls.answering(ProbeFixture.OK));
  private final FakeTarget first = fixture.with(FakeTls.answering(ProbeFixture.OK));
  private final FakeTarget second = fixture.with(FakeTls.answering(ProbeFixture.OK));
  private final FakeProxy a1 = fixture.with(FakeProxy.open());
  private final FakeProxy a2 = fixture.with(FakeProxy.open());
  private final FakeProxy b1 = fixture.with(FakeProxy.open());
  private final FakeProxy b2 = fixture.with(FakeProxy.open());

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Origins are named apart, and so are the controls. */
  private String document(String health, String more) {
    return document(ProbeFixture::patient, health, more);
  }

  private String document(UnaryOperator<String> times, String health, String more) {
    return times.apply(
            ", controls: ['c.one.example:%d', 'c.two.example:%d']%s"
                .formatted(first.port(), second.port(), health))
        + "origins: {o: {hosts: [o.example]}, one: {hosts: [c.one.example]}, two: {hosts:"
        + " [c.two.example]}}\n"
        + more;
  }

  private void start() {
    fixture.start(document("", proxies()));
  }

  private void start(Fault fault) {
    fixture.start(
        document(fault.isSilent() ? ProbeFixture::quick : ProbeFixture::patient, "", proxies()));
  }

  private String proxies() {
    return "proxies:\n"
        + declare("a1", a1, "a")
        + declare("a2", a2, "a")
        + declare("b1", b1, "b")
        + declare("b2", b2, "b");
  }

  private String ask(String payload) {
    return fixture.ask(payload, ORIGIN, origin);
  }

  private static FakeTarget.Deed saying(String words) {
    return socket -> FakeServer.write(socket.getOutputStream(), words);
  }

  /** The tunnel opens, and then happens so. */
  private static FakeTarget.Deed opening(FakeTarget.Deed then) {
    return socket -> {
      FakeServer.write(socket.getOutputStream(), "HTTP/1.1 200 OK\r\n\r\n");
      then.with(socket);
    };
  }

  private static final FakeTarget.Deed RESET_AFTER_HELLO =
      socket -> {
        var unused = socket.getInputStream().read();
        FakeServer.reset(socket);
      };

  private static final FakeTarget.Deed ALERT =
      socket -> {
        var unused = socket.getInputStream().read();
        socket.getOutputStream().write(new byte[] {0x15, 3, 3, 0, 2, 2, 40});
        FakeServer.await(socket);
      };

  private static final FakeTarget.Deed MUTE = FakeServer::await;

  private static final FakeTarget.Deed DENYING = saying("HTTP/1.1 503 Oh\r\n\r\n");

  record Fault(String name, FakeTarget.Deed deed, String event, Verdict verdict, String state) {
    boolean isSilent() {
      return name.contains("silence") || name.contains("mute");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Fault> faultsOfProxies() {
    return List.of(
        down("503 to everything", FakeProxy.answering("HTTP/1.1 503 Oh\r\n\r\n")),
        down("close without a byte", FakeProxy.CLOSING),
        down("silence", FakeProxy.SILENT),
        down("garbage", FakeProxy.answering("SSH-2.0-x\r\n\r\n")),
        down("a tunnel that leads nowhere", opened(RESET_AFTER_HELLO)),
        down("a tunnel that is mute", opened(MUTE)),
        new Fault(
            "407",
            FakeProxy.answering("HTTP/1.1 407 Who\r\n\r\n"),
            "proxy.auth_failed",
            Verdict.PROXY_AUTH,
            "auth_failed"),
        new Fault(
            "401",
            FakeProxy.answering("HTTP/1.1 401 Who\r\n\r\n"),
            "proxy.auth_failed",
            Verdict.PROXY_AUTH,
            "auth_failed"),
        new Fault(
            "402",
            FakeProxy.answering("HTTP/1.1 402 Pay\r\n\r\n"),
            "proxy.quota",
            Verdict.PROXY_QUOTA,
            "paused"),
        new Fault(
            "429",
            FakeProxy.answering("HTTP/1.1 429 Slow\r\nRetry-After: 9\r\n\r\n"),
            "proxy.quota",
            Verdict.PROXY_QUOTA,
            "paused"));
  }

  private static Fault down(String name, FakeTarget.Deed deed) {
    return new Fault(name, deed, "proxy.down", Verdict.PROXY_DOWN, "down");
  }

  private static FakeTarget.Deed opened(FakeTarget.Deed then) {
    return socket -> {
      FakeServer.head(socket.getInputStream());
      opening(then).with(socket);
    };
  }

  @ParameterizedTest
  @MethodSource("faultsOfProxies")
  void aProxyThatFailsEverywhereIsTakenOutAlone(Fault fault) {
    start(fault);
    a1.fault = Optional.of(fault.deed());
    assertThat(ask("t,tag=a1")).doesNotStartWith("HTTP/1.1 200");
    Change change = fixture.told(fault.event(), () -> ask("t,tag=a1"));
    assertThat(change.proxy()).hasValue("a1");
    assertThat(change.verdict()).hasValue(fault.verdict());
    assertThat(change.confidence()).isGreaterThanOrEqualTo(0.7);
    assertThat(change.evidence()).isNotEmpty();
    assertThat(fixture.state("a1")).isEqualTo(fault.state());
    onlyOut("a1");
    assertThat(fixture.watcher().snapshot().pairs()).isEmpty();
    assertThat(fixture.told()).doesNotContain("origin.down", "network.down", "provider.down");
    for (int i = 0; i < 8; i++) assertThat(ask("t")).startsWith("HTTP/1.1 200");
  }

  private void onlyOut(String... proxies) {
    assertThat(
            fixture.watcher().snapshot().proxies().stream()
                .filter(p -> !List.of("up", "suspect", "probation").contains(p.state()))
                .map(p -> p.proxy()))
        .containsExactlyInAnyOrder(proxies);
  }

  @Test
  void aProxyThatRefusesConnectionsIsTakenOutAtOnce() {
    start();
    a1.stopListening();
    assertThat(ask("t,tag=a1")).startsWith("HTTP/1.1 502");
    assertThat(fixture.told("proxy.down", () -> ask("t,tag=a1")).confidence()).isEqualTo(1);
    onlyOut("a1");
    assertThat(fixture.jobs).noneMatch(job -> job.toString().startsWith("Diagnose"));
  }

  @Test
  void aProxyAtWhichConnectingHangsIsTakenOut() {
    BlackHole hole = fixture.with(new BlackHole());
    fixture.start(
        document(
            ProbeFixture::quick,
            "",
            "proxies:\n"
                + declare("a1", hole.url(), "a")
                + declare("a2", a2, "a")
                + declare("b1", b1, "b")
                + declare("b2", b2, "b")));
    assertThat(ask("t,tag=a1")).startsWith("HTTP/1.1 504");
    assertThat(fixture.told("proxy.down", () -> ask("t,tag=a1")).verdict())
        .hasValue(Verdict.PROXY_DOWN);
    onlyOut("a1");
  }

  static List<Fault> faultsOfPairs() {
    return List.of(
        new Fault("503", DENYING, "pair.refused", Verdict.PAIR_REFUSED, "refused"),
        new Fault("close", socket -> {}, "pair.refused", Verdict.PAIR_REFUSED, "refused"),
        new Fault("silence", MUTE, "pair.refused", Verdict.PAIR_REFUSED, "refused"),
        new Fault(
            "mute after the hello", opening(MUTE), "pair.refused", Verdict.PAIR_REFUSED, "refused"),
        new Fault(
            "reset after the hello",
            opening(RESET_AFTER_HELLO),
            "pair.banned",
            Verdict.BANNED,
            "banned"),
        new Fault(
            "alert", opening(ALERT), "pair.refused", Verdict.PROXY_TLS_INTERFERENCE, "refused"),
        new Fault(
            "its name is unknown there",
            saying("HTTP/1.1 502 Oh\r\nProxy-Status: p; error=dns_error; next-hop=o\r\n\r\n"),
            "pair.refused",
            Verdict.PROXY_DNS,
            "refused"),
        new Fault(
            "403 to CONNECT",
            saying("HTTP/1.1 403 No\r\n\r\n"),
            "pair.refused",
            Verdict.POLICY,
            "refused"));
  }

  @ParameterizedTest
  @MethodSource("faultsOfPairs")
  void aTargetThatDoesNotServeOneProxyIsBlockedForThatProxyOnly(Fault fault) {
    start(fault);
    a1.at.put(ORIGIN, fault.deed());
    assertThat(ask("t,tag=a1")).doesNotStartWith("HTTP/1.1 200");
    Change change = fixture.told(fault.event(), () -> ask("t,tag=a1"));
    assertThat(change.proxy()).hasValue("a1");
    assertThat(change.origin()).hasValue("o");
    assertThat(change.verdict()).hasValue(fault.verdict());
    assertThat(change.until()).isPresent();
    onlyOut();
    var pairs = fixture.watcher().snapshot().pairs();
    assertThat(pairs).hasSize(1);
    assertThat(pairs.getFirst().proxy()).isEqualTo("a1");
    assertThat(pairs.getFirst().state()).isEqualTo(fault.state());
    assertThat(ask("t,tag=a1")).startsWith("HTTP/1.1 503");
    assertThat(ask("t,tag=a2")).startsWith("HTTP/1.1 200");
    assertThat(fixture.ask("t,tag=a1", "c.one.example", first)).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @CsvSource({
    "418, pair.banned, BANNED",
    "403, pair.banned, BANNED",
    "451, pair.banned, BANNED",
    "429, pair.rate_limited, RATE_LIMITED"
  })
  void whatTheTargetItselfAnswersIsSettledAtOnce(int status, String event, Verdict verdict) {
    fixture.start(document("", proxies() + "routes: {'*': {banOn: [418, 403]}}\n"));
    var plain =
        fixture.with(
            FakeTarget.http(
                "HTTP/1.1 " + status + " No\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n"));
    assertThat(fixture.askPlain("t,tag=a1", ORIGIN, plain)).startsWith("HTTP/1.1 " + status);
    Change change = fixture.told(event);
    assertThat(change.verdict()).hasValue(verdict);
    assertThat(change.confidence()).isEqualTo(1);
    assertThat(Duration.between(change.since(), change.until().get()))
        .isEqualTo(Duration.ofSeconds(60));
    onlyOut();
    int asked = a1.asked.size();
    assertThat(fixture.askPlain("t,tag=a1", ORIGIN, plain)).startsWith("HTTP/1.1 503");
    assertThat(a1.asked).hasSize(asked);
    assertThat(fixture.jobs).isEmpty();
  }

  @Test
  void aTargetThatServesNobodyIsDownAndTakesNobodyOut() {
    start();
    origin.close();
    for (int i = 0; i < 3; i++) assertThat(ask("t")).startsWith("HTTP/1.1 502");
    Change change = fixture.told("origin.down", () -> ask("t"));
    assertThat(change.origin()).hasValue("o");
    assertThat(change.verdict()).hasValue(Verdict.ORIGIN_DOWN);
    assertThat(change.proxy()).isEmpty();
    onlyOut();
    assertThat(fixture.watcher().snapshot().pairs()).isEmpty();
    int before = a1.asked.size() + a2.asked.size() + b1.asked.size() + b2.asked.size();
    assertThat(ask("t")).startsWith("HTTP/1.1 502").contains("next-hop=origin");
    assertThat(fixture.ask("t", "c.one.example", first)).startsWith("HTTP/1.1 200");
    assertThat(before).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aTargetThatServesNoneOfAFewProxiesIsDown(int few) {
    List<FakeProxy> all = List.of(a1, b1, a2).subList(0, few);
    var some = new StringBuilder("proxies:\n");
    for (FakeProxy proxy : all) {
      some.append(declare("p" + all.indexOf(proxy), proxy, "a"));
      proxy.at.put(ORIGIN, DENYING);
    }
    fixture.start(document("", some.toString()));
    assertThat(ask("t")).startsWith("HTTP/1.1 502");
    Change change = fixture.told("origin.down", () -> ask("t"));
    assertThat(change.origin()).hasValue("o");
    assertThat(change.confidence()).isEqualTo(0.7);
    onlyOut();
    assertThat(fixture.watcher().snapshot().pairs()).isEmpty();
    assertThat(fixture.ask("t", "c.one.example", first)).startsWith("HTTP/1.1 200");
    for (FakeProxy proxy : all) proxy.at.clear();
    fixture.told("origin.up");
  }

  @Test
  void aTargetThatServesNoProxyButUsIsBlockedForTheGroupAndOthersSpillOver() {
    fixture.start(
        document(
            ", directProbes: true",
            proxies()
                + "  - {id: d, url: direct}\n"
                + "groups: {main: {proxies: [a1, a2, b1, b2]}, out: {proxies: [d]}}\n"));
    for (FakeProxy proxy : List.of(a1, a2, b1, b2)) proxy.at.put(ORIGIN, DENYING);
    for (int i = 0; i < 3; i++) {
      var unused = ask("t,g=main");
    }
    until(() -> fixture.watcher().snapshot().pairs().size() == 4);
    assertThat(fixture.changes)
        .filteredOn(c -> c.type().equals("pair.refused"))
        .extracting(c -> c.verdict().orElseThrow())
        .containsOnly(Verdict.POOL_REFUSED);
    onlyOut();
    assertThat(fixture.told()).doesNotContain("origin.down");
  }

  @Test
  void aProviderOfWhichAllFailIsTakenOutAsOne() {
    start();
    for (FakeProxy proxy : List.of(a1, a2))
      proxy.fault = Optional.of(FakeProxy.answering("HTTP/1.1 503 Oh\r\n\r\n"));
    assertThat(ask("t,tag=a1")).startsWith("HTTP/1.1 502");
    Change change = fixture.told("provider.down", () -> ask("t,tag=a1"));
    assertThat(change.provider()).hasValue("a");
    assertThat(change.verdict()).hasValue(Verdict.PROVIDER_DOWN);
    onlyOut("a1", "a2");
    assertThat(fixture.told()).doesNotContain("proxy.down");
    a1.fault = Optional.empty();
    a2.fault = Optional.empty();
    fixture.told("provider.up");
  }

  @Test
  void whenNothingIsReachedItIsThisMachineAndNobodyIsTakenOut() {
    var holes = new ArrayList<BlackHole>();
    for (int i = 0; i < 4; i++) holes.add(fixture.with(new BlackHole()));
    fixture.start(
        ProbeFixture.quick(", controls: ['c.one.example:%d']".formatted(holes.get(3).port()))
            + "proxies:\n"
            + declare("a1", holes.get(0).url(), "a")
            + declare("b1", holes.get(1).url(), "b")
            + declare("b2", holes.get(2).url(), "b"));
    assertThat(ask("t")).startsWith("HTTP/1.1 504");
    Change change = fixture.told("network.down", () -> ask("t"));
    assertThat(change.verdict()).hasValue(Verdict.LOCAL_NETWORK);
    assertThat(ask("t")).startsWith("HTTP/1.1 504");
    onlyOut();
    assertThat(fixture.told()).doesNotContain("proxy.down", "origin.down", "provider.down");
    assertThat(fixture.watcher().snapshot().frozen()).isTrue();
    holes.get(0).open();
    fixture.told("network.up");
    assertThat(fixture.watcher().snapshot().frozen()).isFalse();
  }

  @Test
  void whatCannotBeComparedIsNotDecided() {
    fixture.start(ProbeFixture.patient("") + "proxies:\n" + declare("a1", a1, "a"));
    a1.fault = Optional.of(FakeProxy.answering("HTTP/1.1 503 Oh\r\n\r\n"));
    assertThat(ask("t")).startsWith("HTTP/1.1 502");
    fixture.told("proxy.suspect", () -> ask("t"));
    assertThat(fixture.state("a1")).isEqualTo("suspect");
    a1.fault = Optional.empty();
    assertThat(ask("t")).startsWith("HTTP/1.1 200");
    fixture.told("proxy.up");
  }

  @Test
  void aCutInTheMiddleIsCountedAndNothingMore() {
    start();
    a1.at.put(
        ORIGIN,
        opening(
            socket -> {
              socket.getInputStream().read();
              socket.getOutputStream().write(new byte[] {0x16, 3, 3, 0, 90, 2});
              FakeServer.reset(socket);
            }));
    assertThat(ask("t,tag=a1")).startsWith("broken");
    until(
        () ->
            fixture.watcher().stats().attempts().getOrDefault("a1", Map.of()).containsKey("T-CUT"));
    onlyOut();
    assertThat(fixture.told()).isEmpty();
  }
}
