package io.tradeflood.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
  @Test
  void helpNamesEveryCommandAndTheExitCodes() {
    var result = Shell.run("--help");
    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains(
            "pull", "plan", "list", "demo", "simulate", "proxyter", "test", "bench", "Exit codes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fetch",
        "pull",
        "pull acme",
        "pull acme BTC/USDT candle extra",
        "pull acme BTC/USDT candle --colour red",
        "pull acme BTC/USDT candle --format xml",
        "pull acme BTC/USDT, candle",
        "plan acme BTC/USDT candle --format csv",
        "list",
        "list planets",
        "list symbols",
        "pull acme BTC/USDT candle --host acme",
        "pull acme BTC/USDT candle --host acme.rest=nowhere",
        "pull acme BTC/USDT candle --host acme.rest=127.0.0.1:80",
        "list exchanges --plugins no-such-folder",
        "list exchanges --config no-such-file.yaml",
        "pull acme BTC/USDT candle --out no-such-folder/rows.csv",
        "simulate --port 99999",
        "simulate --limits none",
        "simulate --chaos frogs",
        "simulate --latency soon",
        "simulate --now noon",
        "demo twice",
        "bench turn",
        "proxyter --config x",
        "test"
      })
  void wrongArgumentsAreToldOnOneLine(String line) {
    var result = Shell.run(line.isEmpty() ? new String[0] : line.split(" ", -1));
    assertThat(result.errors())
        .singleElement()
        .asString()
        .startsWith("tradeflood: ")
        .doesNotContain("Exception");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fetch | Unknown command fetch: see \"tradeflood --help\"",
        "list planets | Unknown command planets: see \"tradeflood list --help\"",
        "plan acme BTC/USDT candle --format csv | Invalid value for option '--format': expected one of text, json, was csv: see \"tradeflood plan --help\"",
        "list exchanges twice | Unexpected argument twice: see \"tradeflood list exchanges --help\"",
        "pull acme BTC/USDT candle --colour red | Unknown option: '--colour': see \"tradeflood pull --help\"",
        "pull acme BTC/USDT candle --format xml | Invalid value for option '--format': expected one of table, ndjson, json, csv, was xml: see \"tradeflood pull --help\"",
      })
  void wrongWordsAreNamed(String line, String message) {
    var result = Shell.run(line.split(" "));
    assertThat(result.errors()).containsExactly("tradeflood: " + message);
  }

  @Test
  void whatIsStillToComeIsNotListed() {
    assertThat(Shell.run("--help").out()).doesNotContain("coverage", "serve");
  }
}
