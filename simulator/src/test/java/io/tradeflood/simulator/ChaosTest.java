package io.tradeflood.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.simulator.limit.LimitOptions;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class ChaosTest {
  private static final String KLINES = "/api/v3/klines?symbol=BTCUSDT&interval=1m";
  private static final String FILLS = "/api/v2/spot/market/fills?symbol=BTCUSDT";

  private final Simulator simulator =
      Simulator.start(
          SimulatorOptions.defaults()
              .frozenAt(Instant.parse("2025-03-14T09:26:53.589Z"))
              .withLimits(LimitOptions.OFF));
  private final Browser web = new Browser(simulator.baseUrl());

  @AfterEach
  void close() {
    web.close();
    simulator.close();
  }

  private void chaos(String rules) {
    simulator.chaos(Chaos.parse(rules).withSeed(3));
  }

  private List<Integer> statuses(int requests) {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      statuses.add(web.get("/api/v3/time").statusCode());
    }
    return statuses;
  }

  @Test
  void everyNthAnswerIsAnError() {
    chaos("error=503@every3");
    assertThat(statuses(7)).containsExactly(200, 200, 503, 200, 200, 503, 200);
    assertThat(simulator.stats().status(503)).isEqualTo(2);
  }

  @Test
  void chanceFollowsTheSeed() {
    chaos("error=500@0.5");
    List<Integer> first = statuses(40);
    chaos("error=500@0.5");
    assertThat(statuses(40)).isEqualTo(first);
    assertThat(first).contains(200, 500);
    simulator.chaos(Chaos.parse("error=500@0.5").withSeed(4));
    assertThat(statuses(40)).isNotEqualTo(first);
  }

  @Test
  void errorsAreWrittenAsTheExchangeWritesThem() {
    chaos("error=400:-1121/api/v3 error=429:40010/api/v2");
    assertThat(web.error(KLINES)).isEqualTo("400 -1121");
    assertThat(web.error(FILLS)).isEqualTo("429 40010");
    assertThat(web.get(FILLS).headers().firstValue("Retry-After")).hasValue("1");
    assertThat(web.get("/fapi/v1/time").statusCode()).isEqualTo(200);
  }

  @Test
  void listsLie() {
    chaos("emptylist");
    assertThat(web.json(KLINES)).isEmpty();
    assertThat(web.data(FILLS)).isEmpty();
    assertThat(web.json("/api/v3/time").get("serverTime").asLong()).isPositive();
  }

  @Test
  void jsonEndsInTheMiddleOfAWholeBody() {
    chaos("brokenjson");
    HttpResponse<String> answer = web.get(KLINES);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> JsonMapper.shared().readTree(answer.body() + " "))
        .isInstanceOfAny(JacksonException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"truncate", "reset", "mute=1ms", "garbage"})
  void connectionsBreak(String rule) {
    chaos(rule);
    assertThatThrownBy(() -> web.send("GET", KLINES, "")).isInstanceOf(IOException.class);
    simulator.chaos(Chaos.NONE);
    assertThat(web.json(KLINES)).hasSize(500);
  }

  @Test
  void slowAndLateAnswersComeWhole() {
    chaos("slow=1000000 latency=5ms+5ms");
    assertThat(web.json(KLINES)).hasSize(500);
  }

  @Test
  void rulesApplyToTheirPathsOnly() {
    chaos("error=500/api/v3/klines");
    assertThat(web.get(KLINES).statusCode()).isEqualTo(500);
    assertThat(web.get("/api/v3/time").statusCode()).isEqualTo(200);
  }

  @Test
  void chaosIsReadAndWrittenAsText() {
    String rules =
        "latency=50ms+20ms\nerror=503:-1000@0.25/api\ntruncate@every7\nbrokenjson\nemptylist\nslow=2000\nreset@0.5\nmute=2000ms\ngarbage";
    assertThat(Chaos.parse(rules).text()).isEqualTo(rules);
    assertThat(Chaos.parse("latency=1s; error=500").rules())
        .containsExactly(
            new Chaos.Rule(
                new Chaos.Fault.Latency(Duration.ofSeconds(1), Duration.ZERO),
                new Chaos.When.Always(),
                ""),
            new Chaos.Rule(new Chaos.Fault.Error(500, ""), new Chaos.When.Always(), ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "explode",
        "error",
        "error=200",
        "error=x",
        "latency=fast",
        "slow=0",
        "reset@2",
        "reset@every0",
        "reset@often",
        "LATENCY=5ms"
      })
  void aRuleThatCannotBeReadIsSaidInOneLine(String rule) {
    assertThatThrownBy(() -> Chaos.parse(rule))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("\n")
        .isNotEmpty();
  }

  @Test
  void chaosIsSetOverHttp() throws IOException {
    assertThat(web.send("POST", "/_simulator/chaos", "error=500@every1").statusCode())
        .isEqualTo(200);
    assertThat(web.get("/api/v3/time").statusCode()).isEqualTo(500);
    assertThat(web.get("/_simulator/chaos").body()).isEqualTo("error=500@every1\n");
    assertThat(web.send("POST", "/_simulator/chaos", "nonsense").statusCode()).isEqualTo(400);
    web.send("POST", "/_simulator/chaos", "");
    assertThat(web.get("/api/v3/time").statusCode()).isEqualTo(200);
  }

  @Test
  void statisticsAreReadAndForgottenOverHttp() throws IOException {
    web.json(KLINES + "&limit=7");
    web.error("/api/v3/klines?symbol=NOPE&interval=1m");
    var stats = web.json("/_simulator/stats");
    assertThat(stats.get("requests").asLong()).isEqualTo(2);
    assertThat(stats.get("rows").asLong()).isEqualTo(7);
    assertThat(stats.get("statuses").get("400").asLong()).isEqualTo(1);
    assertThat(stats.get("paths").get("/api/v3/klines").get("requests").asLong()).isEqualTo(2);
    assertThat(stats.get("limits").get(0).get("used").asLong()).isEqualTo(4);
    assertThat(simulator.stats().requests("/api/v3/klines")).isEqualTo(2);
    assertThat(web.send("POST", "/_simulator/reset", "").statusCode()).isEqualTo(200);
    assertThat(simulator.stats().requests()).isZero();
    assertThat(simulator.stats().used("binance spot weight")).isZero();
    assertThat(web.get("/_simulator/other").statusCode()).isEqualTo(404);
  }
}
