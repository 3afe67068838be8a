package io.tradeflood.simulator;

import static io.tradeflood.simulator.Browser.decimal;
import static io.tradeflood.simulator.Browser.rows;
import static io.tradeflood.simulator.Browser.times;
import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.simulator.limit.LimitOptions;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BinanceSpotTest {
  private static final Instant NOW = Instant.parse("2025-03-14T09:26:53.589Z");
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
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

  private static String klines(String rest) {
    return "/api/v3/klines?symbol=BTCUSDT&interval=1m" + rest;
  }

  private static List<Long> minutes(long first, int count) {
    return LongStream.range(0, count).map(i -> first + i * MINUTE).boxed().toList();
  }

  @Test
  void withoutBoundsTheNewestCandlesCome() {
    JsonNode rows = WEB.json(klines("&limit=3"));
    assertThat(times(rows)).isEqualTo(minutes(at("2025-03-14T09:24:00Z"), 3));
    assertThat(WEB.json(klines(""))).hasSize(500);
    assertThat(WEB.json(klines("&limit=5000"))).hasSize(1000);
  }

  @Test
  void fromAStartOnTheOldestCandlesCome() {
    long start = at("2024-01-01T00:00:00Z");
    assertThat(times(WEB.json(klines("&limit=4&startTime=" + start)))).isEqualTo(minutes(start, 4));
    assertThat(times(WEB.json(klines("&limit=4&startTime=" + (start + 1)))))
        .isEqualTo(minutes(start + MINUTE, 4));
  }

  @Test
  void upToAnEndTheNewestCandlesCome() {
    long end = at("2024-01-01T00:00:00Z");
    assertThat(times(WEB.json(klines("&limit=4&endTime=" + end))))
        .isEqualTo(minutes(end - 3 * MINUTE, 4));
    assertThat(times(WEB.json(klines("&limit=4&endTime=" + (end - 1)))))
        .isEqualTo(minutes(end - 4 * MINUTE, 4));
  }

  @Test
  void betweenBoundsTheFirstPageComesAndNothingBeyondTheEnd() {
    long start = at("2024-01-01T00:00:00Z");
    String both = "&startTime=" + start + "&endTime=";
    assertThat(times(WEB.json(klines("&limit=4" + both + (start + HOUR)))))
        .isEqualTo(minutes(start, 4));
    assertThat(times(WEB.json(klines("&limit=4" + both + (start + MINUTE)))))
        .isEqualTo(minutes(start, 2));
    assertThat(WEB.json(klines(both + (start - 1)))).isEmpty();
    assertThat(WEB.json(klines("&startTime=" + (NOW.toEpochMilli() + HOUR)))).isEmpty();
  }

  @Test
  void historyBeginsWithTheListing() {
    JsonNode rows = WEB.json(klines("&startTime=0&limit=2"));
    assertThat(times(rows)).isEqualTo(minutes(at("2017-08-17T04:00:00Z"), 2));
    assertThat(times(WEB.json("/api/v3/klines?symbol=BTCUSDT&interval=1M&startTime=0&limit=1")))
        .containsExactly(at("2017-08-01T00:00:00Z"));
    assertThat(times(WEB.json("/api/v3/klines?symbol=BTCUSDT&interval=1w&startTime=0&limit=1")))
        .containsExactly(at("2017-08-14T00:00:00Z"));
  }

  @Test
  void aRowHasTwelveColumnsOfTheExchangesTypes() {
    JsonNode row = WEB.json(klines("&limit=1&startTime=" + at("2024-01-01T00:00:00Z"))).get(0);
    assertThat(row).hasSize(12);
    assertThat(row.get(6).asLong()).isEqualTo(row.get(0).asLong() + MINUTE - 1);
    for (int column : new int[] {1, 2, 3, 4, 5, 7, 9, 10}) {
      assertThat(row.get(column).asString()).matches("\\d+\\.\\d{8}");
    }
    assertThat(row.get(8).isIntegralNumber()).isTrue();
    assertThat(row.get(11).asString()).isEqualTo("0");
  }

  @Test
  void theLastRowIsOpen() {
    JsonNode last = WEB.json(klines("&limit=1")).get(0);
    assertThat(last.get(6).asLong()).isGreaterThan(NOW.toEpochMilli());
  }

  /** The candles are the sums of the trades that the exchange tells. */
  @ParameterizedTest
  @ValueSource(strings = {"BTCUSDT", "ETHBTC", "NMRUSDT"})
  void aCandleIsTheSumOfItsTrades(String symbol) {
    long start = at("2025-03-14T08:00:00Z");
    JsonNode rows =
        WEB.json(
            "/api/v3/klines?symbol=%s&interval=1m&limit=20&startTime=%d".formatted(symbol, start));
    JsonNode first =
        WEB.json("/api/v3/aggTrades?symbol=%s&limit=1&startTime=%d".formatted(symbol, start))
            .get(0);
    JsonNode trades =
        WEB.json(
            "/api/v3/historicalTrades?symbol=%s&limit=1000&fromId=%d"
                .formatted(symbol, first.get("f").asLong()));
    for (JsonNode row : rows) {
      List<JsonNode> own =
          rows(trades).stream()
              .filter(trade -> trade.get("time").asLong() >= row.get(0).asLong())
              .filter(trade -> trade.get("time").asLong() <= row.get(6).asLong())
              .toList();
      assertThat(row.get(8).asInt()).isEqualTo(own.size());
      assertThat(decimal(row.get(5))).isEqualByComparingTo(sum(own, "qty"));
      assertThat(decimal(row.get(7))).isEqualByComparingTo(sum(own, "quoteQty"));
      List<JsonNode> bought =
          own.stream().filter(trade -> !trade.get("isBuyerMaker").asBoolean()).toList();
      assertThat(decimal(row.get(9))).isEqualByComparingTo(sum(bought, "qty"));
      assertThat(decimal(row.get(10))).isEqualByComparingTo(sum(bought, "quoteQty"));
      if (!own.isEmpty()) {
        assertThat(row.get(1).asString()).isEqualTo(own.getFirst().get("price").asString());
        assertThat(row.get(4).asString()).isEqualTo(own.getLast().get("price").asString());
        List<BigDecimal> prices = own.stream().map(trade -> decimal(trade.get("price"))).toList();
        assertThat(decimal(row.get(2)))
            .isEqualByComparingTo(prices.stream().max(BigDecimal::compareTo).orElseThrow());
        assertThat(decimal(row.get(3)))
            .isEqualByComparingTo(prices.stream().min(BigDecimal::compareTo).orElseThrow());
      }
    }
  }

  private static BigDecimal sum(List<JsonNode> rows, String field) {
    return rows.stream()
        .map(row -> decimal(row.get(field)))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Test
  void theMoneyOfATradeIsItsPriceTimesItsSize() {
    for (JsonNode trade : WEB.json("/api/v3/trades?symbol=ETHBTC&limit=50")) {
      assertThat(decimal(trade.get("quoteQty")))
          .isEqualByComparingTo(decimal(trade.get("price")).multiply(decimal(trade.get("qty"))));
    }
  }

  @Test
  void aggregateTradesCoverAllTradesOnce() {
    JsonNode aggregates = WEB.json("/api/v3/aggTrades?symbol=BTCUSDT&limit=200");
    long from = aggregates.get(0).get("f").asLong();
    JsonNode trades = WEB.json("/api/v3/historicalTrades?symbol=BTCUSDT&limit=1000&fromId=" + from);
    long next = from;
    for (int i = 0; i < aggregates.size(); i++) {
      JsonNode row = aggregates.get(i);
      assertThat(row.get("a").asLong()).isEqualTo(aggregates.get(0).get("a").asLong() + i);
      assertThat(row.get("f").asLong()).isEqualTo(next);
      BigDecimal size = BigDecimal.ZERO;
      for (; next <= row.get("l").asLong(); next++) {
        JsonNode trade = trades.get((int) (next - from));
        assertThat(trade.get("id").asLong()).isEqualTo(next);
        assertThat(trade.get("price").asString()).isEqualTo(row.get("p").asString());
        assertThat(trade.get("time").asLong()).isEqualTo(row.get("T").asLong());
        assertThat(trade.get("isBuyerMaker").asBoolean()).isEqualTo(row.get("m").asBoolean());
        size = size.add(decimal(trade.get("qty")));
      }
      assertThat(decimal(row.get("q"))).isEqualByComparingTo(size);
    }
    assertThat(next - 1)
        .isEqualTo(WEB.json("/api/v3/trades?symbol=BTCUSDT&limit=1").get(0).get("id").asLong());
  }

  @Test
  void aggregateTradesAreFoundByTimeWithBothEndsIncluded() {
    JsonNode all = WEB.json("/api/v3/aggTrades?symbol=BTCUSDT&limit=50");
    long start = all.get(10).get("T").asLong();
    long end = all.get(30).get("T").asLong();
    JsonNode part =
        WEB.json("/api/v3/aggTrades?symbol=BTCUSDT&startTime=%d&endTime=%d".formatted(start, end));
    assertThat(rows(part))
        .isEqualTo(
            rows(all).stream()
                .filter(row -> row.get("T").asLong() >= start && row.get("T").asLong() <= end)
                .toList());
    long id = all.get(20).get("a").asLong();
    assertThat(rows(WEB.json("/api/v3/aggTrades?symbol=BTCUSDT&limit=5&fromId=" + id)))
        .isEqualTo(rows(all).subList(20, 25));
  }

  @Test
  void tradesCanBeWalkedFromTheVeryFirst() {
    JsonNode first = WEB.json("/api/v3/historicalTrades?symbol=BTCUSDT&fromId=0&limit=10");
    assertThat(rows(first).stream().map(row -> row.get("id").asLong()).toList())
        .isEqualTo(LongStream.range(0, 10).boxed().toList());
  }

  @Test
  void secondsWithoutTradesAreFlat() {
    JsonNode seconds = WEB.json("/api/v3/klines?symbol=BTCUSDT&interval=1s&limit=600");
    assertThat(times(seconds))
        .isEqualTo(
            LongStream.range(0, 600)
                .map(i -> at("2025-03-14T09:26:53Z") - 599_000 + i * 1000)
                .boxed()
                .toList());
    int flat = 0;
    for (int i = 1; i < 600; i++) {
      JsonNode row = seconds.get(i);
      if (row.get(8).asInt() == 0) {
        flat++;
        assertThat(row.get(1).asString()).isEqualTo(seconds.get(i - 1).get(4).asString());
        assertThat(row.get(5).asString()).isEqualTo("0.00000000");
      }
    }
    assertThat(flat).isBetween(300, 580);
  }

  @Test
  void theTickerIsTheSumOfTheLastDay() {
    JsonNode ticker = WEB.json("/api/v3/ticker/24hr?symbol=ETHUSDT");
    long open = ticker.get("openTime").asLong();
    assertThat(ticker.get("closeTime").asLong()).isEqualTo(NOW.toEpochMilli());
    assertThat(open).isEqualTo(NOW.toEpochMilli() - 24 * HOUR);
    JsonNode window = WEB.json("/api/v3/aggTrades?symbol=ETHUSDT&limit=1&startTime=" + open).get(0);
    assertThat(ticker.get("firstId").asLong()).isEqualTo(window.get("f").asLong());
    assertThat(ticker.get("openPrice").asString()).isEqualTo(window.get("p").asString());
    JsonNode last = WEB.json("/api/v3/trades?symbol=ETHUSDT&limit=1").get(0);
    assertThat(ticker.get("lastId").asLong()).isEqualTo(last.get("id").asLong());
    assertThat(ticker.get("lastPrice").asString()).isEqualTo(last.get("price").asString());
    assertThat(ticker.get("lastQty").asString()).isEqualTo(last.get("qty").asString());
    assertThat(ticker.get("count").asLong())
        .isEqualTo(ticker.get("lastId").asLong() - ticker.get("firstId").asLong() + 1);
  }

  @Test
  void theTickerOfADayIsTheDaysCandleAtMidnight() {
    Instant midnight = Instant.parse("2025-03-14T23:59:59.999Z");
    try (Simulator other =
            Simulator.start(
                SimulatorOptions.defaults().frozenAt(midnight).withLimits(LimitOptions.OFF));
        Browser web = new Browser(other.baseUrl())) {
      JsonNode day = web.json("/api/v3/klines?symbol=ETHBTC&interval=1d&limit=1").get(0);
      JsonNode ticker = web.json("/api/v3/ticker/tradingDay?symbol=ETHBTC");
      assertThat(ticker.get("volume").asString()).isEqualTo(day.get(5).asString());
      assertThat(ticker.get("quoteVolume").asString()).isEqualTo(day.get(7).asString());
      assertThat(ticker.get("highPrice").asString()).isEqualTo(day.get(2).asString());
      assertThat(ticker.get("lowPrice").asString()).isEqualTo(day.get(3).asString());
    }
  }

  @Test
  void theBookHasTheLastPriceInItsMiddle() {
    JsonNode book = WEB.json("/api/v3/depth?symbol=BTCUSDT&limit=5000");
    assertThat(book.get("bids").size()).isBetween(1000, 5000);
    assertThat(book.has("E")).isFalse();
    JsonNode best = WEB.json("/api/v3/ticker/bookTicker?symbol=BTCUSDT");
    assertThat(best.get("bidPrice").asString())
        .isEqualTo(book.get("bids").get(0).get(0).asString());
    assertThat(best.get("askQty").asString()).isEqualTo(book.get("asks").get(0).get(1).asString());
    BigDecimal last = decimal(WEB.json("/api/v3/ticker/price?symbol=BTCUSDT").get("price"));
    assertThat(last).isBetween(decimal(best.get("bidPrice")), decimal(best.get("askPrice")));
  }

  @Test
  void daysCanBeCutByAnotherClock() {
    JsonNode rows = WEB.json("/api/v3/klines?symbol=BTCUSDT&interval=1d&limit=1&timeZone=%2B08:00");
    assertThat(times(rows)).containsExactly(at("2025-03-13T16:00:00Z"));
    JsonNode half = WEB.json("/api/v3/klines?symbol=BTCUSDT&interval=1d&limit=1&timeZone=5:30");
    assertThat(times(half)).containsExactly(at("2025-03-13T18:30:00Z"));
  }

  @Test
  void timesCanBeAskedInMicroseconds() {
    JsonNode row = WEB.json(klines("&limit=1"), "X-MBX-TIME-UNIT", "MICROSECOND").get(0);
    assertThat(row.get(0).asLong()).isEqualTo(at("2025-03-14T09:26:00Z") * 1000);
    assertThat(row.get(6).asLong()).isEqualTo(at("2025-03-14T09:27:00Z") * 1000 - 1);
    long micros = at("2024-01-01T00:00:00Z") * 1000;
    assertThat(times(WEB.json(klines("&limit=1&startTime=" + micros))))
        .containsExactly(at("2024-01-01T00:00:00Z"));
  }

  @Test
  void whatIsNoLongerTradedIsKeptWithItsHistory() {
    JsonNode info = WEB.json("/api/v3/exchangeInfo?symbol=MATICUSDT").get("symbols").get(0);
    assertThat(info.get("status").asString()).isEqualTo("BREAK");
    JsonNode ticker = WEB.json("/api/v3/ticker/24hr?symbol=MATICUSDT");
    assertThat(ticker.get("count").asInt()).isZero();
    assertThat(ticker.get("firstId").asInt()).isEqualTo(-1);
    JsonNode rows = WEB.json("/api/v3/klines?symbol=MATICUSDT&interval=1d&limit=1");
    assertThat(times(rows)).containsExactly(at("2024-09-10T00:00:00Z"));
    assertThat(WEB.json("/api/v3/depth?symbol=MATICUSDT").get("bids")).isEmpty();
  }

  @Test
  void symbolsBeyondAsciiAreUnderstood() {
    Instant later = Instant.parse("2025-12-01T00:00:00Z");
    try (Simulator other = Simulator.start(SimulatorOptions.defaults().frozenAt(later));
        Browser web = new Browser(other.baseUrl())) {
      String symbol = "%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT";
      JsonNode info = web.json("/api/v3/exchangeInfo?symbol=" + symbol).get("symbols").get(0);
      assertThat(info.get("symbol").asString()).isEqualTo("币安人生USDT");
      assertThat(web.json("/api/v3/klines?interval=1h&symbol=" + symbol)).hasSize(500);
    }
  }

  @Test
  void exchangeInfoTellsStepsAndLimits() {
    JsonNode info = WEB.json("/api/v3/exchangeInfo");
    assertThat(info.get("rateLimits").get(0).get("limit").asInt()).isEqualTo(6000);
    assertThat(info.get("symbols").size()).isGreaterThanOrEqualTo(30);
    JsonNode symbol =
        WEB.json("/api/v3/exchangeInfo?symbols=%5B%22ETHBTC%22%5D").get("symbols").get(0);
    assertThat(symbol.get("filters").get(0).get("tickSize").asString()).isEqualTo("0.00001000");
    assertThat(symbol.get("quoteAsset").asString()).isEqualTo("BTC");
  }

  @Test
  void severalSymbolsCanBeAskedAtOnce() {
    String two = "?symbols=%5B%22BTCUSDT%22,%22ETHBTC%22%5D";
    for (String path : List.of("ticker/24hr", "ticker/price", "ticker/bookTicker", "ticker")) {
      assertThat(WEB.json("/api/v3/" + path + two)).hasSize(2);
    }
    assertThat(WEB.json("/api/v3/ticker/24hr").size()).isGreaterThanOrEqualTo(30);
    assertThat(WEB.json("/api/v3/ticker/24hr?type=MINI&symbol=BTCUSDT").has("bidPrice")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v3/klines?interval=1m | 400 -1102",
        "/api/v3/klines?symbol=&interval=1m | 400 -1102",
        "/api/v3/klines?symbol=BTCUSDT | 400 -1102",
        "/api/v3/klines?symbol=NOPE&interval=1m | 400 -1121",
        "/api/v3/klines?symbol=btcusdt&interval=1m | 400 -1100",
        "/api/v3/klines?symbol=BTCUSDT&interval=7m | 400 -1120",
        "/api/v3/klines?symbol=BTCUSDT&interval=1H | 400 -1120",
        "/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=x | 400 -1100",
        "/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=0 | 400 -1130",
        "/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=-5 | 400 -1100",
        "/api/v3/klines?symbol=BTCUSDT&interval=1m&foo=1 | 400 -1101",
        "/api/v3/klines?symbol=BTCUSDT&symbol=ETHUSDT&interval=1m | 400 -1101",
        "/api/v3/klines?symbol=BTCUSDT&interval=1d&timeZone=99 | 400 -1130",
        "/api/v3/aggTrades?symbol=BTCUSDT&fromId=1&startTime=2 | 400 -1128",
        "/api/v3/ticker/24hr?symbol=BTCUSDT&symbols=%5B%22BTCUSDT%22%5D | 400 -1128",
        "/api/v3/ticker/24hr?symbols=BTCUSDT | 400 -1100",
        "/api/v3/ticker/24hr?symbol=BTCUSDT&type=HUGE | 400 -1139",
        "/api/v3/ticker?symbol=BTCUSDT&windowSize=99m | 400 -1138",
      })
  void whatIsWrongIsSaidInTheExchangesCodes(String target, String error) {
    assertThat(WEB.error(target)).isEqualTo(error);
  }

  @Test
  void anUnknownPathIsNotFound() {
    assertThat(WEB.get("/api/v3/nothing").statusCode()).isEqualTo(404);
    assertThat(WEB.get("/nobody").statusCode()).isEqualTo(404);
  }
}
