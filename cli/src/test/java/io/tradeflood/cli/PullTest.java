package io.tradeflood.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.simulator.Chaos;
import io.tradeflood.simulator.Simulator;
import io.tradeflood.simulator.SimulatorOptions;
import io.tradeflood.simulator.limit.LimitOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class PullTest {
  private static final List<String> WEEK =
      List.of("--interval", "1m", "--from", "2025-01-01", "--to", "2025-01-08");
  private static final List<String> MINUTES =
      IntStream.range(0, 7 * 1_440)
          .mapToObj(i -> "2025-01-%02dT%02d:%02d:00Z".formatted(1 + i / 1_440, i / 60 % 24, i % 60))
          .toList();

  private static Simulator simulator;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    simulator = Simulator.start(SimulatorOptions.defaults().withLimits(LimitOptions.OFF));
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  @AfterEach
  void calm() {
    simulator.chaos(Chaos.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "binance,BTC/USDT",
    "binance,BTC/USDT:USDT",
    "bitget,BTC/USDT",
    "bitget,BTC/USDT:USDT"
  })
  void aWeekOfMinutesIsWholeAscendingAndUnique(String exchange, String symbol) {
    var result = pull(WEEK, exchange, symbol, "candle");
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(objects(result.out()).map(o -> o.get("time").asString())).isEqualTo(MINUTES);
    assertThat(objects(result.out()).map(o -> o.get("symbol").asString()).distinct())
        .containsExactly(symbol);
  }

  @Test
  void everyFormatHoldsTheSameRows() {
    var json =
        new JsonMapper()
            .readTree(pull(WEEK, "binance", "BTC/USDT", "candle", "--format", "json").out());
    assertThat(StreamSupport.stream(json.spliterator(), false).map(o -> o.get("time").asString()))
        .containsExactlyElementsOf(MINUTES);
    var csv = pull(WEEK, "binance", "BTC/USDT", "candle", "--format", "csv").lines();
    assertThat(csv.getFirst())
        .isEqualTo(
            "exchange,symbol,model,interval,time,open,high,low,close,volume,quoteVolume,trades,closed,origin");
    assertThat(csv.stream().skip(1).map(line -> line.split(",", -1)[4])).isEqualTo(MINUTES);
    var table = pull(WEEK, "binance", "BTC/USDT", "candle", "--format", "table").lines();
    assertThat(table.getFirst()).isEqualTo("binance BTC/USDT candle 1m");
    assertThat(
            table.stream()
                .filter(line -> line.startsWith("  1m"))
                .map(line -> line.substring(12, 22) + "T" + line.substring(23, 28) + ":00Z"))
        .isEqualTo(MINUTES);
  }

  @ParameterizedTest
  @CsvSource({
    "binance,BTC/USDT,trade",
    "binance,BTC/USDT,book",
    "binance,BTC/USDT,ticker",
    "binance,BTC/USDT:USDT,candle",
    "binance,BTC/USDT:USDT,markCandle",
    "binance,BTC/USDT:USDT,indexCandle",
    "binance,BTC/USDT:USDT,trade",
    "binance,BTC/USDT:USDT,book",
    "binance,BTC/USDT:USDT,ticker",
    "binance,BTC/USDT:USDT,markPrice",
    "binance,BTC/USDT:USDT,indexPrice",
    "binance,BTC/USDT:USDT,fundingRate",
    "binance,BTC/USDT:USDT,openInterest",
    "bitget,BTC/USDT,trade",
    "bitget,BTC/USDT,book",
    "bitget,BTC/USDT,ticker",
    "bitget,BTC/USDT:USDT,markCandle",
    "bitget,BTC/USDT:USDT,indexCandle",
    "bitget,BTC/USDT:USDT,trade",
    "bitget,BTC/USDT:USDT,book",
    "bitget,BTC/USDT:USDT,ticker",
    "bitget,BTC/USDT:USDT,markPrice",
    "bitget,BTC/USDT:USDT,indexPrice",
    "bitget,BTC/USDT:USDT,fundingRate",
    "bitget,BTC/USDT:USDT,openInterest",
    "binance,-,instrument",
    "bitget,-,instrument",
    "binance,BTC/USDT,serverTime",
    "bitget,BTC/USDT,serverTime"
  })
  void everyModelIsPulledInEveryFormat(String exchange, String symbol, String model) {
    List<String> more =
        model.endsWith("andle") ? List.of("--interval", "1h", "--last", "6h") : List.of();
    for (String format : List.of("ndjson", "json", "csv", "table")) {
      var result = pull(more, exchange, symbol, model, "--format", format);
      assertThat(result.err()).isEmpty();
      assertThat(result.code()).isZero();
      assertThat(result.lines()).as(format).hasSizeGreaterThan(format.equals("ndjson") ? 0 : 1);
    }
    assertThat(objects(pull(more, exchange, symbol, model).out()))
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.get("exchange").asString()).isEqualTo(exchange);
              assertThat(row.get("model").asString()).isEqualTo(model);
              if (!symbol.equals("-")) assertThat(row.get("symbol").asString()).isEqualTo(symbol);
            });
  }

  @Test
  void severalSymbolsAndModelsComeInTheOrderTheyWereAsked() {
    var result =
        pull(
            List.of("--interval", "1h", "--limit", "3"),
            "binance",
            "ETH/USDT,BTC/USDT",
            "ticker,candle");
    assertThat(
            objects(result.out())
                .map(o -> o.get("symbol").asString() + " " + o.get("model").asString())
                .distinct())
        .containsExactly(
            "ETH/USDT ticker", "ETH/USDT candle", "BTC/USDT ticker", "BTC/USDT candle");
  }

  @Test
  void aFileAppearsUnderItsNameWhenItIsWhole() throws IOException {
    Path file = folder.resolve("rows.ndjson");
    var result = pull(WEEK, "binance", "BTC/USDT", "candle", "--out", file.toString());
    assertThat(result.out()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(Files.readAllLines(file)).hasSize(10_080);
    assertThat(folder).isDirectoryNotContaining("glob:**.partial");
  }

  @ParameterizedTest
  @CsvSource({"rows.csv, 'exchange,'", "rows.JSON, [", "rows.ndjson, {", "rows, {"})
  void aFilesNameTellsItsFormat(String name, String beginning) throws IOException {
    Path file = folder.resolve(name);
    assertThat(pull(List.of(), "binance", "BTC/USDT", "ticker", "--out", file.toString()).code())
        .isZero();
    assertThat(Files.readString(file)).startsWith(beginning);
  }

  @Test
  void aTableIsTitledByWhatWasAsked() {
    var table = List.of("--format", "table");
    assertThat(pull(table, "binance", "-", "instrument").lines().getFirst())
        .isEqualTo("binance instrument");
    assertThat(pull(table, "binance", "BTC/USDT,ETH/USDT", "instrument").lines().getFirst())
        .isEqualTo("binance instrument symbols BTC/USDT,ETH/USDT");
  }

  @Test
  void whatThereIsOfAFileIsKeptWithAWord() throws IOException {
    simulator.chaos(Chaos.parse("error=400:-1121/api/v3/ticker"));
    Path file = folder.resolve("rows.ndjson");
    var result = pull(List.of(), "binance", "BTC/USDT", "book,ticker", "--out", file.toString());
    assertThat(result.code()).isEqualTo(3);
    assertThat(file).doesNotExist();
    assertThat(Files.readAllLines(folder.resolve("rows.ndjson.partial"))).hasSize(1);
    assertThat(result.errors())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("tradeflood: binance BTC/USDT ticker: ");
    assertThat(result.errors().getLast()).contains("rows.ndjson.partial");
  }

  @Test
  void nothingIsLeftOfAFileThatHoldsNothing() {
    simulator.chaos(Chaos.parse("error=400:-1121"));
    Path file = folder.resolve("rows.ndjson");
    var result = pull(List.of(), "binance", "BTC/USDT", "ticker", "--out", file.toString());
    assertThat(result.code()).isEqualTo(4);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aPartOfTheRangeEndsWithThreeAndTheCoverageOnStderr() {
    var border = Instant.now().minus(Duration.ofDays(90));
    var result =
        pull(
            List.of(
                "--from",
                border.minus(Duration.ofHours(1)).toString(),
                "--to",
                border.plus(Duration.ofMinutes(30)).toString()),
            "bitget",
            "BTC/USDT",
            "trade");
    assertThat(result.code()).isEqualTo(3);
    assertThat(objects(result.out())).isNotEmpty();
    assertThat(result.err()).containsIgnoringCase("retention");
  }

  @Test
  void thePastOfABookIsRefusedWithTheReason() {
    var result = pull(List.of("--last", "1d"), "bitget", "BTC/USDT", "book");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.errors()).singleElement().asString().contains("past of book", "leave out");
  }

  @Test
  void analyzeTellsOnStderrWhatWasDone() {
    var result = pull(WEEK, "binance", "BTC/USDT", "candle", "--analyze");
    assertThat(result.code()).isZero();
    assertThat(result.lines()).hasSize(10_080);
    assertThat(result.err()).contains("binance.spot-rest", "klines");
  }

  @Test
  void analyzeTakesAStyleOnlyBehindAnEqualsSign() {
    var text = pull(WEEK, "--analyze", "binance", "BTC/USDT", "candle");
    assertThat(text.code()).isZero();
    assertThat(text.err()).contains("ran: ", "rows given: 10080");
    var json = pull(WEEK, "--analyze=json", "binance", "BTC/USDT", "candle");
    assertThat(json.code()).isZero();
    assertThat(objects(json.err()))
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.at("/rows").asInt()).isEqualTo(10_080);
              assertThat(told.at("/calls/calls")).hasSize(told.at("/calls/progress/done").asInt());
              assertThat(told.at("/calls/calls/0/end").asString()).isEqualTo("value");
              assertThat(told.at("/calls/calls/0/moves").isArray()).isTrue();
              assertThat(told.at("/calls/calls/0/moves")).isEmpty();
            });
    assertThat(pull(WEEK, "--analyze=xml", "binance", "BTC/USDT", "candle").err())
        .contains("expected one of text, json, was xml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ndjson", "json", "csv", "table"})
  void aReaderWhoGoesAwayIsNoError(String format) {
    var reader =
        new OutputStream() {
          private int left = 20_000;

          @Override
          public void write(int b) throws IOException {
            if (left-- <= 0) throw new IOException("Broken pipe");
          }
        };
    var err = new ByteArrayOutputStream();
    var arguments = arguments(WEEK, "binance", "BTC/USDT", "candle", "--format", format);
    int code = Shell.run(new Terminal.PipeOutput(reader), err, arguments);
    assertThat(code).isEqualTo(141);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private static java.util.stream.Stream<JsonNode> objects(String lines) {
    var mapper = new JsonMapper();
    return lines.lines().map(mapper::readTree);
  }

  private static Shell.Result pull(List<String> more, String... words) {
    return Shell.run(arguments(more, words));
  }

  private static String[] arguments(List<String> more, String... words) {
    var arguments = new ArrayList<String>();
    arguments.add("pull");
    arguments.addAll(Arrays.asList(words));
    arguments.addAll(more);
    simulator.hosts().forEach((name, url) -> arguments.addAll(List.of("--host", name + "=" + url)));
    return arguments.toArray(String[]::new);
  }
}
