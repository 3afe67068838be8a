package io.tradeflood.proxyter.probe;

import static io.tradeflood.proxyter.probe.ProbeFixture.declare;
import static io.tradeflood.proxyter.probe.ProbeFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxyter.gateway.FakeProxy;
import io.tradeflood.proxyter.gateway.FakeTarget;
import io.tradeflood.proxyter.gateway.FakeTls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Something fails while clients are at work. */
@Timeout(60)
class OutageTest {
  private final ProbeFixture fixture = new ProbeFixture();
  private final FakeTarget origin = fixture.with(FakeTls.answering(ProbeFixture.OK));
  private final FakeTarget other = fixture.with(FakeTls.answering(ProbeFixture.OK));
  private final List<FakeProxy> proxies = new ArrayList<>();
  private final AtomicBoolean over = new AtomicBoolean();

  @AfterEach
  void close() {
    fixture.close();
  }

  private void start() {
    var document = new StringBuilder("proxies:\n");
    for (int i = 0; i < 4; i++) {
      proxies.add(fixture.with(FakeProxy.open()));
      document.append(declare("p" + i, proxies.get(i), i < 2 ? "a" : "b"));
    }
    // Everything as it is by default.
    fixture.start(document.toString());
  }

  /** Clients that ask one after another until it is over; how many were not served. */
  private Callable<Integer> asking(String host, FakeTarget target, AtomicInteger served) {
    return () -> {
      int failed = 0;
      while (!over.get())
        if (fixture.ask("t", host, target).startsWith("HTTP/1.1 200")) served.incrementAndGet();
        else failed++;
      return failed;
    };
  }

  @Test
  void aTargetThatGoesDownUnderLoadTakesNoProxyOutAndTheOtherTargetDoesNotNotice()
      throws Exception {
    start();
    var toOrigin = new AtomicInteger();
    var toOther = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var others = new ArrayList<java.util.concurrent.Future<Integer>>();
      for (int i = 0; i < 3; i++) {
        var unused = threads.submit(asking("o.example", origin, toOrigin));
        others.add(threads.submit(asking("x.example", other, toOther)));
      }
      until(() -> toOrigin.get() > 20 && toOther.get() > 20);
      origin.close();
      fixture.told("origin.down");
      int then = toOther.get();
      until(() -> toOther.get() > then + 50);
      over.set(true);
      for (var failed : others) assertThat(failed.get()).isZero();
    }
    assertThat(fixture.told())
        .doesNotContain("proxy.down", "provider.down", "network.down", "pair.refused");
    assertThat(fixture.watcher().snapshot().proxies())
        .allSatisfy(p -> assertThat(p.state()).isIn("up", "suspect"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"refuses", "is silent", "denies", "closes"})
  void aProxyThatDiesUnderLoadIsOutWithinTwoSecondsAndNoClientNotices(String how) throws Exception {
    start();
    var served = new AtomicInteger();
    long took;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var clients = new ArrayList<java.util.concurrent.Future<Integer>>();
      for (int i = 0; i < 2; i++) {
        clients.add(threads.submit(asking("o.example", origin, served)));
        clients.add(threads.submit(asking("x.example", other, served)));
      }
      until(() -> served.get() > 50);
      FakeProxy dying = proxies.getFirst();
      switch (how) {
        case "refuses" -> dying.stopListening();
        case "is silent" -> dying.fault = Optional.of(FakeProxy.SILENT);
        case "denies" -> dying.fault = Optional.of(FakeProxy.answering("HTTP/1.1 503 Oh\r\n\r\n"));
        default -> dying.fault = Optional.of(FakeProxy.CLOSING);
      }
      took = fixture.toldAfter("proxy.down");
      assertThat(fixture.told("proxy.down").proxy()).hasValue("p0");
      int then = served.get();
      until(() -> served.get() > then + 50);
      over.set(true);
      for (var failed : clients) assertThat(failed.get()).isZero();
    }
    assertThat(fixture.told()).doesNotContain("origin.down", "provider.down", "network.down");
    assertThat(took).isLessThan(2_000);
  }

  @Test
  void whereNobodyIsWellThoseThatMayBeBackAreTriedButNeverABannedOne() {
    start();
    for (FakeProxy proxy : proxies) proxy.fault = Optional.of(FakeProxy.answering("x\r\n\r\n"));
    until(
        () -> {
          var unused = fixture.ask("t", "o.example", origin);
          return fixture.changes.stream()
                  .filter(change -> change.type().equals("proxy.down"))
                  .map(change -> change.proxy())
                  .distinct()
                  .count()
              == 4;
        });
    for (FakeProxy proxy : proxies) proxy.fault = Optional.empty();
    assertThat(fixture.ask("t", "o.example", origin)).startsWith("HTTP/1.1 200");
    var banning =
        fixture.with(
            FakeTarget.http("HTTP/1.1 418 No\r\nRetry-After: 600\r\nContent-Length: 0\r\n\r\n"));
    // Until the watcher has heard of a ban, the same proxy may be chosen once more.
    until(
        () -> {
          if (fixture.told().stream().filter("pair.banned"::equals).count() == 4) return true;
          assertThat(fixture.askPlain("t", "b.example", banning))
              .containsPattern("^HTTP/1.1 (418|503)");
          return false;
        });
    int seen = banning.accepted.get();
    assertThat(fixture.askPlain("t", "b.example", banning)).startsWith("HTTP/1.1 503");
    assertThat(banning.accepted).hasValue(seen);
  }
}
