package io.tradeflood.proxyter.admin;

import static io.tradeflood.proxyter.admin.AdminFixture.OPEN;
import static io.tradeflood.proxyter.admin.AdminFixture.WITH_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradeflood.proxyter.health.Change.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page, as a browser shows it. */
@Timeout(120)
class PageTest {
  private static final int TAB = 9;
  private static final int ENTER = 13;
  private static Browser browser;

  @BeforeAll
  static void begin() throws IOException, InterruptedException {
    Optional<Path> program = Browser.program();
    assumeTrue(
        program.isPresent(),
        "no Chromium on this machine: the page is not looked at (Debian: apt-get install"
            + " chromium)");
    browser = new Browser(program.get());
  }

  @AfterAll
  static void end() throws IOException {
    if (browser != null) browser.close();
  }

  @BeforeEach
  void fresh() {
    browser.open("about:blank");
    browser.until("location.href === 'about:blank'");
    browser.size(1280, 900);
    browser.scheme("light");
    browser.requested.clear();
    browser.complaints.clear();
  }

  private static String address(AdminFixture fixture) {
    return "http://127.0.0.1:" + fixture.admin.port() + "/";
  }

  private static void open(AdminFixture fixture) {
    browser.open(address(fixture));
    browser.until("document.body?.dataset.drawn");
  }

  private static String pool(int count) {
    var out = new StringBuilder("proxies:\n");
    for (int i = 1; i <= count; i++)
      out.append(
          "- {id: %s-%d, url: direct, provider: %s, tags: [%s], limits: {tunnels: %d}}\n"
              .formatted(
                  i % 3 == 0 ? "fr" : i % 3 == 1 ? "de" : "jp",
                  i,
                  i % 2 == 0 ? "acme" : "nord",
                  i % 3 == 2 ? "asia" : "eu",
                  4 + i % 7));
    return out
        + "groups: {europe: {tags: [eu]}, asia: {tags: [asia]}}\n"
        + "routes: {binance: {groups: [europe, asia], limits: {tunnels: 60}}, '*': {}}\n";
  }

  private static void tell(AdminFixture fixture, String proxy, String target, int status) {
    fixture
        .send(
            "POST",
            "/v1/feedback",
            "{\"proxy\":\"%s\",\"target\":\"%s\",\"status\":%d,\"retryAfter\":600}"
                .formatted(proxy, target, status))
        .is(200);
  }

  /** Some traffic, and some that is not well. */
  private static void live(AdminFixture fixture, int proxies) throws IOException {
    for (int i = 0; i < 12; i++) {
      var tunnel = fixture.tunnel("binance.candles:");
      tunnel.getOutputStream().write(new byte[5_000 * (i + 1)]);
      tunnel.getInputStream().readNBytes(5_000 * (i + 1));
    }
    tell(fixture, "de-1", "127.0.0.1:443", 418);
    tell(fixture, "jp-2", "api.binance.com:443", 429);
    if (proxies > 3) {
      tell(fixture, "fr-6", "api.binance.com:443", 418);
      fixture.send("POST", "/v1/proxies/de-4:disable", "").is(200);
    }
    AdminFixture.until(() -> fixture.get("/v1/matrix").json().get("blocked").size() >= 2);
  }

  @Test
  void theTokenIsAskedForOnceAndKeptInTheTab() throws IOException {
    try (var fixture = new AdminFixture(WITH_TOKEN + pool(3))) {
      browser.open(address(fixture));
      browser.until("document.getElementById('login')?.open");
      assertThat(browser.text("document.activeElement.id")).isEqualTo("token");
      browser.picture("token");
      browser.type("wrong");
      browser.press("Enter", ENTER);
      browser.until("document.getElementById('login-error').textContent.includes('not the token')");
      browser.type(AdminFixture.TOKEN);
      browser.press("Enter", ENTER);
      browser.until("document.body?.dataset.drawn");
      assertThat(browser.eval("document.getElementById('login').open").asBoolean()).isFalse();
      browser.open(address(fixture) + "?again");
      browser.until("location.search === '?again' && document.body?.dataset.drawn");
      assertThat(browser.eval("document.getElementById('login').open").asBoolean()).isFalse();
      // A token is never part of an address, where it would be written down.
      assertThat(browser.requested).isNotEmpty().noneMatch(url -> url.contains(AdminFixture.TOKEN));
    }
  }

