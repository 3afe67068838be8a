package io.tradeflood.proxyter;

import static io.tradeflood.proxyter.ProxyterFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.proxyter.config.Configuration;
import io.tradeflood.proxyter.config.SettingsException;
import io.tradeflood.proxyter.gateway.FakeClient;
import io.tradeflood.proxyter.gateway.FakeProxy;
import io.tradeflood.proxyter.gateway.FakeTarget;
import io.tradeflood.proxyter.health.HealthSnapshot;
import io.tradeflood.proxyter.health.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
  @TempDir Path folder;

  /** The state as the disk has it at this moment, as if the machine had lost its power. */
  private ProxyterFixture afterAKill(ProxyterFixture running, InstantSource clock)
      throws IOException {
    Path other = Files.createTempDirectory(folder, "killed");
    var next = new ProxyterFixture(other, clock);
    Files.createDirectories(next.state());
    for (String name : List.of("state.json", "journal.jsonl"))
      if (Files.exists(running.state().resolve(name)))
        Files.copy(running.state().resolve(name), next.state().resolve(name));
    Files.writeString(
        next.file(),
        Files.readString(running.file())
            .replace(running.state().toString(), next.state().toString()));
    return next;
  }

  private static List<HealthSnapshot.PairState> pairs(ProxyterFixture fixture) {
    return fixture.proxyter().watcher().snapshot().pairs();
  }

  @Test
  void aBanIsOnTheDiskAtOnceAndOutlivesAKillToItsVeryEnd() throws Exception {
    var now = new AtomicReference<>(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    Instant end = now.get().plusSeconds(600);
    try (var target = FakeTarget.http("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        var fr = FakeProxy.open();
        var us = FakeProxy.open();
        var fixture = new ProxyterFixture(folder, now::get)) {
      String document =
          """
          proxies: [{id: fr, url: '%s'}, {id: us, url: '%s'}]
          routes: {"*": {probe: {url: 'http://localhost:%d/'}}}
          """
              .formatted(fr.url("http"), us.url("http"), target.port());
      fixture.start(document);
      fixture.seen("fr", "localhost", Signal.HTTP_418, Optional.of(end));
      until(() -> fixture.told("pair.banned"));
      Path file = fixture.state().resolve("state.json");
      until(() -> contains(file, "\"banned\""));

      try (var next = afterAKill(fixture, now::get)) {
        next.start();
        assertThat(pairs(next))
            .singleElement()
            .satisfies(
                pair -> {
                  assertThat(pair.proxy()).isEqualTo("fr");
                  assertThat(pair.until()).isEqualTo(end);
                });
        for (int i = 0; i < 20; i++)
          assertThat(next.client().connect("localhost:" + target.port(), "")).contains(" 200 ");
        assertThat(fr.asked).as("neither clients nor the prober ask before the end").isEmpty();
        assertThat(us.asked).hasSize(20);
        now.set(end.minusMillis(1));
        assertThat(next.client().connect("localhost:" + target.port(), "")).contains(" 200 ");
        assertThat(fr.asked).isEmpty();
        // The watcher looks at its clock every 50 ms of it.
        now.set(end.plusMillis(50));
        until(() -> next.told("pair.restored"));
        assertThat(fr.asked).as("after the end the prober asks").isNotEmpty();
      }
    }
  }

  private static boolean contains(Path file, String words) {
    try {
      return Files.exists(file) && Files.readString(file).contains(words);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aNumberFromBeforeARestartIsNoTunnelsNow() throws Exception {
    try (var target = FakeTarget.echo();
        var proxy = FakeProxy.open();
        var fixture = new ProxyterFixture(folder)) {
      fixture.start("proxies: [{id: one, url: '%s'}]\n".formatted(proxy.url("http")));
      String to = "localhost:" + target.port();
      long before = FakeClient.lease(fixture.client().connect(to, ""));
      assertThat(before).isLessThan(1L << 53);
      fixture.proxyter().close();
      fixture.start();
      long after = FakeClient.lease(fixture.client().connect(to, ""));
      assertThat(after).isGreaterThan(before);
      assertThat(fixture.proxyter().gateway().lease(before)).isEmpty();
      assertThat(fixture.proxyter().gateway().lease(after)).isPresent();
    }
  }

  @Test
  void aProxyThatIsRemovedAndComesBackIsStillBanned() throws Exception {
    Instant end = Instant.now().plusSeconds(600);
    try (var fixture = new ProxyterFixture(folder)) {
      String both = "proxies: [{id: fr, url: 'http://127.0.0.1:1'}, {id: us, url: 'http://h:1'}]\n";
      fixture.start(both);
      fixture.seen("fr", "binance.com", Signal.HTTP_418, Optional.of(end));
      until(() -> fixture.told("pair.banned"));
      fixture.write("proxies: [{id: us, url: 'http://h:1'}]\n");
      fixture.proxyter().reload();
      assertThat(fixture.told("proxy.removed")).isTrue();
      fixture.write(both);
      fixture.proxyter().reload();
      assertThat(pairs(fixture)).singleElement().extracting(p -> p.proxy()).isEqualTo("fr");
    }
  }

  @Test
  void aProxyThatIsOutStaysOutOverARestartUnlessItIsAnotherOne() throws Exception {
    String document = "proxies: [{id: fr, url: 'http://u:old@127.0.0.1:1'}]\n";
    try (var fixture = new ProxyterFixture(folder)) {
      fixture.start(document);
      fixture.seen("fr", "binance.com", Signal.PROXY_AUTH, Optional.empty());
      until(() -> fixture.told("proxy.auth_failed"));
    }
    try (var fixture = new ProxyterFixture(folder)) {
      fixture.start();
      assertThat(stateOf(fixture, "fr")).isEqualTo("auth_failed");
      assertThat(fixture.proxyter().watcher().isEligible("fr", "", 0)).isFalse();
      fixture.write(document.replace("old", "new"));
      fixture.proxyter().reload();
      assertThat(stateOf(fixture, "fr")).as("with other credentials").isEqualTo("probation");
    }
    try (var fixture = new ProxyterFixture(folder)) {
      fixture.start(document.replace("old", "newer"));
      assertThat(stateOf(fixture, "fr")).as("as another than the one kept").isEqualTo("up");
    }
  }

  private static String stateOf(ProxyterFixture fixture, String proxy) {
    return fixture.proxyter().watcher().snapshot().proxies().stream()
        .filter(p -> p.proxy().equals(proxy))
        .findFirst()
        .orElseThrow()
        .state();
  }

  @Test
  void whatIsUsedOfAWindowStaysUsed() throws Exception {
    String document =
        """
        proxies: [{id: fr, url: 'PROXY', limits: {window: 2/1d}}]
        """;
    try (var target = FakeTarget.echo();
        var fr = FakeProxy.open()) {
      document = document.replace("PROXY", fr.url("http"));
      try (var fixture = new ProxyterFixture(folder)) {
        fixture.start(document);
        for (int i = 0; i < 2; i++)
          assertThat(fixture.client().connect("localhost:" + target.port(), "")).contains(" 200 ");
      }
      try (var fixture = new ProxyterFixture(folder)) {
        fixture.start();
        assertThat(fixture.client().connect("localhost:" + target.port(), ""))
            .contains(" 503 ", "Retry-After");
        assertThat(fixture.proxyter().gateway().load("fr").orElseThrow().setupMicros(now()))
            .as("how long it took is known")
            .isPositive();
      }
    }
  }

  private static long now() {
    return InstantSource.system().millis();
  }

  @Test
  void whatWasChangedAtRunTimeAndIsToBeKeptIsThereAgain() throws Exception {
    try (var fixture = new ProxyterFixture(folder)) {
      fixture.start("proxies: [{id: fr, url: 'http://127.0.0.1:1'}]\n");
      add(fixture, "kept", true);
      add(fixture, "passing", false);
      try (var next = afterAKill(fixture, InstantSource.system())) {
        next.start();
        assertThat(next.proxyter().configuration().state().settings().proxies())
            .containsOnlyKeys("fr", "kept");
      }
    }
    Files.writeString(
        new ProxyterFixture(folder).file(),
        Files.readString(new ProxyterFixture(folder).file()) + "groups: {g: {proxies: [kept]}}\n");
    assertThatThrownBy(() -> new ProxyterFixture(folder).start())
        .as("a file must be whole without what was changed at run time")
        .hasMessageContaining("groups.g.proxies names 'kept'");
  }

  private static void add(ProxyterFixture fixture, String id, boolean persist) {
    var unused =
        fixture
            .proxyter()
            .configuration()
            .change(
                OptionalLong.empty(),
                persist,
                document -> {
                  var proxies =
                      new LinkedHashMap<Object, Object>((Map<?, ?>) document.get("proxies"));
                  proxies.put(id, Map.of("url", "http://user:hidden@127.0.0.1:2"));
                  document.put("proxies", proxies);
                  return document;
                });
  }

  @Test
  void withoutAFolderNothingCanBeKeptAndThatIsSaid() throws Exception {
    try (var fixture = new ProxyterFixture(folder)) {
      Files.writeString(fixture.file(), ProxyterFixture.LISTEN + "proxies: [direct]\n");
      fixture.start();
      add(fixture, "passing", false);
      assertThatThrownBy(() -> add(fixture, "kept", true))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("stateFolder")
          .hasMessageContaining("persist: false");
    }
  }

  @Test
  void aStateThatIsBrokenOrForeignIsSetAside() throws Exception {
    for (String foreign :
        List.of("{\"version\":1,", "[]", "{\"version\":99}", "{\"version\":1}", "\0\0\0"))
      try (var fixture = new ProxyterFixture(folder)) {
        Files.createDirectories(fixture.state());
        Path file = fixture.state().resolve("state.json");
        Files.writeString(file, foreign);
        fixture.start("proxies: [{id: fr, url: 'http://127.0.0.1:1'}]\n");
        assertThat(fixture.state().resolve("state.json.broken")).hasContent(foreign);
        assertThat(stateOf(fixture, "fr")).isEqualTo("up");
      }
  }

  @Test
  void changesThatDoNotFitTheFileAnyMoreAreSetAside() throws Exception {
    try (var fixture = new ProxyterFixture(folder)) {
      fixture.start("proxies: [{id: fr, url: 'http://127.0.0.1:1'}]\n");
      var unused =
          fixture
              .proxyter()
              .configuration()
              .change(
                  OptionalLong.empty(),
                  true,
                  document -> {
                    document.put("groups", Map.of("g", Map.of("proxies", List.of("fr"))));
                    return document;
                  });
    }
    try (var fixture = new ProxyterFixture(folder)) {
      fixture.start("proxies: [{id: us, url: 'http://127.0.0.1:1'}]\n");
      assertThat(fixture.proxyter().configuration().state().settings().groups())
          .containsOnlyKeys("main");
      assertThat(fixture.state().resolve("overlay.json.rejected")).content().contains("\"fr\"");
    }
  }

  @Test
  void twoOfThemNeverShareAFolder() throws Exception {
    try (var fixture = new ProxyterFixture(folder)) {
      fixture.start("proxies: [direct]\n");
      assertThatThrownBy(() -> Proxyter.start(Configuration.ofFile(fixture.file())))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("another running Proxyter");
    }
    try (var fixture = new ProxyterFixture(folder)) {
      fixture.start();
      assertThat(fixture.proxyter().gateway().port()).isPositive();
    }
  }

  @Test
  void aFolderThatCannotBeUsedIsSaidInOneLine() throws Exception {
    var fixture = new ProxyterFixture(folder);
    Files.writeString(fixture.state(), "a file");
    assertThatThrownBy(() -> fixture.start("proxies: [direct]\n"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("cannot be used")
        .hasMessageNotContaining("\n");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "rights are those of POSIX")
  void nobodyElseCanReadTheState() throws Exception {
    try (var fixture = new ProxyterFixture(folder)) {
      fixture.start("proxies: [direct]\n");
      add(fixture, "kept", true);
      Path file = fixture.state().resolve("state.json");
      assertThat(file).content().contains("hidden");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fixture.state())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void receiversAreToldAfterARestartWhatTheyMissed() throws Exception {
    try (var receiver = new FakeReceiver()) {
      String document =
          "proxies: [direct]\ncallbacks: [{id: ops, url: '%s'}]\n".formatted(receiver.url());
      long missed;
      try (var fixture = new ProxyterFixture(folder)) {
        fixture.start(document);
        receiver.status = 503;
        missed =
            fixture
                .proxyter()
                .journal()
                .add(
                    "config.reloaded",
                    io.tradeflood.proxyter.health.Change.Severity.INFO,
                    "config",
                    "a test")
                .seq();
        until(() -> !receiver.refused.isEmpty());
      }
      receiver.status = 204;
      try (var fixture = new ProxyterFixture(folder)) {
        fixture.start();
        until(() -> receiver.taken.contains(missed));
        fixture.proxyter().callbacks().flush(Duration.ofSeconds(5));
        assertThat(receiver.taken).doesNotHaveDuplicates().isSorted();
      }
    }
  }
}
