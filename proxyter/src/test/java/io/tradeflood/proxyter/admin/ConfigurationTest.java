package io.tradeflood.proxyter.admin;

import static io.tradeflood.proxyter.admin.AdminFixture.OPEN;
import static io.tradeflood.proxyter.admin.AdminFixture.WITH_TOKEN;
import static io.tradeflood.proxyter.admin.AdminFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.proxyter.gateway.FakeProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Changing what runs. */
@Timeout(90)
class ConfigurationTest {
  private static final String DOCUMENT =
      "clients: {alice: {secret: secret-of-alice}}\n"
          + "proxies: [{id: one, url: 'http://user:pass-of-one@127.0.0.1:9'}, {id: two, url:"
          + " direct}]\n"
          + "groups: {main: {proxies: [one, two]}}\n"
          + "callbacks: [{id: hook, url: 'http://127.0.0.1:9/path-secret', secret: hook-secret}]\n";

  @Test
  void noSecretEverComesOut() {
    try (var fixture = new AdminFixture(WITH_TOKEN + DOCUMENT)) {
      fixture
          .send("PATCH", "/v1/proxies/two", "{\"url\":\"socks5://u:pass-of-two@127.0.0.1:9\"}")
          .is(200);
      for (String path :
          List.of(
              "/v1/proxies",
              "/v1/proxies/one",
              "/v1/proxies/two/state",
              "/v1/clients",
              "/v1/clients/alice",
              "/v1/callbacks",
              "/v1/config",
              "/v1/config?effective",
              "/v1/config:diff",
              "/v1/overview",
              "/v1/events",
              "/v1/groups",
              "/metrics"))
        assertThat(fixture.get(path).is(200).text())
            .as(path)
            .doesNotContain(
                "pass-of-one",
                "pass-of-two",
                "secret-of-alice",
                "hook-secret",
                "path-secret",
                AdminFixture.TOKEN);
      assertThat(fixture.get("/v1/proxies/one").json().at("/document/url").asString())
          .isEqualTo("http://user:***@127.0.0.1:9");
    }
  }

  @Test
  void whatIsReadCanBePutBackAndKeepsItsSecrets() {
    try (var fixture = new AdminFixture(WITH_TOKEN + DOCUMENT)) {
      String whole = fixture.get("/v1/config?effective").json().get("document").toString();
      var same = fixture.send("PUT", "/v1/config", whole).is(200).json();
      assertThat(same.get("changes").size()).isZero();
      String proxy = fixture.get("/v1/proxies/one").json().get("document").toString();
      fixture.send("PUT", "/v1/proxies/one", proxy.replace("}", ",\"weight\":2}")).is(200);
      assertThat(fixture.configuration.state().settings().proxies().get("one").url().credentials())
          .get()
          .extracting(c -> c.password())
          .isEqualTo("pass-of-one");
      assertThat(
              fixture
                  .send("PUT", "/v1/proxies/three", "{\"url\":\"http://user:***@127.0.0.1:9\"}")
                  .problem(422))
          .contains("***");
      fixture.send("PUT", "/v1/clients/bob", "{\"secret\":\"***\"}").problem(422);
    }
  }

  @Test
  void aProxyIsAddedChangedAndRemoved() {
    try (var fixture = new AdminFixture(OPEN + DOCUMENT)) {
      var added =
          fixture
              .send("POST", "/v1/proxies?groups=main,new", "{\"url\":\"http://127.0.0.1:8\"}")
              .is(201);
      String id = added.json().get("id").asString();
      assertThat(added.header("location")).isEqualTo("/v1/proxies/" + id);
      assertThat(added.json().at("/state/groups").toString()).isEqualTo("[\"main\",\"new\"]");
      // Once more is no harm; another under the same id is.
      fixture.send("POST", "/v1/proxies", "{\"url\":\"http://127.0.0.1:8\"}").is(200);
      fixture
          .send(
              "POST", "/v1/proxies", "{\"id\":\"%s\",\"url\":\"http://127.0.0.1:7\"}".formatted(id))
          .problem(409);
      var changed =
          fixture
              .send("PATCH", "/v1/proxies/" + id, "{\"tags\":[\"x\"],\"weight\":3}")
              .is(200)
              .json();
      assertThat(changed.at("/document/weight").asInt()).isEqualTo(3);
      changed = fixture.send("PATCH", "/v1/proxies/" + id, "{\"weight\":null}").is(200).json();
      assertThat(changed.at("/document").has("weight")).isFalse();
      assertThat(fixture.get("/v1/proxies?tag=x").json().get("items").size()).isEqualTo(1);
      fixture.send("POST", "/v1/proxies/" + id + ":disable", "").is(200);
      assertThat(fixture.get("/v1/proxies?state=disabled").json().at("/items/0/id").asString())
          .isEqualTo(id);
      fixture.send("POST", "/v1/proxies/" + id + ":enable", "").is(200);
      fixture.send("DELETE", "/v1/proxies/" + id, "").is(200);
      fixture.get("/v1/proxies/" + id).problem(404);
      assertThat(fixture.get("/v1/groups/main").json().at("/document/proxies").toString())
          .isEqualTo("[\"one\",\"two\"]");
      fixture.send("DELETE", "/v1/proxies/" + id, "").problem(404);
    }
  }

