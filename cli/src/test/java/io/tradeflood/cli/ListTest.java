package io.tradeflood.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListTest {
  @Test
  void exchangesAreListedWithTheirHostNamesAndAddresses() {
    var result = Shell.run("list", "exchanges");
    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.lines())
        .anyMatch(
            line -> line.contains("binance.spot-rest") && line.contains("https://api.binance.com"))
        .anyMatch(line -> line.contains("bitget.") && line.contains("https://api.bitget.com"));
  }

  @Test
  void modelsAreListedWithTheirComponents() {
    var result = Shell.run("list", "models", "--format", "ndjson");
    assertThat(result.lines())
        .anyMatch(
            line ->
                line.contains("\"model\":\"candle\"")
                    && line.contains("interval time open high low"))
        .anyMatch(line -> line.contains("\"model\":\"book\""));
  }

  @Test
  void bindingsAreListedWithTheirConnectorsAndJars() {
    var result = Shell.run("list", "bindings", "--format", "csv");
    assertThat(result.lines().getFirst()).isEqualTo("exchange,model,mode,host,type,replaces,jar");
    assertThat(result.lines())
        .anyMatch(line -> line.startsWith("binance,candle,rest,binance.spot-rest,"));
  }

  @Test
  void symbolsAreAskedOfTheExchange() {
    try (var simulator = Simulator.start()) {
      var arguments = new ArrayList<>(List.of("list", "symbols", "binance", "--format", "ndjson"));
      simulator
          .hosts()
          .forEach((name, url) -> arguments.addAll(List.of("--host", name + "=" + url)));
      var result = Shell.run(arguments.toArray(String[]::new));
      assertThat(result.err()).isEmpty();
      assertThat(result.code()).isZero();
      assertThat(result.out()).contains("\"symbol\":\"BTC/USDT\"", "\"symbol\":\"BTC/USDT:USDT\"");
    }
  }

  @Test
  void symbolsOfAnUnknownExchangeAreRefused() {
    var result = Shell.run("list", "symbols", "binanse");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errors()).singleElement().asString().contains("binanse", "binance");
  }

  @Test
  void thePageOfCapabilitiesIsTheOneThatTheIndexGives() throws IOException {
    assertThat(Files.readString(Path.of("../docs/capabilities.md")))
        .as(
            "docs/capabilities.md is stale: ./tradeflood list bindings --matrix >docs/capabilities.md")
        .isEqualTo(Shell.run("list", "bindings", "--matrix").out());
  }
}
