package io.tradeflood.proxyter;

import static io.tradeflood.proxyter.ProxyterFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxyter.event.Event;
import io.tradeflood.proxyter.gateway.FakeClient;
import io.tradeflood.proxyter.gateway.FakeProxy;
import io.tradeflood.proxyter.gateway.FakeTarget;
import io.tradeflood.proxyter.health.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadTest {
  @TempDir Path folder;

  private static String two(FakeProxy a, FakeProxy b, double weight) {
    return "proxies: [{id: a, url: '%s', weight: %s}, {id: b, url: '%s'}]\n"
        .formatted(a.url("http"), weight, b.url("http"));
  }

  private static String one(FakeProxy b) {
    return "proxies: [{id: b, url: '%s'}]\n".formatted(b.url("http"));
  }

  @Test
  void reloadsUnderLoadDropNoTunnelAndFailNoSetUp() throws Exception {
    try (var target = FakeTarget.echo();
        var a = FakeProxy.open();
        var b = FakeProxy.open();
        var fixture = new ProxyterFixture(folder)) {
      fixture.start(two(a, b, 1));
      String there = "localhost:" + target.port();
      var opened = new AtomicInteger();
      var done = new AtomicBoolean();
      Queue<String> troubles = new ConcurrentLinkedQueue<>();
      var threads =
          List.of(
              // Open from before the first reload until after the last.
              Thread.ofVirtual().unstarted(() -> keepEchoing(fixture, there, done, troubles)),
              Thread.ofVirtual().unstarted(() -> keepEchoing(fixture, there, done, troubles)),
              Thread.ofVirtual()
                  .unstarted(() -> keepOpening(fixture, there, done, opened, troubles)),
              Thread.ofVirtual()
                  .unstarted(() -> keepOpening(fixture, there, done, opened, troubles)));
      threads.forEach(Thread::start);
      until(() -> opened.get() > 20);
      for (int i = 0; i < 60; i++) {
        int before = opened.get();
        fixture.write(i % 3 == 2 ? one(b) : two(a, b, 1 + i % 7));
        var unused = fixture.proxyter().configuration().reload();
        if (i % 10 == 5) {
          fixture.write("proxies: [{id: a, url: 'ftp://x'}]\n");
          fixture.proxyter().reload();
        }
        until(() -> opened.get() >= before + 4);
      }
      done.set(true);
      for (Thread thread : threads) thread.join();
      assertThat(troubles).isEmpty();
      assertThat(fixture.proxyter().configuration().state().revision()).isGreaterThan(50);
      assertThat(events(fixture, "config.rejected")).hasSize(6);
    }
  }

  private static void keepEchoing(
      ProxyterFixture fixture, String target, AtomicBoolean done, Queue<String> troubles) {
    try (var client = new FakeClient(fixture.proxyter().gateway().port())) {
      if (!client.connect(target, "").contains(" 200 ")) troubles.add("no tunnel to begin with");
      for (int i = 0; !done.get(); i++) {
        String words = "hello " + i;
        if (!client.echo(words).equals(words)) troubles.add("dropped at " + words);
      }
    } catch (IOException e) {
      troubles.add("a tunnel: " + e);
    }
  }

  private static void keepOpening(
      ProxyterFixture fixture,
      String target,
      AtomicBoolean done,
      AtomicInteger opened,
      Queue<String> troubles) {
    while (!done.get())
      try (var client = new FakeClient(fixture.proxyter().gateway().port())) {
        String answer = client.connect(target, "");
        if (!answer.contains(" 200 ")) troubles.add(answer);
        else if (!client.echo("hi").equals("hi")) troubles.add("no echo");
        opened.incrementAndGet();
      } catch (IOException e) {
        troubles.add("a set-up: " + e);
        return;
      }
  }

  private static List<Event> events(ProxyterFixture fixture, String type) {
    return fixture.proxyter().journal().after(0, 10_000).stream()
        .filter(e -> e.type().equals(type))
        .toList();
  }

  @Test
  void aRemovedProxyDrainsAndIsClosedWhenItsTimeIsOver() throws Exception {
    var now = new AtomicReference<>(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    try (var target = FakeTarget.echo();
        var a = FakeProxy.open();
        var b = FakeProxy.open();
        var fixture = new ProxyterFixture(folder, now::get)) {
      fixture.start(two(a, b, 100) + "drain: {removed: 1m}\n");
      String there = "localhost:" + target.port();
      FakeClient old = fixture.client();
      assertThat(old.connect(there, "")).contains(" 200 ", "Proxyter-Proxy: a\r\n");
      fixture.write(one(b) + "drain: {removed: 1m}\n");
      fixture.proxyter().reload();
      assertThat(fixture.client().connect(there, "")).contains("Proxyter-Proxy: b\r\n");
      now.set(now.get().plusSeconds(59));
      assertThat(old.echo("still")).isEqualTo("still");
      assertThat(fixture.told("proxy.drained")).isFalse();
      now.set(now.get().plusSeconds(2));
      assertThat(old.isEnded()).isTrue();
      until(() -> fixture.told("proxy.drained"));
    }
  }

  @Test
  void aRemovedProxyThatComesBackKeepsItsTunnels() throws Exception {
    var now = new AtomicReference<>(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    try (var target = FakeTarget.echo();
        var a = FakeProxy.open();
        var b = FakeProxy.open();
        var fixture = new ProxyterFixture(folder, now::get)) {
      fixture.start(two(a, b, 100));
      FakeClient old = fixture.client();
      assertThat(old.connect("localhost:" + target.port(), "")).contains("Proxyter-Proxy: a\r\n");
      fixture.write(one(b));
      fixture.proxyter().reload();
      fixture.write(two(a, b, 100));
      fixture.proxyter().reload();
      now.set(now.get().plusSeconds(3_600));
      // Chores have looked at the new time when a proxy that is drained at once is told.
      fixture.proxyter().drain("b", java.time.Duration.ZERO);
      until(() -> fixture.told("proxy.drained"));
      assertThat(old.echo("still")).isEqualTo("still");
    }
  }

  @Test
  void anInvalidFileIsRefusedWholeAndSaidSoInOneLineForEachProblem() throws Exception {
    try (var a = FakeProxy.open();
        var b = FakeProxy.open();
        var fixture = new ProxyterFixture(folder)) {
      fixture.start(two(a, b, 1));
      fixture.write(one(b) + "routes: {'*': {tries: many}}\nlisen: {}\n");
      fixture.proxyter().reload();
      assertThat(fixture.proxyter().gateway().settings().proxies()).containsKeys("a", "b");
      assertThat(events(fixture, "config.rejected"))
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.severity()).isEqualTo("error");
                assertThat(event.message())
                    .contains("revision 1 stays", "routes.*.tries is 'many'", "lisen is unknown")
                    .doesNotContain("\n");
              });
      fixture.write(two(a, b, 1));
      fixture.proxyter().reload();
      assertThat(events(fixture, "config.reloaded"))
          .singleElement()
          .satisfies(event -> assertThat(event.message()).contains("can be used again"));
    }
  }

  @Test
  void aPortThatCannotBeOpenedRefusesTheWholeAndTheOldOnesGoOn() throws Exception {
    try (var taken = FakeTarget.echo();
        var a = FakeProxy.open();
        var b = FakeProxy.open();
        var fixture = new ProxyterFixture(folder)) {
      fixture.start(two(a, b, 1));
      int port = fixture.proxyter().gateway().port();
      Files.writeString(
          fixture.file(),
          Files.readString(fixture.file())
              .replace("127.0.0.1:0'}\nadmin", "127.0.0.1:" + taken.port() + "'}\nadmin")
              .replace("weight: 1.0", "weight: 9"));
      fixture.proxyter().reload();
      assertThat(fixture.proxyter().configuration().state().rejected())
          .hasValueSatisfying(words -> assertThat(words).contains("cannot be opened"));
      assertThat(fixture.proxyter().gateway().port()).isEqualTo(port);
      assertThat(fixture.proxyter().gateway().settings().proxies().get("a").weight()).isEqualTo(1);
      assertThat(fixture.client().connect("localhost:" + taken.port(), "")).contains(" 200 ");
    }
  }

  @Test
  void theStateCannotMoveWhileRunning() throws Exception {
    try (var fixture = new ProxyterFixture(folder)) {
      fixture.start("proxies: [direct]\n");
      Files.writeString(
          fixture.file(), Files.readString(fixture.file()).replace("/state'", "/elsewhere'"));
      fixture.proxyter().reload();
      assertThat(fixture.proxyter().configuration().state().rejected())
          .hasValueSatisfying(
              words -> assertThat(words).contains("stateFolder", "until a restart"));
    }
  }

  @Test
  void aFileThatIsWrittenOrRenamedOrLinkedAnewIsTakenByItself() throws Exception {
    try (var fixture = new ProxyterFixture(folder)) {
      fixture.start("proxies: [{id: a, url: 'http://127.0.0.1:1'}]\n");
      fixture.proxyter().watch(fixture.file());
      fixture.write("proxies: [{id: b, url: 'http://127.0.0.1:1'}]\n");
      until(() -> uses(fixture, "b"));

      // As editors save.
      String text = Files.readString(fixture.file());
      Path fresh =
          Files.writeString(folder.resolve(".proxyter.swp"), text.replace("id: b", "id: c"));
      Files.move(fresh, fixture.file(), StandardCopyOption.REPLACE_EXISTING);
      until(() -> uses(fixture, "c"));

      // As Kubernetes mounts: the file links into a folder that is itself a link, which is turned.
      Path one = Files.createDirectories(folder.resolve("..one"));
      Path two = Files.createDirectories(folder.resolve("..two"));
      Files.writeString(one.resolve("file"), text.replace("id: b", "id: d"));
      Files.writeString(two.resolve("file"), text.replace("id: b", "id: e"));
      Path data = Files.createSymbolicLink(folder.resolve("..data"), one);
      Path link = Files.createSymbolicLink(folder.resolve("link"), data.resolve("file"));
      Files.move(link, fixture.file(), StandardCopyOption.REPLACE_EXISTING);
      until(() -> uses(fixture, "d"));
      Path turned = Files.createSymbolicLink(folder.resolve("..data.new"), two);
      Files.move(turned, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      until(() -> uses(fixture, "e"));

      // Gone for a moment.
      Files.delete(fixture.file());
      until(() -> fixture.told("config.rejected"));
      fixture.write("proxies: [{id: f, url: 'http://127.0.0.1:1'}]\n");
      until(() -> uses(fixture, "f"));
      until(() -> fixture.proxyter().configuration().state().rejected().isEmpty());
    }
  }

  @Test
  void aGroupThatLosesItsMembersSaysSoAndThatItHasThemAgain() throws Exception {
    try (var fixture = new ProxyterFixture(folder)) {
      fixture.start("proxies: [{id: a, url: 'http://127.0.0.1:1'}]\n");
      fixture.seen("a", "x", Signal.PROXY_AUTH, Optional.empty());
      until(() -> fixture.told("group.exhausted"));
      assertThat(events(fixture, "group.exhausted"))
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.subject()).isEqualTo("group:main");
                assertThat(event.message()).contains("0 of 1 serve");
              });
      fixture.proxyter().watcher().forgive("a");
      until(() -> fixture.told("group.recovered"));
      fixture.write(
          "proxies: [{id: a, url: 'http://127.0.0.1:1'}, {id: b, url: direct, enabled: false},"
              + " {id: c, url: direct, enabled: false}]\n");
      fixture.proxyter().reload();
      assertThat(fixture.told("group.degraded")).isTrue();
    }
  }

  private static boolean uses(ProxyterFixture fixture, String proxy) {
    return fixture.proxyter().configuration().state().settings().proxies().containsKey(proxy);
  }
}
