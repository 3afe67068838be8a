package io.tradeflood.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.simulator.Simulator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class PlanTest {
  private static Simulator simulator;

  @BeforeAll
  static void start() {
    simulator = Simulator.start();
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  @AfterEach
  void nobodyWasAsked() {
    assertThat(simulator.stats().connections()).isZero();
  }

  @Test
  void aPlanTellsCallsPagesWeightAndRoute() {
    var result = plan("binance BTC/USDT candle --interval 1m --from 2025-01-01 --to 2025-01-08");
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("candle", "BTC/USDT", "binance.spot-rest", "direct", "weight");
  }

  @Test
  void theSamePlanIsTheSameText() {
    String question =
        "binance BTC/USDT candle,trade --interval 1m --from 2025-01-01 --to 2025-01-02";
    assertThat(plan(question).out()).isEqualTo(plan(question).out());
  }

  @Test
  void anOptionalArgumentIsItsValueOrADash() {
    assertThat(plan("binance BTC/USDT book --depth 1000").out())
        .contains(", 1000)")
        .doesNotContain("Optional");
    assertThat(plan("binance BTC/USDT book").out()).contains(", -)").doesNotContain("Optional");
  }

  @Test
  void theHelpSaysThatGlobsAreNotPlannedAndSoDoesARefusal() {
    String help = Shell.run("plan", "--help").out().replaceAll("\\s+", " ");
    assertThat(help).contains("work too, but for plan, which asks nobody what they mean");
    var result = plan("binance */USDT ticker");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("write it in full, such as BTC/USDT");
  }

  @Test
  void whatIsImpossibleIsToldWithItsReason() {
    var result = plan("bitget BTC/USDT trade --from 2019-01-01 --to 2019-01-02");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).containsIgnoringCase("cannot");
    String some = "bitget BTC/USDT trade,candle --interval 1d --from 2019-01-01 --to 2019-01-02";
    assertThat(plan(some).code()).isZero();
  }

  @Test
  void aPlanIsAlsoJson() {
    var result =
        plan(
            "binance BTC/USDT candle --interval 1h --from 2025-01-01 --to 2025-01-08 --format"
                + " json");
    var json = new JsonMapper().readTree(result.out());
    assertThat(json.get("requests").get(0).get("connector").asString())
        .isEqualTo("binance.spot-rest");
    assertThat(json.get("requests").get(0).get("rows").asLong()).isEqualTo(168);
  }

  @Test
  void aPlanOfWhatIsLiveTellsConnectionsMessagesAndTheirTime() {
    String symbols = "BTC/USDT,ETH/USDT,SOL/USDT";
    var text = plan("bitget " + symbols + " trade,book --live").out();
    assertThat(text)
        .contains(
            """
            connections
              bitget.stream, direct: 6 subscriptions by 1 connection, 1 message, about 0 ms
                subscriptions on one  6, of 49
                connections           1, of 300 in 5 min, about 0 ms
                connections at once   1, of 100
                messages on one       1, of 10 in 1 s, about 0 ms
                subscribing on one    1, of 240 in 1 h, about 0 ms
            """);
    var json =
        new JsonMapper()
            .readTree(plan("bitget " + symbols + " trade,book --live --format json").out());
    var connections = json.get("calls").get("connections").get(0);
    assertThat(connections.get("subscriptions").asInt()).isEqualTo(6);
    assertThat(connections.get("messages").asInt()).isEqualTo(1);
    assertThat(connections.get("shares").get(4).get("capacity").asInt()).isEqualTo(240);
  }

  private static Shell.Result plan(String question) {
    var arguments = new ArrayList<>(List.of(("plan " + question).split(" +", -1)));
    simulator.hosts().forEach((name, url) -> arguments.addAll(List.of("--host", name + "=" + url)));
    return Shell.run(arguments.toArray(String[]::new));
  }
}
