package io.tradeflood.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.simulator.ReplayServer;
import io.tradeflood.simulator.Simulator;
import io.tradeflood.simulator.SimulatorOptions;
import io.tradeflood.simulator.wire.Request;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plug-in's jar, dropped into a folder and used by the command line in a process of its own, on
 * whose class path the plug-in's classes are not.
 */
class PluginTest {
  private static final Path JAR = Path.of("target/plugins/acme-plugin.jar");
  private static final String CANDLES =
      """
      {"code": 0, "data": [
        [1735689600000, "93576", "94100", "93510.5", "94000.5", "120.25"],
        [1735693200000, "94000.5", "94250", "93900", "94210", "88.1"]
      ]}
      """;
  private static final String MOOD =
      "{\"time\": 1735689600000, \"bulls\": 0.62, \"bears\": 0.31, \"word\": \"moon,"
          + " \\\"soon\\\"\"}";

  @TempDir static Path plugins;
  @TempDir Path folder;

  @BeforeAll
  static void theJarIsDropped() throws Exception {
    Files.copy(JAR, plugins.resolve("acme.jar"));
  }

  private record Ended(int code, String out, String err) {}

  private Ended tradeflood(String... arguments) throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.matches(".*[/\\\\]examples[/\\\\]target[/\\\\].*"))
            .collect(Collectors.joining(File.pathSeparator));
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                "io.tradeflood.cli.Main"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--plugins", plugins.toString()));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    var builder = new ProcessBuilder(command);
    builder.environment().put("COLUMNS", "200");
    Process process =
        builder
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  @Test
  void whatTheJarBringsIsListed() throws Exception {
    assertThat(tradeflood("list", "exchanges").out())
        .contains(
            "acme.rest",
            "acme.mood-rest",
            "acme.jar",
            "BitgetSpotRest",
            "https://api.acme.example/v2");
    assertThat(tradeflood("list", "models").out()).contains("mood", "spread", "candle");
    assertThat(tradeflood("list", "bindings").out()).contains("mood", "spread");
  }

  @Test
  void itsExchangeIsPulledLikeABuiltInOne() throws Exception {
    try (var acme = ReplayServer.start()) {
      acme.get("/v2/candles", CANDLES);
      Ended ended =
          tradeflood(
              "pull",
              "acme",
              "BTC/USDT",
              "candle",
              "--interval",
              "1h",
              "--from",
              "2025-01-01",
              "--to",
              "2025-01-01T02:00",
              "--format",
              "ndjson",
              "--host",
              "acme.rest=" + acme.baseUrl());
      assertThat(ended.err()).isEmpty();
      assertThat(ended.code()).isZero();
      assertThat(ended.out().lines())
          .hasSize(2)
          .first()
          .asString()
          .startsWith("{\"exchange\":\"acme\",\"symbol\":\"BTC/USDT\",\"model\":\"candle\"")
          .contains("\"open\":\"93576\"");
    }
  }

  @Test
  void itsModelIsPrintedInEveryFormatWithoutAnotherLineAnywhere() throws Exception {
    try (var acme = ReplayServer.start()) {
      acme.get("/mood", MOOD);
      String host = "acme.mood-rest=" + acme.baseUrl();
      assertThat(pullMood(host, "ndjson"))
          .isEqualTo(
              "{\"exchange\":\"acme\",\"symbol\":\"BTC/USDT\",\"model\":\"mood\",\"time\":\"2025-01-01T00:00:00Z\",\"bulls\":\"0.62\",\"bears\":\"0.31\",\"word\":\"moon,"
                  + " \\\"soon\\\"\"}\n");
      assertThat(pullMood(host, "json").strip())
          .startsWith("[")
          .endsWith("]")
          .contains("\"bulls\":\"0.62\"");
      assertThat(pullMood(host, "csv"))
          .isEqualToNormalizingNewlines(
              "exchange,symbol,model,time,bulls,bears,word\n"
                  + "acme,BTC/USDT,mood,2025-01-01T00:00:00Z,0.62,0.31,\"moon, \"\"soon\"\"\"\n");
      assertThat(pullMood(host, "table")).contains("bulls", "0.62", "moon, \"soon\"");
    }
  }

  private String pullMood(String host, String format) throws Exception {
    Ended ended =
        tradeflood("pull", "acme", "BTC/USDT", "mood", "--format", format, "--host", host);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
    return ended.out();
  }

  @Test
  void aNewModelOfABuiltInExchangeSharesItsCalls() throws Exception {
    try (var bitget = Simulator.start(SimulatorOptions.defaults())) {
      Ended ended =
          tradeflood(
              "pull",
              "bitget",
              "BTC/USDT",
              "ticker,spread",
              "--format",
              "ndjson",
              "--host",
              "bitget.spot-rest=" + bitget.baseUrl());
      assertThat(ended.err()).isEmpty();
      assertThat(ended.out().lines()).hasSize(2);
      assertThat(ended.out()).contains("\"model\":\"spread\"", "\"width\":\"");
      assertThat(bitget.stats().requests()).isEqualTo(1);
    }
  }

  @Test
  void aNewModelIsWatchedByAskingAgainAndAgain() throws Exception {
    try (var bitget = Simulator.start(SimulatorOptions.defaults())) {
      Ended ended =
          tradeflood(
              "watch",
              "bitget",
              "BTC/USDT",
              "spread",
              "--limit",
              "2",
              "--meta",
              "--host",
              "bitget.spot-rest=" + bitget.baseUrl());
      assertThat(ended.err()).isEmpty();
      assertThat(ended.code()).isZero();
      assertThat(ended.out().lines()).hasSize(2).allMatch(line -> line.contains("\"width\":\""));
      assertThat(ended.out().lines().toList().getLast()).contains("\"way\":\"poll\"");
    }
  }

  @Test
  void oneEndpointOfABuiltInExchangeIsReplacedAndTheRestInherited() throws Exception {
    try (var bitget = ReplayServer.start()) {
      bitget.get(
          "/api/v2/spot/market/orderbook",
          """
          {"code":"00000","msg":"success","requestTime":1767225660000,"data":{
            "asks":[["100.6","1.5"],["100.7","1"]],"bids":[["100.5","2"],["100.4","3"]],"ts":"1767225660000"}}
          """);
      Ended ended =
          tradeflood(
              "pull",
              "bitget",
              "BTC/USDT",
              "book",
              "--depth",
              "1",
              "--format",
              "ndjson",
              "--host",
              "bitget.spot-rest=" + bitget.baseUrl());
      assertThat(ended.err()).isEmpty();
      assertThat(ended.out()).contains("[[\"100.5\",\"2\"]]").doesNotContain("100.4");
      assertThat(bitget.requests())
          .extracting(Request::query)
          .extracting(query -> query.get("limit").orElse(""))
          .containsExactly("150");
    }
  }

  @Test
  void thePagesOfTheDocumentsAreThoseOfTheSources() throws Exception {
    String page = Files.readString(Path.of("../docs/add-an-exchange.md"), StandardCharsets.UTF_8);
    for (String source :
        List.of(
            "src/main/java/acme/AcmeRest.java",
            "src/main/java/acme/AcmeCandles.java",
            "src/main/java/acme/AcmeStream.java",
            "src/main/java/acme/AcmeLiveTrades.java",
            "src/main/java/acme/AcmeCallback.java",
            "src/main/java/acme/AcmeLiveMoods.java",
            "src/main/java/acme/BitgetSpotSpreads.java",
            "src/test/java/acme/AcmeCandlesTest.java",
            "src/test/resources/golden/acme/candles.btc-usdt-1h.json"))
      assertThat(page).as(source).contains(Files.readString(Path.of(source)));
  }
}