  private static String members(AdminFixture fixture, String group) {
    return fixture.get("/v1/groups/" + group).is(200).json().at("/state/members").toString();
  }

  @Test
  void theGroupOfAllProxiesStaysThatWhateverIsDoneByHalves() throws IOException {
    String put = "{\"url\":\"direct\"}";
    String all = "[\"one\",\"c\"]";
    for (String groups : List.of("main", "new1", "new1,main")) {
      try (var fixture = new AdminFixture(OPEN + "proxies: [{id: one, url: direct}]\n")) {
        fixture.send("PUT", "/v1/proxies/c?groups=" + groups, put).is(201);
        assertThat(members(fixture, "main")).as(groups).isEqualTo(all);
        assertThat(fixture.get("/v1/routes/*").json().at("/state/eligible").asInt())
            .as(groups)
            .isGreaterThanOrEqualTo(2);
        fixture.tunnel("t,x=c:");
      }
    }
    try (var fixture = new AdminFixture(OPEN + "proxies: [{id: one, url: direct}]\n")) {
      fixture.send("PUT", "/v1/limits/group:main", "{\"tunnels\":5}").is(200);
      fixture.send("PATCH", "/v1/groups/main", "{\"perProxy\":{\"tunnels\":5}}").is(200);
      fixture.send("PUT", "/v1/groups/eu", "{\"proxies\":[\"one\"]}").is(201);
      fixture.send("PUT", "/v1/proxies/c?groups=main", put).is(201);
      assertThat(members(fixture, "main")).isEqualTo(all);
      assertThat(fixture.get("/v1/groups/main").json().get("document").has("proxies")).isFalse();
      // Who names some has those, and an operator can do without it.
      fixture.send("PUT", "/v1/groups/main", "{\"proxies\":[\"one\"]}").is(200);
      fixture.send("PUT", "/v1/proxies/d?groups=main", put).is(201);
      assertThat(members(fixture, "main")).isEqualTo("[\"one\",\"d\"]");
      fixture.send("DELETE", "/v1/groups/main", "").is(200);
      assertThat(fixture.get("/v1/groups").json().get("items").size()).isEqualTo(1);
    }
  }

  @Test
  void aGroupThatIsChangedKeepsItsTurn() throws IOException {
    try (var fixture = new AdminFixture(OPEN + "proxies: [{id: one, url: direct}]\n")) {
      fixture.send("PUT", "/v1/proxies/c?groups=new1", "{\"url\":\"direct\"}").is(201);
      for (String scope : List.of("group:main", "proxy:*@group:main"))
        fixture.send("PUT", "/v1/limits/" + scope, "{\"tunnels\":5}").is(200);
      fixture.send("PATCH", "/v1/groups/main", "{\"perProxy\":{\"tunnels\":6}}").is(200);
      var explained = fixture.get("/v1/explain?payload=t&target=a.example:443").json();
      assertThat(explained.at("/candidates/0/group").asString()).isEqualTo("main");
    }
  }

  @Test
  void whatIsEnabledFollowsTheFile() {
    try (var fixture = new AdminFixture(OPEN + DOCUMENT)) {
      fixture.send("POST", "/v1/proxies/one:enable", "").is(200);
      assertThat(fixture.get("/v1/config").json().get("overlay").size()).isZero();
      fixture.send("POST", "/v1/proxies/one:disable", "").is(200);
      assertThat(fixture.get("/v1/config").json().at("/overlay/proxies").has("one")).isTrue();
      fixture.send("POST", "/v1/proxies/one:enable", "").is(200);
      assertThat(fixture.get("/v1/config").json().get("overlay").size()).isZero();
    }
  }

