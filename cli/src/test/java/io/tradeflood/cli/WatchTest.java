package io.tradeflood.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradeflood.simulator.Chaos;
import io.tradeflood.simulator.Simulator;
import io.tradeflood.simulator.SimulatorOptions;
import io.tradeflood.simulator.limit.LimitOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is watched is written as it comes, and what a tape holds is written again. */
@Timeout(120)
class WatchTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static Simulator simulator;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    simulator =
        Simulator.start(SimulatorOptions.defaults().withSpeed(20).withLimits(LimitOptions.OFF));
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  private static Shell.Result watch(String... arguments) {
    var all = new ArrayList<String>(List.of("watch"));
    all.addAll(Arrays.asList(arguments));
    simulator.hosts().forEach((name, url) -> all.addAll(List.of("--host", name + "=" + url)));
    return Shell.run(all.toArray(String[]::new));
  }

  private static List<JsonNode> rows(Shell.Result result) {
    return result.lines().stream().map(JSON::readTree).toList();
  }

  private static BigDecimal decimal(JsonNode text) {
    return new BigDecimal(text.asString());
  }

  @ParameterizedTest
  @CsvSource({
    "binance, BTC/USDT",
    "binance, BTC/USDT:USDT",
    "bitget, BTC/USDT",
    "bitget, BTC/USDT:USDT"
  })
  void tradesAndBooksComeAsTheyHappen(String exchange, String symbol) {
    for (String model : List.of("trade", "book", "ticker")) {
      var result = watch(exchange, symbol, model, "--limit", "5", "--format", "ndjson");
      assertThat(result.err()).isEmpty();
      assertThat(result.code()).isZero();
      var rows = rows(result);
      assertThat(rows).hasSize(5);
      for (JsonNode row : rows) {
        assertThat(row.get("exchange").asString()).isEqualTo(exchange);
        assertThat(row.get("symbol").asString()).isEqualTo(symbol);
        assertThat(row.get("model").asString()).isEqualTo(model);
        switch (model) {
          case "trade" -> assertThat(row.get("side").asString()).isIn("buy", "sell");
          case "book" -> {
            assertThat(row.get("bids")).hasSize(25);
            assertThat(decimal(row.get("bids").get(0).get(0)))
                .isLessThan(decimal(row.get("asks").get(0).get(0)));
          }
          default -> assertThat(decimal(row.get("last"))).isPositive();
        }
      }
    }
  }

  @Test
  void candlesFormAndClose() {
    var result =
        watch("binance", "BTC/USDT", "candle", "--interval", "1m", "--limit", "40", "--meta");
    assertThat(result.code()).isZero();
    var rows = rows(result);
    assertThat(rows).hasSize(40);
    assertThat(rows.stream().filter(row -> row.get("closed").asBoolean())).isNotEmpty();
    assertThat(rows.getFirst().get("received").asString()).endsWith("Z");
    assertThat(rows.getFirst().get("way").asString()).isEqualTo("stream");
  }

  @Test
  void aTapeTellsTheSameWithoutTheExchange() throws IOException {
    Path tape = folder.resolve("one.tape");
    var live =
        watch(
            "binance",
            "BTC/USDT,ETH/USDT",
            "trade,book",
            "--limit",
            "400", // on a busy machine the last of the feeds begins late
            "--states",
            "--meta",
            "--record",
            tape.toString());
    assertThat(live.code()).isZero();
    assertThat(Files.size(tape)).isPositive();
    // No host is given: what is not on the tape could not be had.
    var replayed =
        Shell.run(
            "watch",
            "binance",
            "BTC/USDT,ETH/USDT",
            "trade,book",
            "--states",
            "--meta",
            "--replay",
            tape.toString(),
            "--speed",
            "max",
            "--host",
            "binance.spot-rest=http://127.0.0.1:9",
            "--host",
            "binance.spot-stream=ws://127.0.0.1:9");
    assertThat(replayed.err()).isEmpty();
    assertThat(replayed.code()).isZero();
    tellsTheSame(replayed, live, "trade", "book");
  }

  /** What a broken connection missed was fetched by the clock of that moment. */
  @Test
  void aTapeTellsTheSameAcrossBreaks() {
    Path tape = folder.resolve("broken.tape");
    var question =
        List.of(
            "watch",
            "binance",
            "BTC/USDT,ETH/USDT",
            "trade,book,candle",
            "--interval",
            "1m",
            "--states",
            "--meta");
    Shell.Result live;
    var breaking = SimulatorOptions.defaults().withLimits(LimitOptions.OFF);
    try (var exchange = Simulator.start(breaking.withChaos(Chaos.parse("disconnect=4s+2s")))) {
      var arguments = new ArrayList<>(question);
      arguments.addAll(List.of("--limit", "300", "--record", tape.toString()));
      exchange
          .hosts()
          .forEach((name, url) -> arguments.addAll(List.of("--host", name + "=" + url)));
      live = Shell.run(arguments.toArray(String[]::new));
    }
    assertThat(live.code()).isZero();
    assertThat(live.out()).contains("\"DESYNCED\"", "\"way\":\"rest\"").doesNotContain("\"GAP\"");
    for (String speed : List.of("max", "20")) {
      var arguments = new ArrayList<>(question);
      arguments.addAll(List.of("--replay", tape.toString(), "--speed", speed));
      var replayed = Shell.run(arguments.toArray(String[]::new));
      assertThat(replayed.err()).isEmpty();
      assertThat(replayed.code()).isZero();
      tellsTheSame(replayed, live, "trade", "book", "candle");
    }
  }

  private static void tellsTheSame(Shell.Result replayed, Shell.Result live, String... models) {
    for (String symbol : List.of("BTC/USDT", "ETH/USDT"))
      for (String model : models) {
        String of = "\"symbol\":\"%s\",\"model\":\"%s\"".formatted(symbol, model);
        // The wire brought a little more than was written before it was enough.
        assertThat(of(replayed, of)).startsWith(of(live, of).toArray(String[]::new));
      }
  }

  /** The lines with the words; states, and what was fetched, without their moment. */
  private static List<String> of(Shell.Result result, String words) {
    return result.lines().stream()
        .filter(line -> line.contains(words))
        .map(
            line ->
                line.contains("\"state\"") || line.contains("\"way\":\"rest\"")
                    ? line.replaceAll("\"received\":\"[^\"]+\"", "")
                    : line)
        .toList();
  }

  @Test
  void aSymbolThatIsRefusedEndsAlone() {
    var result = watch("bitget", "NOPE/USDT,BTC/USDT", "trade", "--limit", "3");
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.errors()).hasSize(1);
    assertThat(result.err()).startsWith("tradeflood: bitget NOPE/USDT trade: ").contains("30001");
    assertThat(rows(result)).hasSize(3);
  }

  @Test
  void theStatesTellTheEndOfAFeedAndWhy() {
    var result = watch("bitget", "NOPE/USDT", "trade", "--states");
    assertThat(result.code()).isEqualTo(4);
    var last = rows(result).getLast();
    assertThat(last.get("symbol").asString()).isEqualTo("NOPE/USDT");
    assertThat(last.get("state").asString()).isEqualTo("ENDED");
    assertThat(last.get("reason").asString()).contains("30001");
    assertThat(last.has("received")).isFalse();
  }

  @Test
  void theTableHasTheNewestRowsOfEachFeed() {
    var result =
        watch("binance", "BTC/USDT", "trade,ticker", "--duration", "3s", "--format", "table");
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("binance BTC/USDT trade", "binance BTC/USDT ticker", "synced", "price", "last");
  }

  @Test
  void whatNoStreamTellsIsAskedForAgainAndAgain() {
    var result = watch("binance", "BTC/USDT:USDT", "openInterest", "--limit", "2", "--meta");
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(rows(result))
        .extracting(row -> row.get("way").asString())
        .containsExactly("snapshot", "poll");
    var plan = Shell.run("plan", "--live", "binance", "BTC/USDT:USDT", "openInterest");
    assertThat(plan.out())
        .contains("by BinanceFuturesOpenInterest on binance.futures-rest")
        .contains("asked for every 3 s while it changes, less often while not, every 30 s at last")
        .contains("binance.openInterest, direct, 1 of binance.futures-rest weight");
  }

  @Test
  void planTellsWhatWatchWouldDo() {
    var result = Shell.run("plan", "--live", "binance", "BTC/USDT", "trade,book");
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("SUBSCRIBE", "btcusdt@trade", "/api/v3/depth", "binance.spot-rest weight");
  }

  @Test
  void whatWasNeverConnectedIsNotThere() throws IOException {
    int nobody;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    var result =
        Shell.run(
            "watch",
            "binance",
            "BTC/USDT",
            "trade",
            "--duration",
            "1s",
            "--host",
            "binance.spot-stream=ws://127.0.0.1:" + nobody);
    assertThat(result.out()).isEmpty();
    assertThat(result.errors())
        .last()
        .asString()
        .isEqualTo("tradeflood: binance BTC/USDT trade: was not connected in this time");
    assertThat(result.code()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "binance BTC/USDT trade --duration 5x | --duration must be a length such as 500ms",
        "binance BTC/USDT trade --limit 0 | --limit must be at least 1",
        "binance BTC/USDT trade --record a --replay b | exclude each other",
        "binance BTC/USDT trade --speed 2 | write --replay FILE too",
        "binance BTC/USDT trade --replay nowhere.tape | expected a tape that can be read",
        "binance BTC/USDT trade --replay pom.xml | The setting tape.replay must name a tape, but pom.xml begins with",
        "binance BTC/USDT trade --replay pom.xml --speed fast | The setting tape.speed must be a number",
        "binance BTC/USDT trade --record pom.xml | must name a new file, but pom.xml is there already",
        "binance BTC/USDT trade --record no/where/t.tape | its folder does not exist",
        "binance BTC/USDT trade,book --format csv | expected one symbol and one model",
        "binance BTC/USDT trade --format csv --meta | --meta is written with --format ndjson",
        "binance BTC/USDT instrument | Model instrument of binance is not told live",
        "binance BTC/USDT tarde | Unknown model tarde",
        "binanse BTC/USDT trade | Unknown exchange binanse",
      })
  void whatIsWrongIsSaidOnOneLine(String command, String words) {
    var result = watch(command.strip().split(" "));
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.errors()).hasSize(1);
    assertThat(result.err()).startsWith("tradeflood: ").contains(words.strip());
  }

  @Test
  void whereNothingOfThePlanIsPossibleItEndsWithTwo() {
    var impossible = Shell.run("plan", "--live", "oanda", "EUR/USD", "ticker");
    assertThat(impossible.out()).contains("cannot: oanda.stream has no token");
    assertThat(impossible.code()).isEqualTo(2);
  }

  /** A watch in a process of its own. */
  private Process started(String... arguments) throws IOException {
    var all =
        new ArrayList<String>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.tradeflood.cli.Main",
                "watch"));
    all.addAll(Arrays.asList(arguments));
    simulator.hosts().forEach((name, url) -> all.addAll(List.of("--host", name + "=" + url)));
    return new ProcessBuilder(all)
        .directory(folder.toFile())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130"})
  void whoIsStoppedLeavesWholeFiles(String signal, int code) throws Exception {
    Path out = folder.resolve("rows.json");
    Path partial = folder.resolve("rows.json.partial");
    Path tape = folder.resolve("wire.tape");
    var process =
        started(
            "binance",
            "BTC/USDT",
            "book",
            "--format",
            "json",
            "--out",
            out.toString(),
            "--record",
            tape.toString());
    try {
      await()
          .atMost(60, SECONDS)
          .until(() -> !process.isAlive() || Files.exists(partial) && Files.size(partial) > 20_000);
      new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
      assertThat(process.waitFor(30, SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(folder.resolve("err")).isEmptyFile();
    assertThat(process.exitValue()).isEqualTo(code);
    assertThat(partial).doesNotExist();
    int rows = JSON.readTree(out).size();
    assertThat(rows).isPositive();
    var replayed =
        Shell.run("watch", "binance", "BTC/USDT", "book", "--replay", "" + tape, "--speed", "max");
    assertThat(replayed.lines()).hasSizeGreaterThanOrEqualTo(rows);
    assertThat(replayed.code()).isZero();
  }

  @Test
  void aTapeOfAnotherExchangeIsRefusedWithAWord() throws IOException {
    Path tape = folder.resolve("one.tape");
    assertThat(watch("binance", "BTC/USDT", "trade", "--limit", "3", "--record", "" + tape).code())
        .isZero();
    var other = Shell.run("watch", "bitget", "BTC/USDT", "trade", "--replay", "" + tape);
    assertThat(other.errors())
        .singleElement()
        .asString()
        .startsWith(
            "tradeflood: bitget BTC/USDT trade: The tape %s has no connection of bitget.stream, but of binance.spot-stream: replay it with what it was recorded with"
                .formatted(tape));
    assertThat(other.code()).isEqualTo(2);
  }
}