  @Test
  void aSmallPoolIsReadAtAGlance() throws IOException {
    try (var fixture = new AdminFixture(OPEN + pool(3))) {
      live(fixture, 3);
      open(fixture);
      browser.until("document.querySelectorAll('#proxies tbody tr').length === 3");
      assertThat(browser.text("document.getElementById('serving').textContent"))
          .isEqualTo("3 of 3");
      assertThat(browser.text("document.getElementById('serving-sub').textContent"))
          .isEqualTo("all of them");
      assertThat(browser.text("document.getElementById('matrix-sub').textContent"))
          .isEqualTo("2 not well");
      assertThat(browser.text("document.getElementById('tunnels').textContent")).matches("[0-9]+");
      String matrix = browser.text("document.getElementById('matrix').textContent");
      assertThat(matrix).contains("home", "binance.com", "banned", "paused", "ok");
      assertThat(browser.text("document.getElementById('limits').textContent"))
          .contains("type:binance", "of 60");
      browser.until("document.getElementById('events').textContent.includes('pair.banned')");
      browser.until("document.getElementById('rate').textContent !== '–'");
      String light = browser.text("getComputedStyle(document.body).backgroundColor");
      browser.picture("small-light");
      browser.scheme("dark");
      assertThat(browser.text("getComputedStyle(document.body).backgroundColor"))
          .isNotEqualTo(light);
      browser.picture("small-dark");
      browser.size(420, 900);
      assertThat(browser.eval("document.documentElement.scrollWidth <= innerWidth").asBoolean())
          .isTrue();
      browser.picture("small-narrow");
      assertThat(browser.complaints).isEmpty();
      assertThat(browser.requested).isNotEmpty().allMatch(url -> url.startsWith(address(fixture)));
    }
  }

  @Test
  void whatIsCountedIsThereAndSuspectsAreSaid() throws IOException {
    try (var fixture = new AdminFixture(OPEN + pool(3))) {
      live(fixture, 3);
      fixture.send("DELETE", "/v1/proxies/de-1", "").is(200);
      fixture.send("DELETE", "/v1/origins/home", "").is(200);
      open(fixture);
      browser.until("document.querySelectorAll('#proxies tbody tr').length === 2");
      assertThat(browser.text("document.getElementById('matrix-sub').textContent"))
          .isEqualTo("1 not well");
      // What comes next is drawn and read at one go, so that nothing else is drawn meanwhile.
      String sub = "document.getElementById('%s').textContent";
      assertThat(
              browser.text(
                  "proxies[0].state.state = 'suspect'; drawPool(); "
                      + sub.formatted("serving-sub")))
          .isEqualTo("1 suspect");
      assertThat(
              browser.text(
                  "proxies[0].state.state = 'down'; drawPool(); " + sub.formatted("serving-sub")))
          .isEqualTo("1 out");
      String matrix =
          "drawMatrix({ proxies: [{ id: 'a', state: '%s' }], blocked: [], origins: %s }); ";
      String origin = "[{ origin: 'o', down: %s, tunnels: 0 }]";
      assertThat(
              browser.text(
                  matrix.formatted("suspect", origin.formatted(false))
                      + sub.formatted("matrix-sub")))
          .isEqualTo("1 not well");
      assertThat(
              browser.text(
                  matrix.formatted("up", origin.formatted(true)) + sub.formatted("matrix-sub")))
          .isEqualTo("1 target down");
      assertThat(
              browser.text(
                  matrix.formatted("up", origin.formatted(false)) + sub.formatted("matrix-sub")))
          .isEqualTo("all well");
      assertThat(browser.text(matrix.formatted("up", "[]") + sub.formatted("matrix")))
          .isEqualTo("No target has an open tunnel, is down or shuts a proxy out.");
    }
  }

  @Test
  void whatHappensIsSeenWithoutAskingAndNothingJumps() throws IOException {
    try (var fixture = new AdminFixture(OPEN + pool(60))) {
      live(fixture, 60);
      open(fixture);
      browser.until("document.querySelectorAll('#proxies tbody tr').length === 60");
      browser.until("document.getElementById('events').children.length > 0");
      browser.eval(
          "window.kept = [...document.querySelectorAll('#proxies tbody tr')].find(r =>"
              + " r.dataset.key === 'fr-9'); document.querySelector('#pool .scroll').scrollTop ="
              + " 300; window.seen = [...document.querySelectorAll('#proxies tbody tr')].find(r =>"
              + " r.getBoundingClientRect().top > document.querySelector('#pool"
              + " .scroll').getBoundingClientRect().top + 60); window.top0 ="
              + " window.seen.getBoundingClientRect().top; window.where ="
              + " document.getElementById('events').getBoundingClientRect().top; 1");
      fixture.journal.add("config.reloaded", Severity.INFO, "config", "a word of the test");
      browser.until(
          "document.getElementById('events').firstChild.textContent.includes('a word of the"
              + " test')");
      fixture.send("POST", "/v1/proxies/fr-9:disable", "").is(200);
      browser.until("window.kept.isConnected && window.kept.textContent.includes('disabled')");
      // The row has gone up to those that are not well; what was looked at has not moved.
      assertThat(
              browser
                  .eval("Math.abs(window.seen.getBoundingClientRect().top - window.top0)")
                  .asDouble())
          .isLessThan(1);
      assertThat(
              browser
                  .eval(
                      "window.where ==="
                          + " document.getElementById('events').getBoundingClientRect().top")
                  .asBoolean())
          .isTrue();
      browser.eval("document.getElementById('pause').click(); 1");
      fixture.journal.add("config.reloaded", Severity.INFO, "config", "unseen for now");
      browser.until("events[0].message === 'unseen for now'");
      assertThat(browser.text("document.getElementById('events').textContent"))
          .doesNotContain("unseen for now");
      browser.eval("document.getElementById('pause').click(); 1");
      browser.until("document.getElementById('events').textContent.includes('unseen for now')");
      assertThat(browser.complaints).isEmpty();
    }
  }

