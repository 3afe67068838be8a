package io.tradeflood.proxyter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tradeflood.proxyter.limit.Limit.Spec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @Test
  void anEmptyDocumentListensOnLoopbackAndHasARouteForEverything() {
    var settings = SettingsReader.read("");
    assertThat(settings.listen().address()).hasToString("127.0.0.1:8900");
    assertThat(settings.admin().address()).hasToString("127.0.0.1:8901");
    assertThat(settings.routes().get("*").groups()).containsExactly("main");
    assertThat(settings.groups().get("main").proxies()).isEmpty();
  }

  @Test
  void aWholeDocumentIsRead() {
    var settings =
        SettingsReader.read(
            """
            listen: {address: "0.0.0.0:9000", ports: [443, 80], types: {9001: "binance.candles,s=1"}, openTypes: true}
            admin: {address: "127.0.0.1:9100", token: t0p}
            clients:
              tradeflood: {secret: abc, limits: {tunnels: 100}}
            proxies:
              - {id: fr-7, url: "http://u:p%40ss@10.0.0.7:3128", provider: acme, tags: [eu, fast], weight: 2}
              - {id: us-1, url: "socks5://10.0.0.8", limits: {rate: "20/1s burst 5", window: ["6000/1m", "600/5s rolling"]}}
              - direct
            groups:
              main: {proxies: [fr-7], perProxy: {setups: 4}}
              spill: {tags: [fast], limits: {tunnels: 10, bytesPerSecond: 1000000}}
            routes:
              binance: {groups: [main, spill], tries: 4, hedge: 250ms, budget: 8s, banOn: [418, 403],
                        probe: {url: "https://api.binance.com/api/v3/ping", cost: 1}}
              "*": {groups: [spill]}
            origins:
              binance: {hosts: ["api*.binance.com"], perProxy: {window: 6000/1m}}
            callbacks:
              - {id: ops, url: "http://127.0.0.1:9999/hook", secret: whsec, events: ["proxy.*"]}
            health: {controls: ["127.0.0.1:9443"], directProbes: true}
            stateFolder: state
            """);
    var proxy = settings.proxies().get("fr-7");
    assertThat(proxy.url().credentials()).contains(new UpstreamUrl.Credentials("u", "p@ss"));
    assertThat(proxy.url()).hasToString("http://u:***@10.0.0.7:3128");
    assertThat(settings.proxies().get("us-1").url().address()).hasToString("10.0.0.8:1080");
    assertThat(settings.proxies().get("us-1").limits().paced())
        .containsExactly(
            new Spec.Rate(20, Duration.ofSeconds(1), 5),
            new Spec.Window(6000, Duration.ofMinutes(1), false),
            new Spec.Window(600, Duration.ofSeconds(5), true));
    assertThat(settings.proxies()).hasSize(3);
    assertThat(settings.groups().get("spill").limits().bytesPerSecond())
        .isEqualTo(OptionalLong.of(1_000_000));
    assertThat(settings.groups().get("spill").proxies())
        .as("members by tag are named")
        .containsExactly("fr-7");
    var route = settings.routes().get("binance");
    assertThat(route.hedge()).contains(Duration.ofMillis(250));
    assertThat(route.banOn()).isEqualTo(Set.of(418, 403));
    assertThat(settings.listen().types()).containsEntry(9001, "binance.candles,s=1");
    assertThat(settings.stateFolder()).isEqualTo(Optional.of(Path.of("state")));
    assertThat(settings.toString()).doesNotContain("p@ss", "abc", "t0p", "whsec");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'a b'",
    "'groups: {main: }', 'a b'",
    "'groups: {main: {proxies: }}', 'a b'",
    "'groups: {main: {limits: {tunnels: 5}}, other: {proxies: [b]}}', 'a b'",
    "'groups: {main: {proxies: [b]}}', 'b'",
    "'groups: {main: {tags: [eu]}}', 'a'",
    "'groups: {main: {proxies: []}}', ''",
    "'groups: {main: {tags: [us]}}', ''"
  })
  void mainHasAllProxiesUnlessItNamesSome(String groups, String members) {
    String proxies = "proxies: [{id: a, url: direct, tags: [eu]}, {id: b, url: direct}]\n";
    assertThat(
            String.join(" ", SettingsReader.read(proxies + groups).groups().get("main").proxies()))
        .isEqualTo(members);
  }

  @Test
  void allProblemsAreToldAtOnce() {
    var failure =
        catchThrowableOfType(
            SettingsException.class,
            () ->
                SettingsReader.read(
                    """
                    listen: {address: nowhere, maxclients: 3}
                    proxies:
                      - {id: a, url: "ftp://x:1"}
                      - {id: a, url: "http://x:1"}
                    groups: {g: {proxies: [b]}}
                    routes: {"Up": {groups: [h], budget: soon}}
                    """));
    assertThat(failure.problems())
        .anySatisfy(p -> assertThat(p).contains("listen.address", "HOST:PORT"))
        .anySatisfy(p -> assertThat(p).contains("listen.maxclients is unknown", "maxClients"))
        .anySatisfy(p -> assertThat(p).contains("proxies[0].url", "ftp", "socks5"))
        .anySatisfy(p -> assertThat(p).contains("the id 'a' twice"))
        .anySatisfy(p -> assertThat(p).contains("groups.g.proxies names 'b'"))
        .anySatisfy(p -> assertThat(p).contains("routes.Up.groups names 'h'"))
        .anySatisfy(p -> assertThat(p).contains("routes: type 'Up'"))
        .anySatisfy(p -> assertThat(p).contains("budget is 'soon'", "10s"))
        .allSatisfy(p -> assertThat(p).doesNotContain("\n"));
  }

  @Test
  void withoutASecretOnlyThisMachineIsServed() {
    assertThatThrownBy(() -> SettingsReader.read("listen: {address: \"0.0.0.0:8900\"}"))
        .hasMessageContaining("without any client");
    assertThatThrownBy(() -> SettingsReader.read("admin: {address: \"0.0.0.0:8901\"}"))
        .hasMessageContaining("without admin.token");
  }

  @Test
  void aPortThatAsksForNoSecretIsOnlyOpenWhereThatIsSaid() {
    String port = "listen: {address: '%s', types: {9001: default}, openTypes: %s}\n";
    String client = "clients: {me: {secret: s}}\n";
    assertThat(SettingsReader.read(port.formatted("127.0.0.1:1", false)).listen().types())
        .hasSize(1);
    assertThatThrownBy(() -> SettingsReader.read(port.formatted("127.0.0.1:1", false) + client))
        .hasMessageContaining("openTypes: true");
    assertThatThrownBy(() -> SettingsReader.read(port.formatted("0.0.0.0:1", false) + client))
        .hasMessageContaining("openTypes: true");
    assertThat(SettingsReader.read(port.formatted("0.0.0.0:1", true) + client).listen().types())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'a: [', no YAML",
    "'just a text', no structure",
    "'proxies: [{url: \"http://x:99999\"}]', 0 to 65535",
    "'proxies: [{url: \"http://u:%zz@x:1\"}]', hexadecimal",
    "'clients: {a: {secret: s}, b: {secret: s}}', secret of another client",
    "'listen: {tls: {certificate: a.pem}}', both certificate and key",
    "'routes: {\"*\": {limits: {rate: fast}}}', 20/1s",
    "'proxies: [drect]', no URL of a proxy: expected scheme://",
    "'proxies: [{url: direct, id: a, url: direct}]', Duplicate",
    "'groups: {g: {}}\ngroups: {h: {}}', Duplicate",
    "'health: {connectTimeout: 0s}', health.connectTimeout is nothing: expected a length",
    "'routes: {\"*\": {maxIdle: 0s}}', maxIdle is nothing: expected a length",
    "'routes: {\"*\": {limits: {window: 6000/0ms}}}', at least 10 ms",
    "'proxies: [7]', expected keys",
    "'listen: {types: {9001: \"a,g=eu\"}}', names 'eu', which is no group: expected one of [main]"
  })
  void whatCannotBeUsedIsSaidInWords(String document, String words) {
    assertThatThrownBy(() -> SettingsReader.read(document))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(words);
  }

  @Test
  void someLengthsMayBeNothing() {
    String document =
        "health: {slowStart: 0s}\ndrain: {atStop: 0s, removed: 0s}\n"
            + "routes: {\"*\": {sessionTime: 0s}}\n";
    assertThat(SettingsReader.read(document).drain().atStop()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "'clients: [{name: a, secret: PRIVATE}]', clients is a list: expected keys with values",
    "'clients: PRIVATE', clients is a text: expected keys with values",
    "'clients: {a: PRIVATE}', clients.a is a text: expected keys with values",
    "'clients: {a: {secret: [PRIVATE]}}', clients.a.secret is a structure: expected a text",
    "'proxies: [[\"http://u:PRIVATE@h:1\"]]', proxies[0] is a list: expected keys with values",
    "'proxies: [\"10.0.0.1:3128:u:PRIVATE\", \"u:PRIVATE\", \"http://h:1:u:PRIVATE\"]', proxies[2].url: it is no URL of",
    "'groups: {g: {proxies: [{url: \"http://u:PRIVATE@h:1\"}]}}', groups.g.proxies holds a structure: expected texts",
    "'listen: {maxClients: {secret: PRIVATE}}', listen.maxClients is a structure: expected a whole",
    "'listen: {ports: [[PRIVATE]]}', listen.ports holds a list: expected whole numbers",
    "'callbacks: [{url: \"ftp://u:PRIVATE@h.example:7/PRIVATE?PRIVATE\"}]', callbacks[0].url: 'ftp://h.example:7' is no http or https URL: expected one such as",
    "'callbacks: [{url: \"http://h/\", secret: whsec_PRIVATE!}]', callbacks[0].secret begins with whsec_",
    "'callbacks: [{url: \"http://u:PRIVATE @h/\"}]', callbacks[0].url: it is no URL: expected",
    "'callbacks: [\"u:PRIVATE@h\"]', callbacks[0].url: it is no http or https URL: expected",
    "'callbacks: [{url: \"ftp://u:PRI/VATE@h\", id: x}]', callbacks[0].url: it is no http",
    "'routes: {\"*\": {probe: {url: \"ws://PRIVATE@h/\"}}}', routes.*.probe.url: 'ws://h' is no http",
    "'listen: {openTypes: [PRIVATE]}', listen.openTypes is a list: expected true or false"
  })
  void aValueInTheWrongPlaceIsNotPrinted(String document, String words) {
    assertThatThrownBy(() -> SettingsReader.read(document))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining("PRIVATE");
  }

  @Test
  void aProxyWithoutAnIdHasOneThatOutlivesARestartAndTellsCredentialsApart() {
    assertThat(SettingsReader.idOf("http://a:b@h:1"))
        .isEqualTo(SettingsReader.idOf("http://a:b@h:1"))
        .isNotEqualTo(SettingsReader.idOf("http://a:c@h:1"));
  }
}
