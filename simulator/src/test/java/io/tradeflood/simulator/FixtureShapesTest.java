package io.tradeflood.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tradeflood.simulator.limit.LimitOptions;
import java.io.IOException;
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

/**
 * Compares the shape of the answers with recorded ones: every field of a recording is there, with
 * the same JSON type. The recordings lie outside the project, in {@code ../shared/fixtures} beside
 * the repository or where the system property {@code tradeflood.shared} says; without them these
 * tests are skipped.
 */
class FixtureShapesTest {
  private static final Simulator SIMULATOR =
      Simulator.start(
          SimulatorOptions.defaults()
              .frozenAt(Instant.parse("2025-03-14T09:26:53.589Z"))
              .withLimits(LimitOptions.OFF));
  private static final Browser WEB = new Browser(SIMULATOR.baseUrl());

  @AfterAll
  static void close() {
    WEB.close();
    SIMULATOR.close();
  }

  static Path fixtures() {
    return Path.of(System.getProperty("tradeflood.shared", "../../shared"), "fixtures");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "binance/rest/jk-spot-get-server-time | /api/v3/time",
        "binance/rest/jk-spot-get-exchange-info | /api/v3/exchangeInfo",
        "binance/rest/jk-spot-get-aggregated-trade-history | /api/v3/aggTrades?symbol=BTCUSDT",
        "binance/rest/jk-spot-get-rolling-window-ticker | /api/v3/ticker?symbol=BTCUSDT",
        "binance/rest/jk-spot-get-trading-day-ticker | /api/v3/ticker/tradingDay?symbol=BTCUSDT",
        "binance/rest/cmp-l2-snapshot-spot | /api/v3/depth?symbol=BTCUSDT",
        "binance/rest/cmp-l2-snapshot-linear-future | /fapi/v1/depth?symbol=BTCUSDT",
        "binance/rest/cmp-open-interest-linear-swap | /fapi/v1/openInterest?symbol=BTCUSDT",
        "binance/rest/jk-usd-futures-get-book-price | /fapi/v1/ticker/bookTicker?symbol=BTCUSDT",
        "binance/rest/jk-usd-futures-get-continuous-contract-klines |"
            + " /fapi/v1/continuousKlines?pair=BTCUSDT&contractType=PERPETUAL&interval=1m",
        "binance/rest/jk-usd-futures-get-exchange-info | /fapi/v1/exchangeInfo",
        "binance/rest/jk-usd-futures-get-index-price-klines |"
            + " /fapi/v1/indexPriceKlines?pair=BTCUSDT&interval=1m",
        "binance/rest/jk-usd-futures-get-mark-price-klines |"
            + " /fapi/v1/markPriceKlines?symbol=BTCUSDT&interval=1m",
        "binance/rest/jk-usd-futures-get-premium-index-klines |"
            + " /fapi/v1/premiumIndexKlines?symbol=BTCUSDT&interval=1m",
        "binance/rest/jk-usd-futures-get-order-book | /fapi/v1/depth?symbol=BTCUSDT",
        "binance/rest/jk-usd-futures-get-price | /fapi/v2/ticker/price?symbol=BTCUSDT",
        "binance/rest/jk-usd-futures-get-server-time | /fapi/v1/time",
        "binance/rest/jk-usd-futures-get-ticker | /fapi/v1/ticker/24hr?symbol=BTCUSDT",
        "binance/rest/jk-usd-futures-get-trade-history | /fapi/v1/trades?symbol=BTCUSDT",
        "bitget/rest/ccxt-book-spot | /api/v2/spot/market/orderbook?symbol=BTCUSDT",
        "bitget/rest/ccxt-ohlcv-inverse |"
            + " /api/v2/mix/market/candles?symbol=BTCUSD&productType=COIN-FUTURES&granularity=1m",
        "bitget/rest/ccxt-ohlcv-linear |"
            + " /api/v2/mix/market/candles?symbol=BTCUSDT&productType=USDT-FUTURES&granularity=1m",
        "bitget/rest/ccxt-ticker-spot | /api/v2/spot/market/tickers?symbol=BTCUSDT",
        "bitget/rest/jk-futures-get-funding-rate |"
            + " /api/v2/mix/market/current-fund-rate?symbol=BTCUSDT&productType=USDT-FUTURES",
        "bitget/rest/jk-futures-get-historical-funding-rate |"
            + " /api/v2/mix/market/history-fund-rate?symbol=BTCUSDT&productType=USDT-FUTURES",
        "bitget/rest/jk-futures-get-historical-index-price-klines |"
            + " /api/v2/mix/market/history-index-candles?symbol=BTCUSDT&productType=USDT-FUTURES&granularity=5m",
        "bitget/rest/jk-futures-get-historical-mark-price-klines |"
            + " /api/v2/mix/market/history-mark-candles?symbol=BTCUSDT&productType=USDT-FUTURES&granularity=5m",
        "bitget/rest/jk-futures-get-historical-klines |"
            + " /api/v2/mix/market/history-candles?symbol=BTCUSDT&productType=USDT-FUTURES&granularity=5m",
        "bitget/rest/jk-futures-get-klines |"
            + " /api/v2/mix/market/candles?symbol=BTCUSDT&productType=USDT-FUTURES&granularity=5m",
        "bitget/rest/jk-futures-get-open-interest |"
            + " /api/v2/mix/market/open-interest?symbol=BTCUSDT&productType=USDT-FUTURES",
        "bitget/rest/jk-futures-get-prices |"
            + " /api/v2/mix/market/symbol-price?symbol=BTCUSDT&productType=USDT-FUTURES",
        "bitget/rest/jk-futures-get-ticker |"
            + " /api/v2/mix/market/ticker?symbol=ETHUSD_250328&productType=COIN-FUTURES",
        "bitget/rest/jk-futures-get-trades |"
            + " /api/v2/mix/market/fills-history?symbol=BTCUSDT&productType=USDT-FUTURES",
        "bitget/rest/jk-spot-get-historical-klines |"
            + " /api/v2/spot/market/history-candles?symbol=BTCUSDT&granularity=1min&endTime=1741900000000",
        "bitget/rest/jk-spot-get-recent-trades | /api/v2/spot/market/fills?symbol=BTCUSDT",
        "bitget/rest/jk-spot-get-server-time | /api/v2/public/time",
        "bitget/rest/jk-spot-get-symbols | /api/v2/spot/public/symbols"
      })
  void anAnswerHasTheShapeOfTheRecordedOne(String fixture, String target) throws IOException {
    Path file = fixtures().resolve(fixture + ".json");
    assumeThat(Files.exists(file))
        .as("no recording at " + file + ": set tradeflood.shared")
        .isTrue();
    JsonNode recorded = JsonMapper.shared().readTree(file.toFile());
    JsonNode answered = WEB.json(target);
    List<String> differences = new ArrayList<>();
    compare("", recorded, answered, differences);
    assertThat(differences).isEmpty();
  }

  static void compare(String at, JsonNode recorded, JsonNode answered, List<String> differences) {
    if (at.equals("/requestTime")) {
      // Some recordings turned this number into a text; the exchange's page has a number.
      return;
    }
    if (recorded.getNodeType() != answered.getNodeType()) {
      differences.add(
          "%s is %s, recorded as %s".formatted(at, answered.getNodeType(), recorded.getNodeType()));
    } else if (recorded.isObject()) {
      recorded
          .properties()
          .forEach(
              field -> {
                JsonNode mine = answered.get(field.getKey());
                String name = at + "/" + field.getKey();
                if (mine == null) {
                  differences.add(name + " is missing");
                } else {
                  compare(name, field.getValue(), mine, differences);
                }
              });
    } else if (recorded.isArray() && !recorded.isEmpty()) {
      boolean row = !recorded.get(0).isContainer();
      if (row && at.matches(".*/\\d+") && recorded.size() != answered.size()) {
        differences.add(
            "%s has %d columns, recorded with %d".formatted(at, answered.size(), recorded.size()));
      }
      for (int i = 0; i < (row ? Math.min(recorded.size(), answered.size()) : 1); i++) {
        if (answered.isEmpty()) {
          differences.add(at + " is empty");
        } else {
          compare(at + "/" + i, recorded.get(i), answered.get(i), differences);
        }
      }
    }
  }
}
