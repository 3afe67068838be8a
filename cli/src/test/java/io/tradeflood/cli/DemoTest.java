package io.tradeflood.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DemoTest {
  @Test
  void onceShowsEveryKindOfDataAndEnds() {
    var result = Shell.run("demo", "--once");
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    for (String exchange : new String[] {"binance", "bitget"})
      assertThat(result.out())
          .contains(
              exchange + " BTC/USDT candle 5m",
              exchange + " BTC/USDT trade",
              exchange + " BTC/USDT book",
              exchange + " BTC/USDT ticker");
    assertThat(result.lines()).allMatch(line -> line.length() <= 120);
  }

  @Test
  void withoutOnceItKeepsOnUntilItIsStopped() throws Exception {
    var out = new ByteArrayOutputStream();
    runsUntilStopped(out, "until Ctrl-C:", "demo");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("The newest candles every");
  }

  @Test
  void simulateSaysHowToPointOtherCommandsAtIt() throws Exception {
    var out = new ByteArrayOutputStream();
    runsUntilStopped(out, "Ctrl-C stops it", "simulate", "--port", "0", "--latency", "1ms");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .containsPattern("--host binance\\.spot-rest=http://127\\.0\\.0\\.1:[0-9]+")
        .containsPattern("--host binance\\.futures-rest=http://127\\.0\\.0\\.1:[0-9]+")
        .containsPattern("--host bitget\\.[a-z-]+=http://127\\.0\\.0\\.1:[0-9]+");
  }

  @Test
  void aPortThatIsTakenIsToldOnOneLine() throws Exception {
    try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      var result = Shell.run("simulate", "--port", String.valueOf(taken.getLocalPort()));
      assertThat(result.code()).isEqualTo(2);
      assertThat(result.errors())
          .singleElement()
          .asString()
          .contains(String.valueOf(taken.getLocalPort()));
    }
  }

  private static void runsUntilStopped(ByteArrayOutputStream out, String sign, String... arguments)
      throws Exception {
    var task = new FutureTask<>(() -> Shell.run(out, OutputStream.nullOutputStream(), arguments));
    Thread thread = Thread.ofPlatform().start(task);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> task.isDone() || out.toString(StandardCharsets.UTF_8).contains(sign));
    assertThat(task.isDone()).as(out.toString(StandardCharsets.UTF_8)).isFalse();
    thread.interrupt();
    assertThat(task.get()).isZero();
  }
}
