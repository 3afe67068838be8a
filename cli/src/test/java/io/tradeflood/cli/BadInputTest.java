package io.tradeflood.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.simulator.Chaos;
import io.tradeflood.simulator.Simulator;
import io.tradeflood.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input: one line that says it, the right exit code, nothing that hangs. */
@Timeout(60)
class BadInputTest {
  private static Simulator simulator;

  @BeforeAll
  static void start() {
    simulator = Simulator.start(SimulatorOptions.defaults());
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
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          binanse BTC/USDT candle --interval 1m                                             | binance
          binance BTC-USDT-SWAP candle --interval 1m                                        | BTC-USDT-SWAP
          binance FOO/BAR candle --interval 1m                                              | FOO/BAR
          binance BTC/USDT candel --interval 1m                                             | candle
          binance BTC/USDT candle --interval 1x                                             | 1x
          binance BTC/USDT candle --interval 7m                                             | 7m
          binance BTC/USDT candle                                                           | interval
          binance candle --interval 1m                                                      | symbol
          binance BTC/USDT candle --interval 1m --from 2025-01-02 --to 2025-01-01           | 2025-01-02
          binance BTC/USDT candle --interval 1m --from yesterday                            | yesterday
          binance BTC/USDT candle --interval 1m --from 2999-01-01                           | future
          binance BTC/USDT candle --interval 1m --from 2999-01-01 --to 2999-01-02           | future
          binance BTC/USDT candle --interval 1m --limit 0                                   | limit
          binance BTC/USDT book --depth none                                                | depth
          binance BTC/USDT ticker --set colour=red                                          | colour
          binance BTC/USDT book --from 2024-01-01                                           | from
          binance BTC/USDT candle --interval 1m --host binance.moon=http://127.0.0.1:1      | binance.moon
          """)
  void aQuestionThatIsWrongEndsWithTwo(String question, String word) {
    var result = pull(question.strip().split(" +", -1));
    assertThat(result.errors())
        .singleElement()
        .asString()
        .startsWith("tradeflood: ")
        .contains(word);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void anUnreachableHostIsToldWithItsAddress() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    failed(pullFrom("http://127.0.0.1:" + port), "127.0.0.1:" + port);
  }

  @Test
  void aHostThatSpeaksNoHttpIsTold() throws IOException {
    try (var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  while (true)
                    try (var connection = socket.accept()) {
                      connection
                          .getOutputStream()
                          .write("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
                    }
                } catch (IOException _) {
                  // the test has ended and closed the socket
                }
              });
      failed(pullFrom("http://127.0.0.1:" + socket.getLocalPort()), "HTTP");
    }
  }

  @Test
  void aHostThatAnswersWithAnotherKindOfPageIsTold() {
    simulator.chaos(Chaos.parse("garbage"));
    failed(pullFrom(simulator.baseUrl().toString()), "binance");
  }

  @Test
  void brokenJsonIsTold() {
    simulator.chaos(Chaos.parse("brokenjson"));
    failed(pullFrom(simulator.baseUrl().toString()), "binance");
  }

  @Test
  void severalFailuresHaveALineEach() {
    simulator.chaos(Chaos.parse("brokenjson"));
    var result = pull("binance", "BTC/USDT,ETH/USDT", "ticker");
    assertThat(result.code()).isEqualTo(4);
    assertThat(result.errors())
        .hasSize(2)
        .satisfiesExactly(
            line -> assertThat(line).contains("BTC/USDT ticker"),
            line -> assertThat(line).contains("ETH/USDT ticker"));
  }

  private static void failed(Shell.Result result, String word) {
    assertThat(result.errors())
        .singleElement()
        .asString()
        .startsWith("tradeflood: ")
        .contains(word);
    assertThat(result.code()).isEqualTo(4);
    assertThat(result.out()).isEmpty();
  }

  private static Shell.Result pullFrom(String address) {
    return Shell.run(
        "pull", "binance", "BTC/USDT", "ticker", "--host", "binance.spot-rest=" + address);
  }

  private static Shell.Result pull(String... words) {
    var arguments = new ArrayList<String>();
    arguments.add("pull");
    arguments.addAll(Arrays.asList(words));
    simulator.hosts().forEach((name, url) -> arguments.addAll(List.of("--host", name + "=" + url)));
    return Shell.run(arguments.toArray(String[]::new));
  }
}
