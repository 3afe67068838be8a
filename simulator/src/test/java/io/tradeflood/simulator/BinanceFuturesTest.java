package io.tradeflood.simulator;

import static io.tradeflood.simulator.Browser.decimal;
import static io.tradeflood.simulator.Browser.rows;
import static io.tradeflood.simulator.Browser.times;
import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.simulator.limit.LimitOptions;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BinanceFuturesTest {
  private static final Instant NOW = Instant.parse("2025-03-14T09:26:53.589Z");
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final Simulator SIMULATOR =
      Simulator.start(SimulatorOptions.defaults().frozenAt(NOW).withLimits(LimitOptions.OFF));
  private static final Browser WEB = new Browser(SIMULATOR.baseUrl());

  @AfterAll
  static void close() {
    WEB.close();
    SIMULATOR.close();
  }

  private static long at(String time) {
    return Instant.parse(time).toEpochMilli();
  }

  @Test
  void candlesComeInPagesOfAtMost1500WithPlainDecimals() {
    JsonNode rows = WEB.json("/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=9999");
    assertThat(rows).hasSize(1500);
    assertThat(rows.get(0).get(1).asString()).matches("\\d+\\.\\d");
    assertThat(rows.get(0).get(5).asString()).matches("\\d+\\.\\d{3}");
  }

  @Test
  void sizesOfWhatIsSettledInCoinsAreContracts() {
    JsonNode trades = WEB.json("/dapi/v1/trades?symbol=BTCUSD_PERP&limit=1000");
    assertThat(trades).hasSize(1000);
    for (JsonNode trade : trades) {
      assertThat(trade.get("qty").asString()).matches("[1-9]\\d*");
      BigDecimal dollars = decimal(trade.get("qty")).multiply(BigDecimal.valueOf(100));
      assertThat(decimal(trade.get("baseQty")))
          .isEqualByComparingTo(
              dollars.divide(decimal(trade.get("price")), 8, RoundingMode.HALF_UP));
    }
    JsonNode symbol = WEB.json("/dapi/v1/exchangeInfo").get("symbols").get(0);
    assertThat(symbol.get("symbol").asString()).isEqualTo("BTCUSD_PERP");
    assertThat(symbol.get("contractSize").asInt()).isEqualTo(100);
    assertThat(symbol.get("contractStatus").asString()).isEqualTo("TRADING");
    assertThat(symbol.get("marginAsset").asString()).isEqualTo("BTC");
  }

  @Test
  void candlesOfWhatIsSettledInCoinsAreTheSumsOfItsTrades() {
    long minute = at("2025-03-14T09:20:00Z");
    String window = "&startTime=%d&endTime=%d".formatted(minute, minute + 59_999);
    JsonNode candle = WEB.json("/dapi/v1/klines?symbol=ETHUSD_PERP&interval=1m" + window).get(0);
    BigDecimal contracts = BigDecimal.ZERO;
    BigDecimal coins = BigDecimal.ZERO;
    for (JsonNode trade : WEB.json("/dapi/v1/trades?symbol=ETHUSD_PERP&limit=1000")) {
      if (trade.get("time").asLong() / 60_000 == minute / 60_000) {
        contracts = contracts.add(decimal(trade.get("qty")));
        coins = coins.add(decimal(trade.get("baseQty")));
      }
    }
    assertThat(decimal(candle.get(5))).isEqualByComparingTo(contracts).isPositive();
    assertThat(decimal(candle.get(7))).isEqualByComparingTo(coins);
  }

  @Test
  void oneOfWhatIsSettledInCoinsIsAListToo() {
    for (String path : List.of("ticker/24hr", "ticker/bookTicker", "premiumIndex")) {
      JsonNode rows = WEB.json("/dapi/v1/" + path + "?symbol=BTCUSD_PERP");
      assertThat(rows).hasSize(1);
      assertThat(rows.get(0).get("pair").asString()).isEqualTo("BTCUSD");
    }
  }

  @Test
  void openInterestOfWhatIsSettledInCoinsIsAskedForByPairAndType() {
    JsonNode rows =
        WEB.json(
            "/futures/data/openInterestHist?pair=BTCUSD&contractType=CURRENT_QUARTER&period=1h&limit=3");
    assertThat(rows).hasSize(3);
    for (JsonNode row : rows) {
      assertThat(row.get("contractType").asString()).isEqualTo("CURRENT_QUARTER");
      assertThat(decimal(row.get("sumOpenInterestValue")))
          .isLessThan(decimal(row.get("sumOpenInterest")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "markPriceKlines?symbol=BTCUSDT",
        "indexPriceKlines?pair=BTCUSDT",
        "premiumIndexKlines?symbol=BTCUSDT"
      })
  void referenceCandlesHaveTwelveColumnsToo(String path) {
    JsonNode rows = WEB.json("/fapi/v1/" + path + "&interval=1h&limit=3");
    assertThat(times(rows))
        .isEqualTo(
            LongStream.range(0, 3)
                .map(i -> at("2025-03-14T07:00:00Z") + i * HOUR)
                .boxed()
                .toList());
    for (JsonNode row : rows) {
      assertThat(row).hasSize(12);
      assertThat(row.get(1).asString()).matches("-?\\d+\\.\\d{8}");
      assertThat(row.get(5).asString()).isEqualTo("0");
      assertThat(decimal(row.get(2))).isGreaterThanOrEqualTo(decimal(row.get(4)));
    }
  }

  @Test
  void theOpenMarkCandleClosesAtTheMarkPriceOfNow() {
    JsonNode row = WEB.json("/fapi/v1/markPriceKlines?symbol=ETHUSDT&interval=1d&limit=1").get(0);
    JsonNode now = WEB.json("/fapi/v1/premiumIndex?symbol=ETHUSDT");
    assertThat(row.get(4).asString()).isEqualTo(now.get("markPrice").asString());
    JsonNode index = WEB.json("/fapi/v1/indexPriceKlines?pair=ETHUSDT&interval=1d&limit=1").get(0);
    assertThat(index.get(4).asString()).isEqualTo(now.get("indexPrice").asString());
  }

  @Test
  void continuousCandlesChangeTheContractAtItsDelivery() {
    String path = "/fapi/v1/continuousKlines?pair=BTCUSDT&interval=1d&limit=200&contractType=";
    JsonNode rows = WEB.json(path + "CURRENT_QUARTER");
    List<Long> times = times(rows);
    assertThat(times).hasSize(200).doesNotHaveDuplicates().isSorted();
    JsonNode december =
        WEB.json(
            "/fapi/v1/klines?symbol=BTCUSDT_241227&interval=1d&limit=1&endTime="
                + at("2024-12-20T00:00:00Z"));
    JsonNode march =
        WEB.json(
            "/fapi/v1/klines?symbol=BTCUSDT_250328&interval=1d&limit=1&endTime="
                + at("2025-01-10T00:00:00Z"));
    assertThat(rows(rows)).contains(december.get(0), march.get(0));
    assertThat(WEB.json(path + "NEXT_QUARTER")).hasSize(200);
    assertThat(WEB.json(path + "PERPETUAL"))
        .isEqualTo(WEB.json("/fapi/v1/klines?symbol=BTCUSDT&interval=1d&limit=200"));
  }

  @Test
  void aggregateTradesReachBackADayAndNoFurther() {
    long start = NOW.toEpochMilli() - DAY;
    JsonNode rows =
        WEB.json(
            "/fapi/v1/aggTrades?symbol=BTCUSDT&limit=1000&startTime=%d&endTime=%d"
                .formatted(start - HOUR / 2, start + HOUR / 2 - 1));
    assertThat(rows.get(0).get("T").asLong()).isBetween(start, start + HOUR / 2);
    assertThat(rows.get(0).has("M")).isFalse();
    JsonNode byId = WEB.json("/fapi/v1/aggTrades?symbol=BTCUSDT&fromId=0&limit=1");
    assertThat(byId.get(0)).isEqualTo(rows.get(0));
  }

  @Test
  void oldTradesNeedAKeyAndReachBackAMonth() {
    String target = "/fapi/v1/historicalTrades?symbol=BTCUSDT&fromId=0&limit=1";
    assertThat(WEB.error(target)).isEqualTo("401 -2014");
    JsonNode first = WEB.json(target, "X-MBX-APIKEY", "any").get(0);
    assertThat(first.get("time").asLong()).isGreaterThanOrEqualTo(NOW.toEpochMilli() - 30 * DAY);
    assertThat(first.get("isRPITrade").asBoolean()).isFalse();
  }

  @Test
  void fundingIsPaidEveryEightHoursOrAsItsInfoSays() {
    JsonNode rows = WEB.json("/fapi/v1/fundingRate?symbol=BTCUSDT&limit=4");
    assertThat(rows(rows).stream().map(row -> row.get("fundingTime").asLong()).toList())
        .containsExactly(
            at("2025-03-13T08:00:00Z"),
            at("2025-03-13T16:00:00Z"),
            at("2025-03-14T00:00:00Z"),
            at("2025-03-14T08:00:00Z"));
    assertThat(WEB.json("/fapi/v1/fundingRate?symbol=BTCUSDT")).hasSize(200);
    assertThat(WEB.json("/fapi/v1/fundingRate?symbol=BTCUSDT&startTime=0")).hasSize(100);
    JsonNode info = WEB.json("/fapi/v1/fundingInfo");
    assertThat(rows(info).stream().map(row -> row.get("symbol").asString()).toList())
        .contains("NEARUSDT")
        .doesNotContain("BTCUSDT");
    JsonNode near = WEB.json("/fapi/v1/fundingRate?symbol=NEARUSDT&limit=2");
    assertThat(near.get(1).get("fundingTime").asLong() - near.get(0).get("fundingTime").asLong())
        .isEqualTo(4 * HOUR);
  }

  @Test
  void theFundingHistoryBeginsWithTheContract() {
    JsonNode rows =
        WEB.json(
            "/fapi/v1/fundingRate?symbol=BTCUSDT&startTime=0&limit=1000&endTime="
                + at("2019-09-12T00:00:00Z"));
    assertThat(rows.get(0).get("fundingTime").asLong()).isEqualTo(at("2019-09-09T00:00:00Z"));
    assertThat(rows).hasSize(10);
  }

  @Test
  void theLastFundingRateIsTheNewestOfTheHistory() {
    JsonNode last = WEB.json("/fapi/v1/fundingRate?symbol=ETHUSDT&limit=1").get(0);
    JsonNode now = WEB.json("/fapi/v1/premiumIndex?symbol=ETHUSDT");
    assertThat(now.get("lastFundingRate").asString()).isEqualTo(last.get("fundingRate").asString());
    assertThat(now.get("nextFundingTime").asLong()).isEqualTo(at("2025-03-14T16:00:00Z"));
  }

  @Test
  void openInterestHasAHistoryOfAMonth() {
    JsonNode rows = WEB.json("/futures/data/openInterestHist?symbol=BTCUSDT&period=1h&limit=500");
    assertThat(rows).hasSize(500);
    assertThat(rows.get(499).get("timestamp").asLong()).isEqualTo(at("2025-03-14T09:00:00Z"));
    assertThat(
            WEB.error(
                "/futures/data/openInterestHist?symbol=BTCUSDT&period=1h&startTime="
                    + (NOW.toEpochMilli() - 31 * DAY)))
        .isEqualTo("400 -1130");
    assertThat(WEB.json("/fapi/v1/openInterest?symbol=BTCUSDT").get("openInterest").asString())
        .matches("\\d+\\.\\d{3}");
  }

  @Test
  void theBookKnowsItsTimeAndHasOnlySomeDepths() {
    JsonNode book = WEB.json("/fapi/v1/depth?symbol=BTCUSDT&limit=10");
    assertThat(book.get("bids")).hasSize(10);
    assertThat(book.get("E").asLong()).isEqualTo(NOW.toEpochMilli());
    assertThat(WEB.json("/fapi/v1/depth?symbol=BTCUSDT").get("asks")).hasSize(500);
    assertThat(WEB.error("/fapi/v1/depth?symbol=BTCUSDT&limit=7")).isEqualTo("400 -4021");
  }

  @Test
  void listsHoldContractsThatAreTraded() {
    JsonNode symbols = WEB.json("/fapi/v1/exchangeInfo").get("symbols");
    List<String> names = rows(symbols).stream().map(row -> row.get("symbol").asString()).toList();
    assertThat(names)
        .contains("BTCUSDT", "BTCUSDT_250328", "ETHUSDT_250627")
        .doesNotContain("MATICUSDT", "BTCUSDT_241227");
    for (String path :
        List.of("v1/ticker/24hr", "v2/ticker/price", "v1/ticker/bookTicker", "v1/premiumIndex")) {
      assertThat(WEB.json("/fapi/" + path)).hasSameSizeAs(names);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/fapi/v1/klines?symbol=BTCUSDT&interval=1s | 400 -1120",
        "/fapi/v1/klines?symbol=NOPE&interval=1m | 400 -1121",
        "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&startTime=5&endTime=4 | 400 -1023",
        "/fapi/v1/indexPriceKlines?interval=1m | 400 -1102",
        "/fapi/v1/continuousKlines?pair=BTCUSDT&interval=1m&contractType=X | 400 -1128",
        "/fapi/v1/aggTrades?symbol=BTCUSDT&startTime=1&endTime=3600002 | 400 -1127",
        "/fapi/v1/aggTrades?symbol=BTCUSDT&fromId=1&endTime=3600002 | 400 -1128",
        "/futures/data/openInterestHist?symbol=BTCUSDT&period=7m | 400 -1130",
        "/fapi/v1/nothing | 404 -5000"
      })
  void whatIsWrongIsSaidInTheExchangesCodes(String target, String error) {
    assertThat(WEB.error(target)).isEqualTo(error);
  }

  @Test
  void whatIsUnknownAmongTheParametersIsOverlooked() {
    assertThat(WEB.json("/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=1&foo=1")).hasSize(1);
  }
}