  @Test
  void threeHundredProxiesAreFoundAndSortedByKeyboard() throws IOException {
    try (var fixture = new AdminFixture(OPEN + pool(300))) {
      live(fixture, 300);
      open(fixture);
      browser.until("document.querySelectorAll('#proxies tbody tr').length === 300");
      browser.picture("large-light");
      assertThat(browser.eval("document.documentElement.scrollHeight").asInt()).isLessThan(2_600);
      // Only those that are not well everywhere are listed one by one.
      assertThat(browser.eval("document.querySelectorAll('#matrix tbody tr').length").asInt())
          .isBetween(3, 12);
      browser.eval("document.getElementById('find').focus(); 1");
      browser.type("jp");
      browser.until("document.getElementById('found').textContent === '100 of 300'");
      browser.press("Tab", TAB);
      assertThat(browser.text("document.activeElement.id")).isEqualTo("unwell");
      for (int i = 0;
          i < 10 && !browser.text("document.activeElement.dataset.sort ?? ''").equals("id");
          i++) browser.press("Tab", TAB);
      browser.press("Enter", ENTER);
      browser.until(
          "document.querySelector('#proxies th[aria-sort]').textContent.startsWith('Proxy')");
      assertThat(browser.text("document.querySelector('#proxies tbody tr').dataset.key"))
          .isEqualTo("jp-2");
      browser.press("Enter", ENTER);
      browser.until("document.querySelector('#proxies tbody tr').dataset.key === 'jp-299'");
      assertThat(browser.complaints).isEmpty();
    }
  }

  @Test
  void whoCannotSeeItIsToldTheSame() throws IOException {
    try (var fixture = new AdminFixture(OPEN + pool(3))) {
      live(fixture, 3);
      open(fixture);
      assertThat(browser.text("document.documentElement.lang")).isEqualTo("en");
      assertThat(
              browser
                  .eval("[...document.querySelectorAll('input')].every(i => i.labels.length > 0)")
                  .asBoolean())
          .isTrue();
      assertThat(
              browser
                  .eval(
                      "[...document.querySelectorAll('th')].every(h => h.scope === 'col' || h.scope"
                          + " === 'row')")
                  .asBoolean())
          .isTrue();
      assertThat(browser.text("document.getElementById('strip').getAttribute('aria-label')"))
          .isEqualTo("3 up");
      // State is never told by colour alone.
      assertThat(
              browser
                  .eval(
                      "[...document.querySelectorAll('.state, .cell')].every(s =>"
                          + " s.textContent.trim().length > 1)")
                  .asBoolean())
          .isTrue();
      String names =
          browser.tell("Accessibility.getFullAXTree", java.util.Map.of()).get("nodes").toString();
      assertThat(names).contains("Open tunnels", "Proxies at targets", "Skip to the pool");
    }
  }

  @Test
  void aLostConnectionIsSaidAndFoundAgain() throws IOException {
    try (var fixture = new AdminFixture(OPEN + pool(3))) {
      open(fixture);
      browser.until("document.getElementById('link').dataset.live === 'yes'");
      browser.tell(
          "Network.emulateNetworkConditions",
          java.util.Map.of(
              "offline", true, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
      browser.until("document.getElementById('link').dataset.live === 'no'");
      assertThat(browser.text("document.getElementById('link').textContent"))
          .contains("trying again");
      assertThat(browser.eval("document.querySelectorAll('#proxies tbody tr').length").asInt())
          .isEqualTo(3);
      browser.tell(
          "Network.emulateNetworkConditions",
          java.util.Map.of(
              "offline", false, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
      browser.until("document.getElementById('link').dataset.live === 'yes'");
    }
  }
}
