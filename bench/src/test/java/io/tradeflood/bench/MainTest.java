package io.tradeflood.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<BenchOptions> seen = new ArrayList<>();

  private final Map<String, Supplier<Bench>> benches = benches();

  private Map<String, Supplier<Bench>> benches() {
    var all = new LinkedHashMap<String, Supplier<Bench>>();
    all.put("fast", () -> reporting(report -> report.line("it", "1", "2", "2.0", ">= 1", true)));
    all.put("slow", () -> reporting(report -> report.line("it", "2", "1", "0.5", ">= 1", false)));
    all.put("wrong", () -> reporting(report -> report.broke("one row is missing")));
    all.put(
        "hurt",
        () ->
            _ -> {
              throw new IOException("node ended with code 1: no such file");
            });
    return all;
  }

  @FunctionalInterface
  private interface Filling {
    void fill(Report report);
  }

  private Bench reporting(Filling filling) {
    return options -> {
      seen.add(options);
      var report = new Report("a bench");
      filling.fill(report);
      return report;
    };
  }

  private int run(String... arguments) {
    return Main.run(List.of(arguments), benches, stream(out), stream(err));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "fast, 0",
    "slow, 3",
    "wrong, 4",
    "hurt, 4",
    "fast slow, 3",
    "slow fast, 3",
    "hurt slow fast, 4"
  })
  void theExitCodeSaysWhetherAllTargetsAreMet(String names, int code) {
    assertThat(run(names.split(" "))).isEqualTo(code);
  }

  @Test
  void aBenchThatBreaksDoesNotKeepTheOthersFromRunning() {
    run("hurt", "slow", "fast");
    assertThat(seen).hasSize(2);
    assertThat(errors())
        .isEqualTo("tradeflood bench: hurt: node ended with code 1: no such file\n");
  }

  @Test
  void whatIsMissedInASmokeRunIsNoFailure() {
    assertThat(run("slow", "--quick")).isZero();
    assertThat(run("wrong", "--quick")).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\" | which one is missing: expected one or more of fast, slow, wrong, hurt, such as tradeflood bench json --rounds 5",
        "quick | quick is not known: expected one or more of fast, slow, wrong, hurt",
        "fast --speed | --speed is not known: expected --rounds N, --only CASE, --quick or --whole",
        "fast --rounds | --rounds: expected a number from 1 to 999, was nothing",
        "fast --rounds 0 | --rounds: expected a number from 1 to 999, was 0",
        "fast --rounds many | --rounds: expected a number from 1 to 999, was many",
        "fast --only year | --only year: fast has one case only",
        "fast --only | --only nothing: fast has one case only",
        "fast --quick --whole | --quick and --whole: expected one of them"
      })
  void wrongArgumentsAreToldInOneLine(String arguments, String message) {
    int code = arguments.isEmpty() ? run() : run(arguments.split(" "));
    assertThat(code).isEqualTo(2);
    assertThat(errors()).isEqualTo("tradeflood bench: " + message + "\n");
    assertThat(seen).isEmpty();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"--help", "-h", "fast --help", "fast --only --help", "nonsense -h"})
  void whoAsksForHelpIsToldHow(String arguments) {
    assertThat(run(arguments.split(" "))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("Usage: tradeflood bench NAME..")
        .contains("\n  fast\n  slow\n", "--rounds N", "--quick");
    assertThat(errors()).isEmpty();
    assertThat(seen).isEmpty();
  }

  @Test
  void optionsReachEveryBench() {
    run("fast", "slow", "--rounds", "7");
    run("fast", "--whole");
    run("fast", "--quick");
    assertThat(seen).extracting(BenchOptions::rounds).containsExactly(7, 7, 5, 1);
    assertThat(seen).extracting(BenchOptions::whole).containsExactly(false, false, true, false);
    assertThat(seen).extracting(BenchOptions::quick).containsExactly(false, false, false, true);
  }
}
