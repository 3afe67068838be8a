package io.tradeflood.bench.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.bench.BenchOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryBenchTest {
  private static final Path PEERS = Path.of(System.getProperty("tradeflood.peers", "peers"));

  /** Every client in its process, over three days; what is slow is none of a test's business. */
  @Test
  void allClientsReadTheSameRowsByNoMoreRequestsThanTheyNeed() throws Exception {
    var peers = Optional.of(PEERS).filter(BenchOptions::hasPeers);
    var report = new HistoryBench().run(BenchOptions.quick(peers));
    assertThat(report.broken()).isEmpty();
    var bytes = new ByteArrayOutputStream();
    report.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    var lines = bytes.toString(StandardCharsets.UTF_8).lines().map(String::strip).toList();
    assertThat(lines)
        .anyMatch(line -> line.matches("a year of binance spot: requests +5 +5 .* met"))
        .anyMatch(line -> line.matches("a year of binance spot: weight +10 +10 .* met"))
        .anyMatch(line -> line.matches("a year of binance spot: refused .* met"))
        .anyMatch(line -> line.matches("1m, 5m and 1h for 20 readers at once: requests .* met"))
        .anyMatch(line -> line.matches("bitget spot: weight used of [2-4] full windows .*"))
        .anyMatch(line -> line.matches("over xchange's loop: seconds .*"));
    assertThat(lines.stream().filter(line -> line.startsWith("over ccxt's")).count())
        .isEqualTo(peers.isPresent() ? 2 : 0);
  }
}
