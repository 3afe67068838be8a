package io.tradeflood.proxyter.admin;

import static io.tradeflood.proxyter.admin.AdminFixture.OPEN;
import static io.tradeflood.proxyter.admin.AdminFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Prometheus gets. */
@Timeout(60)
class MetricsTest {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{((?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n"
              + "]|\\\\[\\\\\"n])*\",?)*)})? (\\S+)");
  private static final String DOCUMENT =
      OPEN
          + "proxies: [{id: one, url: direct, limits: {tunnels: 7}}, {id: 'two', url:"
          + " 'http://127.0.0.1:9'}]\n"
          + "groups: {main: {proxies: [one, two]}}\n"
          + "routes: {'*': {groups: [main]}, 'binance.candles': {groups: [main]}}\n"
          + "callbacks: [{id: ops, url: 'http://127.0.0.1:9/hook'}]\n";

  /** Reads the text as Prometheus does, strictly: every series by its name and labels. */
  private static Map<String, Double> read(String text) {
    var series = new LinkedHashMap<String, Double>();
    Map<String, String> types = new HashMap<>();
    Set<String> helped = new HashSet<>();
    assertThat(text).endsWith("\n");
    for (String line : text.split("\n")) {
      if (line.startsWith("# HELP ")) {
        assertThat(helped.add(line.split(" ")[2])).as(line).isTrue();
        continue;
      }
      if (line.startsWith("# TYPE ")) {
        String[] words = line.split(" ");
        assertThat(words[3]).isIn("counter", "gauge", "histogram", "summary", "untyped");
        assertThat(types.put(words[2], words[3])).as(line).isNull();
        continue;
      }
      Matcher m = SAMPLE.matcher(line);
      assertThat(m.matches()).as(line).isTrue();
      String name = m.group(1);
      String family =
          types.containsKey(name) ? name : name.replaceAll("_(bucket|sum|count|max)$", "");
      assertThat(types).as(line).containsKey(family);
      double value =
          m.group(3).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(m.group(3));
      assertThat(series.put(name + "{" + (m.group(2) == null ? "" : m.group(2)) + "}", value))
          .as(line)
          .isNull();
    }
    return series;
  }

  @Test
  void everyNumberHasItsNameAndTheTextCanBeRead() throws IOException {
    try (var fixture = new AdminFixture(DOCUMENT)) {
      Socket tunnel = fixture.tunnel("binance.candles,id=c1,x=two:");
      tunnel.getOutputStream().write(new byte[100]);
      tunnel.getInputStream().readNBytes(100);
      // Somebody refuses and another serves; somebody is probed.
      until(
          () -> {
            try {
              fixture.tunnel("retried:").close();
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
            return fixture.gateway.stats().routes().get("*").retries().containsKey("P-REFUSED");
          });
      fixture.watcher.probed(new io.tradeflood.proxyter.health.Job.ProbeProxy("two"), false);
      fixture
          .send("POST", "/v1/feedback", "{\"id\":\"c1\",\"status\":429,\"retryAfter\":60}")
          .is(200);
      until(() -> fixture.get("/metrics").text().contains("state=\"paused\"} 1"));
      until(() -> fixture.get("/metrics").text().contains("direction=\"up\",proxy=\"one\"} 100"));
      var answer = fixture.get("/metrics").is(200);
      assertThat(answer.header("content-type"))
          .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
      Map<String, Double> series = read(answer.text());
      for (String name :
          new String[] {
            "proxyter_tunnels_open",
            "proxyter_tunnels_total",
            "proxyter_setup_seconds_bucket",
            "proxyter_setup_ewma_seconds",
            "proxyter_attempts_total",
            "proxyter_retries_total",
            "proxyter_probes_total",
            "proxyter_hedges_total",
            "proxyter_bytes_total",
            "proxyter_proxy_state",
            "proxyter_pair_state",
            "proxyter_ban_until_seconds",
            "proxyter_limit_used",
            "proxyter_limit",
            "proxyter_limit_rejected_total",
            "proxyter_queue_depth",
            "proxyter_queue_wait_seconds_bucket",
            "proxyter_eligible",
            "proxyter_verdicts_total",
            "proxyter_feedback_total",
            "proxyter_callbacks_total",
            "proxyter_callback_queue",
            "proxyter_config_revision",
            "proxyter_client_auth_failures_total",
            "jvm_memory_used_bytes",
            "process_uptime_seconds"
          }) assertThat(series.keySet()).as(name).anyMatch(key -> key.startsWith(name + "{"));
      assertThat(series)
          .containsEntry("proxyter_tunnels_total{outcome=\"opened\",type=\"binance.candles\"}", 1.0)
          .containsEntry("proxyter_limit{limit=\"tunnels\",scope=\"proxy:one\"}", 7.0)
          .containsEntry("proxyter_feedback_total{status=\"429\"}", 1.0)
          .containsEntry("proxyter_proxy_state{proxy=\"one\",state=\"up\"}", 1.0)
          .containsEntry("proxyter_probes_total{kind=\"proxy\",result=\"bad\"}", 1.0);
      assertThat(series.get("proxyter_setup_seconds_count{group=\"main\"}"))
          .isGreaterThanOrEqualTo(2)
          .isEqualTo(series.get("proxyter_setup_seconds_bucket{group=\"main\",le=\"+Inf\"}"));
      assertThat(answer.text()).doesNotContain("127.0.0.1");
    }
  }

  @Test
  void whoWantsOpenMetricsGetsThat() {
    try (var fixture = new AdminFixture(DOCUMENT)) {
      var answer =
          fixture.get(
              "/metrics", "accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
      assertThat(answer.is(200).header("content-type")).startsWith("application/openmetrics-text");
      assertThat(answer.text()).endsWith("# EOF\n");
    }
  }

  @Test
  void whatIsGoneFromTheConfigurationIsGoneFromTheMetrics() {
    try (var fixture = new AdminFixture(DOCUMENT)) {
      assertThat(fixture.get("/metrics").text()).contains("proxy=\"two\"");
      fixture.send("DELETE", "/v1/proxies/two", "").is(200);
      until(() -> !fixture.get("/metrics").text().contains("proxy=\"two\""));
    }
  }

  @Test
  void targetsWithoutANameOfOursAreOneLabel() throws IOException {
    try (var fixture = new AdminFixture(DOCUMENT)) {
      for (String host : new String[] {"a.example", "b.example", "c.example"})
        fixture
            .send(
                "POST",
                "/v1/feedback",
                "{\"proxy\":\"one\",\"target\":\"%s:443\",\"status\":418}".formatted(host))
            .is(200);
      until(() -> fixture.get("/v1/matrix").json().get("blocked").size() == 3);
      String text = fixture.get("/metrics").text();
      assertThat(text)
          .contains("proxyter_pair_state{origin=\"other\",proxy=\"one\",state=\"banned\"} 1");
      assertThat(text).doesNotContain("example");
    }
  }
}