  @Test
  void aGroupThatNothingCanLeaveByIsWarnedOf() {
    try (var fixture = new AdminFixture(OPEN + DOCUMENT)) {
      String words = "groups.none has neither proxies nor tags";
      var put = fixture.send("PUT", "/v1/groups/none", "{\"limits\":{\"tunnels\":5}}").is(201);
      assertThat(put.json().at("/warnings/0").asString()).startsWith(words);
      assertThat(fixture.get("/v1/groups/main").json().get("warnings").size()).isZero();
      String whole = fixture.get("/v1/config?effective").json().get("document").toString();
      for (String path : List.of("/v1/config:validate", "/v1/config"))
        assertThat(
                fixture
                    .send(path.endsWith("e") ? "POST" : "PUT", path, whole)
                    .is(200)
                    .json()
                    .at("/warnings/0")
                    .asString())
            .startsWith(words);
      assertThat(fixture.send("DELETE", "/v1/groups/none", "").json().get("warnings").size())
          .isZero();
    }
  }

  @Test
  void whatCannotBeUsedIsRefusedWithAllThatIsWrong() {
    try (var fixture = new AdminFixture(OPEN + DOCUMENT)) {
      var wrong = fixture.send("PUT", "/v1/proxies/x", "{\"url\":\"gopher://h:1\",\"wieght\":2}");
      assertThat(wrong.problem(422)).contains("2 problems");
      assertThat(wrong.json().get("problems").toString()).contains("wieght", "gopher");
      fixture.send("PUT", "/v1/groups/main", "{\"proxies\":[\"nobody\"]}").problem(422);
      fixture.send("DELETE", "/v1/groups/none", "").problem(404);
      fixture.send("PUT", "/v1/proxies/x", "{\"id\":\"y\",\"url\":\"direct\"}").problem(422);
      fixture.send("PUT", "/v1/proxies/x", "{").problem(400);
      fixture.send("PUT", "/v1/proxies/x", "[]").problem(400);
      assertThat(fixture.get("/v1/config").json().get("revision").asInt()).isEqualTo(1);
    }
  }

  @Test
  void listsOfVendorsAreImported() {
    try (var fixture = new AdminFixture(OPEN + DOCUMENT)) {
      String lines =
          "# a comment\n\n"
              + "http://u:p%20w@127.0.0.1:81#eu,fast\n"
              + "socks5://127.0.0.1:82\n"
              + "127.0.0.1:83:user:pa#ss\n";
      String[] plain = {"content-type", "text/plain"};
      var first =
          fixture.send("POST", "/v1/proxies:import?groups=bulk", lines, plain).is(200).json();
      assertThat(first.get("added").size()).isEqualTo(3);
      var again = fixture.send("POST", "/v1/proxies:import", lines, plain).is(200).json();
      assertThat(again.get("unchanged").size()).isEqualTo(3);
      assertThat(again.get("revision").asInt()).isEqualTo(first.get("revision").asInt());
      assertThat(fixture.get("/v1/groups/bulk").json().at("/state/members").size()).isEqualTo(3);
      assertThat(fixture.get("/v1/proxies?tag=fast").json().get("items").size()).isEqualTo(1);
      var bad = fixture.send("POST", "/v1/proxies:import", lines + "gopher://u:sekret@x\n", plain);
      assertThat(bad.problem(422)).contains("1 lines are no proxies");
      assertThat(bad.text()).contains("line 6").doesNotContain("sekret");
      var skipped =
          fixture
              .send("POST", "/v1/proxies:import?skip=true", "direct\nnonsense:x\n", plain)
              .is(200)
              .json();
      assertThat(skipped.get("added").size()).isEqualTo(1);
      assertThat(skipped.get("skipped").size()).isEqualTo(1);
    }
  }

