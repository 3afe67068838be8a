package io.tradeflood.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tradeflood.simulator.Simulator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProgressLineTest {
  private static final Path STATUS = Path.of("/proc/self/status");

  @Test
  void aTerminalSeesOneLineThatIsGoneAtTheEnd() {
    var lines = pulled().split("\r", -1);
    assertThat(lines).hasSizeGreaterThan(2);
    assertThat(lines[1]).contains("0%", "[").hasSizeLessThan(120);
    assertThat(lines[lines.length - 2]).isBlank();
    assertThat(lines[lines.length - 1]).isEmpty();
    assertThat(lines).noneMatch(line -> line.contains("\n") || line.contains("\u001b"));
  }

  @Test
  void ctrlCStaysWithTheJvm() throws IOException {
    assumeThat(STATUS).exists();
    assumeThat(isInterruptCaught()).isTrue();
    pulled();
    assertThat(isInterruptCaught()).isTrue();
  }

  @Test
  void whatIsTooLongIsCut() {
    var out = new ByteArrayOutputStream();
    var line = new ProgressLine.Line(new PrintStream(out, true, StandardCharsets.UTF_8), 5);
    line.accept("123456");
    line.accept("12");
    line.clear();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("\r12345\r12   \r     \r");
  }

  /** Whether this process has a handler of its own for SIGINT, the second bit of the mask. */
  private static boolean isInterruptCaught() throws IOException {
    String caught =
        Files.readAllLines(STATUS).stream()
            .filter(line -> line.startsWith("SigCgt:"))
            .findFirst()
            .orElseThrow();
    return (Long.parseUnsignedLong(caught.substring(7).strip(), 16) & 2) != 0;
  }

  /** What a terminal gets on stderr. */
  private static String pulled() {
    var err = new ByteArrayOutputStream();
    try (var simulator = Simulator.start()) {
      int code =
          Main.run(
              List.of(
                  "pull",
                  "binance",
                  "BTC/USDT",
                  "candle",
                  "--interval",
                  "1h",
                  "--from",
                  "2025-01-01",
                  "--to",
                  "2025-03-01",
                  "--host",
                  "binance.spot-rest=" + simulator.baseUrl()),
              new Terminal(
                  new ByteArrayOutputStream(),
                  new PrintStream(err, true, StandardCharsets.UTF_8),
                  false,
                  true));
      assertThat(code).isZero();
    }
    return err.toString(StandardCharsets.UTF_8);
  }
}
