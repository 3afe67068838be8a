package io.tradeflood.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tradeflood.simulator.limit.LimitOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What streams say has every field of what was recorded of the exchanges. */
class StreamShapesTest {
  private static final Simulator SIMULATOR =
      Simulator.start(
          SimulatorOptions.defaults()
              .startingAt(Instant.parse("2025-03-14T09:26:53.589Z"))
              .withSpeed(200)
              .withLimits(LimitOptions.OFF));

  @AfterAll
  static void stop() {
    SIMULATOR.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jk-spot-ticker | /stream?streams=btcusdt@ticker",
        "jk-spot-mini-ticker | /stream?streams=btcusdt@miniTicker",
        "jk-spot-aggregated-trades | /stream?streams=btcusdt@aggTrade",
        "xc-binance-test-book-ticker-event | /ws/btcusdt@bookTicker",
        "xc-binance-test-kline-event | /ws/btcusdt@kline_1m",
        "cmp-l2-topk-spot | /stream?streams=btcusdt@depth20",
        "nt-depth-update-stream-usdm | /public/ws/btcusdt@depth",
        "nt-kline-stream-open-usdm | /market/ws/btcusdt@kline_1m",
        "nt-ticker-stream-usdm | /market/ws/btcusdt@ticker",
        "nt-agg-trade-stream-usdm | /market/ws/btcusdt@aggTrade",
        "nt-liquidation-stream-usdm | /market/ws/btcusdt@forceOrder",
        "barter-trade-usdm-market | /public/ws/btcusdt@trade",
        "jk-usd-futures-mark-price | /market/stream?streams=btcusdt@markPrice@1s",
        "jk-usd-futures-mini-ticker | /market/stream?streams=btcusdt@miniTicker",
        "jk-usd-futures-book-ticker | /public/stream?streams=btcusdt@bookTicker",
        "jk-usd-futures-book | /public/stream?streams=btcusdt@depth@100ms",
        "jk-usd-futures-klines | /market/stream?streams=btcusdt@kline_1M"
      })
  void binanceSaysWhatWasRecorded(String fixture, String path) {
    JsonNode recorded = recorded("binance/ws/" + fixture);
    try (Listener listener = new Listener(SIMULATOR.streamUrl(), path)) {
      same(recorded, listener.json());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "jk-spot-order-book, SPOT, books5",
    "jk-futures-order-book, USDT-FUTURES, books5",
    "jk-spot-klines, SPOT, candle1W",
    "tardis-bitget-futures-08-derivative, USDT-FUTURES, ticker",
    "tardis-bitget-01-trades, SPOT, trade",
    "tardis-bitget-futures-10-bbo, USDT-FUTURES, books1"
  })
  void bitgetSaysWhatWasRecorded(String fixture, String product, String channel) {
    JsonNode recorded = recorded("bitget/ws/" + fixture);
    try (Listener listener = new Listener(SIMULATOR.streamUrl(), "/v2/ws/public")) {
      listener.say(
          "{\"op\":\"subscribe\",\"args\":[{\"instType\":\"%s\",\"channel\":\"%s\",\"instId\":\"BTCUSDT\"}]}"
              .formatted(product, channel));
      same(recorded, listener.json(message -> message.has("action")));
    }
  }

  private static JsonNode recorded(String fixture) {
    Path file = FixtureShapesTest.fixtures().resolve(fixture + ".json");
    assumeThat(Files.exists(file))
        .as("no recording at " + file + ": set tradeflood.shared")
        .isTrue();
    return JsonMapper.shared().readTree(file.toFile());
  }

  private static void same(JsonNode recorded, JsonNode said) {
    List<String> differences = new ArrayList<>();
    FixtureShapesTest.compare("", recorded, said, differences);
    assertThat(differences).isEmpty();
  }
}