  @Test
  void twoOperatorsNeverOverwriteEachOther() throws Exception {
    try (var fixture = new AdminFixture(OPEN + DOCUMENT);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      fixture.send("PUT", "/v1/origins/o", "{\"hosts\":[\"start.example\"]}").is(201);
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int me = i;
        tasks.add(
            () -> {
              int stale = 0;
              for (int done = 0; done < 5; ) {
                var read = fixture.get("/v1/origins/o");
                var hosts = new ArrayList<String>();
                read.json().at("/document/hosts").forEach(h -> hosts.add(h.asString()));
                hosts.add("h%d-%d.example".formatted(me, done));
                String body =
                    AdminFixture.JSON.writeValueAsString(java.util.Map.of("hosts", hosts));
                var put =
                    fixture.send("PUT", "/v1/origins/o", body, "if-match", read.header("etag"));
                if (put.status() == 412) stale++;
                else {
                  put.is(200);
                  done++;
                }
              }
              return stale;
            });
      }
      for (var task : threads.invokeAll(tasks)) assertThat(task.get()).isNotNegative();
      JsonNode hosts = fixture.get("/v1/origins/o").json().at("/document/hosts");
      assertThat(hosts.size()).isEqualTo(41);
      fixture.send("PUT", "/v1/origins/o", "{\"hosts\":[\"x\"]}", "if-match", "\"1\"").problem(412);
      fixture
          .send("PUT", "/v1/origins/o", "{\"hosts\":[\"x\"]}", "if-none-match", "*")
          .problem(412);
    }
  }

  @Test
  void aDrainWaitsForTunnelsAndThenRemoves() throws IOException {
    try (var fixture =
        new AdminFixture(OPEN + "proxies: [{id: one, url: direct}, {id: two, url: direct}]\n")) {
      Socket tunnel = fixture.tunnel("t,x=two:");
      fixture.send("DELETE", "/v1/proxies/one?drain=60s", "").is(202);
      fixture.get("/v1/proxies/one").problem(404);
      tunnel.getOutputStream().write('x');
      assertThat(tunnel.getInputStream().read()).isEqualTo('x');
      tunnel.close();
      until(() -> fixture.get("/v1/events?type=proxy.drained").json().get("items").size() == 1);
      Socket other = fixture.tunnel("t:");
      fixture.send("POST", "/v1/proxies/two:drain?for=1h", "").is(202);
      // Another change does not end it.
      fixture.send("PUT", "/v1/origins/o", "{\"hosts\":[\"x.example\"]}").is(201);
      assertThat(fixture.get("/v1/proxies/two").json().at("/state/state").asString())
          .isEqualTo("draining");
      fixture.send("POST", "/v1/proxies/two:drain?for=0s", "").is(202);
      assertThat(other.getInputStream().read()).isEqualTo(-1);
      until(
          () ->
              fixture
                  .get("/v1/proxies/two")
                  .json()
                  .at("/state/state")
                  .asString()
                  .equals("disabled"));
      fixture.send("POST", "/v1/proxies/two:drain?for=soon", "").problem(400);
    }
  }

  @Test
  void limitsAreFoundAndChangedByTheirScope() {
    try (var fixture =
        new AdminFixture(OPEN + DOCUMENT + "routes: {'*': {limits: {tunnels: 9}}}\n")) {
      fixture.send("PUT", "/v1/limits/proxy:one", "{\"tunnels\":5,\"window\":\"60/1m\"}").is(200);
      fixture.send("PUT", "/v1/limits/group:main", "{\"rate\":[\"5/1s\"]}").is(200);
      fixture.send("PUT", "/v1/limits/proxy:*@group:main", "{\"setups\":2}").is(200);
      fixture.send("PUT", "/v1/limits/proxy:*@origin:home", "{\"tunnels\":3}").is(200);
      fixture.send("PUT", "/v1/limits/client:alice", "{\"tunnels\":4}").is(200);
      var one = fixture.get("/v1/limits?scope=proxy:one").json().get("items");
      assertThat(one.findValuesAsString("scope"))
          .contains("proxy:one", "proxy:one@group:main", "proxy:one@origin:home");
      assertThat(fixture.get("/v1/limits/type:*").json().at("/state/0/headroom").asInt())
          .isEqualTo(9);
      assertThat(fixture.get("/v1/groups/main").json().at("/document/limits/rate/0").asString())
          .isEqualTo("5/1s");
      fixture.send("DELETE", "/v1/limits/proxy:one", "").is(200);
      assertThat(fixture.get("/v1/limits/proxy:one").json().get("state").size()).isZero();
      fixture.send("PUT", "/v1/limits/proxy:one", "{\"tunnels\":0}").problem(422);
      fixture.get("/v1/limits/planet:mars").problem(404);
      fixture.send("PUT", "/v1/limits/group:none", "{}").problem(404);
    }
  }

  @Test
  void theWholeDocumentIsValidatedReplacedAndCompared() {
    try (var fixture = new AdminFixture(OPEN + DOCUMENT)) {
      String[] yaml = {"content-type", "application/yaml"};
      String next =
          AdminFixture.PORTS
              + OPEN
              + DOCUMENT.replace("two, url: direct", "two, url: direct, weight: 2");
      var valid = fixture.send("POST", "/v1/config:validate", next, yaml).is(200).json();
      assertThat(valid.get("changes").toString())
          .isEqualTo(
              "[{\"kind\":\"changed\",\"section\":\"proxies\",\"id\":\"two\",\"keys\":[\"weight\"]}]");
      fixture.send("POST", "/v1/config:validate", "proxies: [{id: a}]", yaml).problem(422);
      fixture.send("POST", "/v1/config:validate", "proxies: [{", yaml).problem(400);
      fixture
          .send("PUT", "/v1/config", "proxies: [{id: a, url: direct}, {id: a, url: direct}]", yaml)
          .problem(422);
      var changes = fixture.send("PUT", "/v1/config?persist=false", next, yaml).is(200).json();
      assertThat(changes.get("changes").size()).isEqualTo(1);
      assertThat(fixture.get("/v1/config:diff").json().get("changes").size()).isEqualTo(1);
      assertThat(fixture.get("/v1/config").json().at("/overlay/proxies/two/weight").asInt())
          .isEqualTo(2);
      fixture.send("POST", "/v1/config:reload", "").is(200);
    }
  }

  @Test
  void whoWouldServeIsExplained() {
    try (var fixture = new AdminFixture(OPEN + DOCUMENT)) {
      fixture.send("POST", "/v1/proxies/one:disable", "").is(200);
      var why =
          fixture
              .get("/v1/explain?payload=binance.candles,s=1&target=" + fixture.target())
              .is(200)
              .json();
      assertThat(why.get("chosen").asString()).isEqualTo("two");
      assertThat(why.get("origin").asString()).isEqualTo("home");
      assertThat(why.at("/candidates/0/whyNot").asString()).isEqualTo("disabled");
      fixture.get("/v1/explain?payload=t").problem(400);
      fixture.get("/v1/explain?payload=t,what=1&target=a:1").problem(400);
      fixture.get("/v1/explain?payload=t&target=a").problem(400);
      assertThat(fixture.get("/v1/explain?payload=t,g=mars&target=a:1").problem(400))
          .contains("'mars'", "expected one of main");
      fixture.get("/v1/explain?payload=t&target=a:1&client=nobody").problem(404);
    }
  }

  @Test
  void proxiesAreProbedAndDiagnosedWhenAsked() {
    try (var fixture = new AdminFixture(OPEN + DOCUMENT)) {
      fixture.send("POST", "/v1/proxies/one:probe", "").is(202);
      fixture.send("POST", "/v1/proxies/one:diagnose?target=127.0.0.1:443", "").is(202);
      fixture.send("POST", "/v1/proxies/one:diagnose", "").problem(400);
      until(
          () ->
              fixture.watcher.stats().probes().keySet().containsAll(List.of("proxy", "diagnosis")));
    }
  }

  @Test
  void whoWaitsForAProbeIsToldWhatCameOfIt() throws Exception {
    try (var well = FakeProxy.open();
        var other = FakeProxy.open();
        var fixture =
            new AdminFixture(
                OPEN
                    + "proxies: [{id: one, url: '%s'}, {id: two, url: '%s'}, {id: dead, url: 'http://127.0.0.1:%d'}]%n"
                        .formatted(well.url("http"), other.url("http"), freePort()))) {
      var up = fixture.send("POST", "/v1/proxies/one:probe?wait=20s", "").is(200).json();
      assertThat(up.get("reached").asBoolean()).isTrue();
      assertThat(up.at("/state/state").asString()).isEqualTo("up");
      var dead = fixture.send("POST", "/v1/proxies/dead:probe?wait=20s", "").is(200).json();
      assertThat(dead.get("reached").asBoolean()).isFalse();
      var verdict =
          fixture
              .send("POST", "/v1/proxies/dead:diagnose?wait=20s&target=" + fixture.target(), "")
              .is(200)
              .json();
      assertThat(verdict.has("reached")).as(verdict.toString()).isFalse();
      assertThat(verdict.at("/state/state").asString()).isNotEqualTo("up");
      assertThat(verdict.at("/events/0/type").asString()).isEqualTo("proxy.suspect");
      fixture.send("POST", "/v1/proxies/one:probe?wait=31s", "").problem(400);
      fixture.send("POST", "/v1/proxies/one:probe?wait=soon", "").problem(400);
      fixture.send("POST", "/v1/proxies/nobody:probe", "").problem(404);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void itIsReadyWhenEveryRouteHasSomebody() {
    try (var fixture =
        new AdminFixture(
            OPEN
                + "proxies: [{id: one, url: direct}, {id: two, url: direct}]\n"
                + "groups: {a: {proxies: [one]}, b: {proxies: [two]}}\n"
                + "routes: {x: {groups: [a]}, '*': {groups: [b]}}\n")) {
      fixture.get("/readyz").is(200);
      fixture.send("POST", "/v1/proxies/one:disable", "").is(200);
      var not = fixture.get("/readyz").is(503).json();
      assertThat(not.at("/routes/0/ready").asBoolean()).isFalse();
      assertThat(not.at("/routes/1/ready").asBoolean()).isTrue();
      fixture.get("/livez").is(200);
    }
  }
}
