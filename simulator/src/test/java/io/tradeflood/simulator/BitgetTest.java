package io.tradeflood.simulator;

import static io.tradeflood.simulator.Browser.decimal;
import static io.tradeflood.simulator.Browser.rows;
import static io.tradeflood.simulator.Browser.times;
import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.simulator.limit.LimitOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class BitgetTest {
  private static final Instant NOW = Instant.parse("2025-03-14T09:26:53.589Z");
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final String SPOT = "/api/v2/spot/market/";
  private static final String MIX = "/api/v2/mix/market/";
  private static final String USDT = "&productType=USDT-FUTURES";
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

  private static List<Long> every(long step, long first, int count) {
    return LongStream.range(0, count).map(i -> first + i * step).boxed().toList();
  }

  @Test
  void recentCandlesEndBeforeEndTimeAndKnowNoStart() {
    String candles = SPOT + "candles?symbol=BTCUSDT&granularity=1min";
    assertThat(times(WEB.data(candles + "&limit=3")))
        .isEqualTo(every(MINUTE, at("2025-03-14T09:24:00Z"), 3));
    long end = at("2025-03-14T08:00:00Z");
    assertThat(times(WEB.data(candles + "&limit=3&endTime=" + end)))
        .isEqualTo(every(MINUTE, end - 3 * MINUTE, 3));
    assertThat(WEB.data(candles + "&limit=3&startTime=" + (end - MINUTE) + "&endTime=" + end))
        .isEqualTo(WEB.data(candles + "&limit=3&endTime=" + end));
    assertThat(WEB.data(candles)).hasSize(100);
    assertThat(WEB.data(candles + "&limit=7777")).hasSize(1000);
  }

  @ParameterizedTest
  @CsvSource({"1min, 30", "15min, 52", "30min, 62", "1h, 83", "4h, 240", "6h, 360"})
  void recentCandlesReachBackByTheirLength(String granularity, int days) {
    String candles = SPOT + "candles?symbol=BTCUSDT&limit=5&granularity=" + granularity;
    long oldest = NOW.toEpochMilli() - days * DAY;
    assertThat(WEB.data(candles + "&endTime=" + oldest)).isEmpty();
    assertThat(WEB.data(candles + "&endTime=" + (oldest + DAY))).isNotEmpty();
  }

  @Test
  void oldCandlesAreWalkedBackwardsToTheListing() {
    String history = SPOT + "history-candles?symbol=BTCUSDT&granularity=1Mutc&endTime=";
    JsonNode all = WEB.data(history + NOW.toEpochMilli() + "&limit=999");
    assertThat(times(all).getFirst()).isEqualTo(at("2018-08-01T00:00:00Z"));
    assertThat(times(all).getLast()).isEqualTo(at("2025-03-01T00:00:00Z"));
    assertThat(
            WEB.data(
                SPOT
                    + "history-candles?symbol=BTCUSDT&granularity=1h&limit=999&endTime="
                    + NOW.toEpochMilli()))
        .hasSize(200);
  }

  @Test
  void plainDaysAreCutInAsiaAndUtcDaysAtMidnight() {
    String candles = SPOT + "candles?symbol=BTCUSDT&limit=1&granularity=";
    assertThat(times(WEB.data(candles + "1day"))).containsExactly(at("2025-03-13T16:00:00Z"));
    assertThat(times(WEB.data(candles + "1Dutc"))).containsExactly(at("2025-03-14T00:00:00Z"));
    assertThat(times(WEB.data(candles + "1week"))).containsExactly(at("2025-03-09T16:00:00Z"));
    assertThat(times(WEB.data(candles + "1M"))).containsExactly(at("2025-02-28T16:00:00Z"));
    assertThat(times(WEB.data(candles + "6h"))).containsExactly(at("2025-03-14T04:00:00Z"));
    assertThat(times(WEB.data(candles + "6Hutc"))).containsExactly(at("2025-03-14T06:00:00Z"));
  }

  @Test
  void spotRowsHaveDollarsBeforeTheQuoteAsset() {
    JsonNode row = WEB.data(SPOT + "candles?symbol=ETHBTC&granularity=1h&limit=1").get(0);
    assertThat(row).hasSize(8);
    BigDecimal dollars = decimal(row.get(6));
    BigDecimal bitcoins = decimal(row.get(7));
    assertThat(bitcoins).isLessThan(decimal(row.get(5)));
    assertThat(dollars).isGreaterThan(bitcoins.multiply(BigDecimal.valueOf(1000)));
    JsonNode plain = WEB.data(SPOT + "candles?symbol=BTCUSDT&granularity=1h&limit=1").get(0);
    assertThat(plain.get(6)).isEqualTo(plain.get(7));
  }

  @Test
  void contractCandlesComeInWindowsOf90Days() {
    String candles = MIX + "candles?symbol=BTCUSDT&granularity=1Dutc" + USDT;
    assertThat(WEB.data(candles + "&limit=1000").size()).isBetween(90, 91);
    long end = at("2024-06-01T00:00:00Z");
    JsonNode page =
        WEB.data(candles + "&limit=90&startTime=" + (end - 90 * DAY) + "&endTime=" + end);
    assertThat(times(page)).isEqualTo(every(DAY, end - 90 * DAY, 90));
    assertThat(WEB.error(candles + "&startTime=" + (end - 91 * DAY) + "&endTime=" + end))
        .isEqualTo("400 400172");
    assertThat(page.get(0)).hasSize(7);
  }

  @Test
  void contractHistoryHasFinishedCandlesOnly() {
    String rest = "candles?symbol=BTCUSDT&granularity=1H&limit=2" + USDT;
    assertThat(times(WEB.data(MIX + "history-" + rest)))
        .containsExactly(at("2025-03-14T07:00:00Z"), at("2025-03-14T08:00:00Z"));
    assertThat(times(WEB.data(MIX + rest)))
        .containsExactly(at("2025-03-14T08:00:00Z"), at("2025-03-14T09:00:00Z"));
  }

  @Test
  void markAndIndexCandlesAreTheSameByBothWays() {
    for (String of : List.of("mark", "index")) {
      JsonNode history =
          WEB.data(MIX + "history-" + of + "-candles?symbol=BTCUSDT&granularity=1H&limit=3" + USDT);
      JsonNode recent =
          WEB.data(MIX + "candles?symbol=BTCUSDT&granularity=1H&limit=4&kLineType=" + of + USDT);
      assertThat(rows(history)).isEqualTo(rows(recent).subList(0, 3));
    }
  }

  @Test
  void aCandleIsTheSumOfItsTrades() {
    long start = at("2025-03-14T09:20:00Z");
    JsonNode row =
        WEB.data(
                SPOT
                    + "candles?symbol=ETHBTC&granularity=5min&limit=1&endTime="
                    + (start + 5 * MINUTE))
            .get(0);
    JsonNode fills =
        WEB.data(
            SPOT
                + "fills-history?symbol=ETHBTC&startTime=%d&endTime=%d"
                    .formatted(start, start + 5 * MINUTE - 1));
    BigDecimal volume = BigDecimal.ZERO;
    BigDecimal quote = BigDecimal.ZERO;
    for (JsonNode fill : fills) {
      volume = volume.add(decimal(fill.get("size")));
      quote = quote.add(decimal(fill.get("size")).multiply(decimal(fill.get("price"))));
    }
    assertThat(decimal(row.get(5))).isEqualByComparingTo(volume);
    assertThat(decimal(row.get(7))).isEqualByComparingTo(quote);
    assertThat(row.get(4)).isEqualTo(fills.get(0).get("price"));
    assertThat(row.get(1)).isEqualTo(fills.get(fills.size() - 1).get("price"));
  }

  @Test
  void tradesAreWalkedBackwardsByTheirNumber() {
    String history = MIX + "fills-history?symbol=BTCUSDT&limit=50" + USDT;
    List<Long> ids = new ArrayList<>();
    String below = "";
    for (int page = 0; page < 4; page++) {
      JsonNode rows = WEB.data(history + below);
      rows.forEach(row -> ids.add(row.get("tradeId").asLong()));
      below = "&idLessThan=" + ids.getLast();
    }
    assertThat(ids)
        .isEqualTo(LongStream.range(0, 200).map(i -> ids.getFirst() - i).boxed().toList());
    assertThat(ids).allMatch(id -> id > 1L << 53);
  }

  @Test
  void theThreeWaysToWriteATrade() {
    JsonNode spot = WEB.data(SPOT + "fills?symbol=BTCUSDT&limit=20");
    JsonNode old = WEB.data(SPOT + "fills-history?symbol=BTCUSDT&limit=20");
    JsonNode mix = WEB.data(MIX + "fills-history?symbol=BTCUSDT&limit=20" + USDT);
    assertThat(rows(old)).allMatch(row -> row.get("ts").asLong() % 1000 == 0);
    assertThat(rows(spot)).anyMatch(row -> row.get("ts").asLong() % 1000 != 0);
    assertThat(rows(spot)).allMatch(row -> row.get("side").asString().matches("buy|sell"));
    assertThat(rows(mix)).allMatch(row -> row.get("side").asString().matches("Buy|Sell"));
    assertThat(rows(spot).stream().map(row -> row.get("ts").asLong()).toList())
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(WEB.data(MIX + "fills?symbol=BTCUSDT&limit=500" + USDT)).hasSize(100);
  }

  @Test
  void tradesReachBack90DaysInWindowsOfAWeek() {
    String history = SPOT + "fills-history?symbol=BTCUSDT&limit=10";
    long now = NOW.toEpochMilli();
    assertThat(WEB.error(history + "&startTime=" + (now - 91 * DAY))).isEqualTo("400 40705");
    assertThat(WEB.error(history + "&startTime=" + (now - 8 * DAY) + "&endTime=" + now))
        .isEqualTo("400 400172");
    JsonNode old =
        WEB.data(history + "&startTime=%d&endTime=%d".formatted(now - 89 * DAY, now - 88 * DAY));
    assertThat(old.get(0).get("ts").asLong()).isBetween(now - 89 * DAY, now - 88 * DAY);
  }

  @Test
  void fundingIsPagedByNumberNewestFirst() {
    String history = MIX + "history-fund-rate?symbol=BTCUSDT" + USDT;
    JsonNode first = WEB.data(history + "&pageSize=3");
    JsonNode second = WEB.data(history + "&pageSize=3&pageNo=2");
    List<Long> times = new ArrayList<>();
    first.forEach(row -> times.add(row.get("fundingTime").asLong()));
    second.forEach(row -> times.add(row.get("fundingTime").asLong()));
    assertThat(times).isEqualTo(every(-8 * HOUR, at("2025-03-14T08:00:00Z"), 6));
    assertThat(WEB.data(history)).hasSize(20);
    assertThat(WEB.data(history + "&pageSize=500")).hasSize(100);
    assertThat(WEB.data(history + "&pageNo=99999")).isEmpty();
  }

  @Test
  void contractsSayTheirStepsAndNothingIsListedForPractice() {
    JsonNode contracts = WEB.data(MIX + "contracts?productType=usdt-futures");
    JsonNode ada =
        rows(contracts).stream()
            .filter(row -> row.get("symbol").asString().equals("ADAUSDT"))
            .findFirst()
            .orElseThrow();
    assertThat(ada.get("priceEndStep").asString()).isEqualTo("5");
    assertThat(ada.get("pricePlace").asString()).isEqualTo("4");
    assertThat(WEB.data(MIX + "contracts?productType=SUSDT-FUTURES")).isEmpty();
    JsonNode inverse = WEB.data(MIX + "contracts?productType=COIN-FUTURES");
    assertThat(rows(inverse)).anyMatch(row -> row.get("symbolType").asString().equals("delivery"));
  }

  @Test
  void futuresBooksAreNumbersAndSpotBooksAreTexts() {
    JsonNode mix = WEB.data(MIX + "merge-depth?symbol=BTCUSDT&limit=5" + USDT);
    assertThat(mix.get("asks").get(0).get(0).isNumber()).isTrue();
    assertThat(mix.get("asks")).hasSize(5);
    JsonNode spot = WEB.data(SPOT + "orderbook?symbol=BTCUSDT");
    assertThat(spot.get("bids").get(0).get(0).isString()).isTrue();
    assertThat(spot.get("bids")).hasSize(150);
    JsonNode merged = WEB.data(SPOT + "merge-depth?symbol=BTCUSDT&precision=scale2&limit=5");
    assertThat(merged.get("scale").asString()).isEqualTo("1");
    assertThat(decimal(merged.get("asks").get(0).get(0)))
        .isGreaterThan(decimal(merged.get("bids").get(0).get(0)));
  }

  @Test
  void theTickerAgreesWithBookPricesAndInterest() {
    JsonNode ticker = WEB.data(MIX + "ticker?symbol=BTCUSDT" + USDT).get(0);
    JsonNode price = WEB.data(MIX + "symbol-price?symbol=BTCUSDT" + USDT).get(0);
    JsonNode interest = WEB.data(MIX + "open-interest?symbol=BTCUSDT" + USDT);
    JsonNode book = WEB.data(MIX + "merge-depth?symbol=BTCUSDT" + USDT);
    assertThat(ticker.get("lastPr")).isEqualTo(price.get("price"));
    assertThat(ticker.get("markPrice")).isEqualTo(price.get("markPrice"));
    assertThat(ticker.get("indexPrice")).isEqualTo(price.get("indexPrice"));
    assertThat(ticker.get("holdingAmount"))
        .isEqualTo(interest.get("openInterestList").get(0).get("size"));
    assertThat(new BigDecimal(ticker.get("bidPr").asString()))
        .isEqualByComparingTo(book.get("bids").get(0).get(0).decimalValue());
    JsonNode rates = WEB.data(MIX + "current-fund-rate?symbol=BTCUSDT" + USDT).get(0);
    assertThat(ticker.get("fundingRate")).isEqualTo(rates.get("fundingRate"));
    assertThat(WEB.data(MIX + "tickers?productType=USDT-FUTURES").size())
        .isGreaterThanOrEqualTo(20);
    assertThat(WEB.data(SPOT + "tickers").size()).isGreaterThanOrEqualTo(30);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v2/spot/market/candles?granularity=1min | 400 40019",
        "/api/v2/spot/market/candles?symbol=NOPE&granularity=1min | 400 40034",
        "/api/v2/spot/market/candles?symbol=BTCUSDT&granularity=1m | 400 400172",
        "/api/v2/spot/market/history-candles?symbol=BTCUSDT&granularity=1min | 400 40019",
        "/api/v2/mix/market/candles?symbol=BTCUSDT&granularity=1m | 400 40019",
        "/api/v2/mix/market/candles?symbol=BTCUSDT&granularity=1min&productType=USDT-FUTURES | 400 400172",
        "/api/v2/mix/market/candles?symbol=BTCUSDT&granularity=1m&productType=X | 400 400172",
        "/api/v2/mix/market/ticker?symbol=NOPE&productType=USDT-FUTURES | 400 40034",
        "/api/v2/mix/market/ticker?symbol=MATICUSDT&productType=USDT-FUTURES | 400 40309",
        "/api/v2/spot/market/nothing | 404 40404"
      })
  void whatIsWrongIsSaidInTheExchangesCodes(String target, String error) {
    assertThat(WEB.error(target)).isEqualTo(error);
  }

  @Test
  void aBodyWithGetIsRefused() throws IOException {
    assertThat(WEB.send("GET", "/api/v2/public/time", "{}").statusCode()).isEqualTo(400);
    assertThat(WEB.data("/api/v2/public/time").get("serverTime").asString())
        .isEqualTo(Long.toString(NOW.toEpochMilli()));
  }
}
