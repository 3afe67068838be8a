package io.tradeflood.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.Answer;
import io.tradeflood.Coverage;
import io.tradeflood.Request;
import io.tradeflood.TradeFlood;
import io.tradeflood.model.AggTrade;
import io.tradeflood.model.Bar;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.Candle;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.CatalogQuery;
import io.tradeflood.model.FundingRate;
import io.tradeflood.model.IndexCandle;
import io.tradeflood.model.IndexPrice;
import io.tradeflood.model.Instrument;
import io.tradeflood.model.Interval;
import io.tradeflood.model.MarkCandle;
import io.tradeflood.model.MarkPrice;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.OpenInterest;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.PremiumCandle;
import io.tradeflood.model.Query;
import io.tradeflood.model.Row;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.ServerTime;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.Ticker;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Trade;
import io.tradeflood.model.Window;
import io.tradeflood.simulator.Chaos;
import io.tradeflood.simulator.Simulator;
import io.tradeflood.simulator.SimulatorOptions;
import io.tradeflood.turn.Failure;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole way of requests, from the entry point to played exchanges and back. */
class SimulatedTest {
  private static final Instant NOW = Instant.parse("2026-03-10T12:34:56.789Z");
  private static final TimeRange HOUR = TimeRange.parse("2026-03-10T10:00:00Z/PT1H");
  private static final TimeRange HOURS = TimeRange.parse("2026-03-10T03:30:00Z/PT7H");
  private static final Simulator SIMULATOR =
      Simulator.start(SimulatorOptions.defaults().frozenAt(NOW));
  private static final TradeFlood FLOOD = flood();

  private static TradeFlood flood() {
    var builder = TradeFlood.builder().clock(InstantSource.fixed(NOW));
    SIMULATOR.hosts().forEach(builder::host);
    return builder.build();
  }

  @BeforeEach
  void allIsWell() {
    SIMULATOR.chaos(Chaos.NONE);
  }

  @AfterAll
  static void close() {
    FLOOD.close();
    assertThat(SIMULATOR.stats().status(429)).as("limits broken").isZero();
    SIMULATOR.close();
  }

  private static <M> Answer<M> pull(String exchange, Class<M> model, Query query) {
    return FLOOD.pull(Request.of(exchange, model, query));
  }

  private static long asked(String path) {
    return SIMULATOR.stats().requests(path);
  }

  private static void assertHistory(Answer<? extends Row> answer) {
    assertThat(answer.failure()).isEmpty();
    assertThat(answer.isWhole()).isTrue();
    var keys = answer.rows().stream().map(row -> row.time() + " " + row.id()).toList();
    assertThat(keys).doesNotHaveDuplicates();
    assertThat(answer.rows()).extracting(Row::time).isSorted();
  }

  static Stream<Arguments> bars() {
    var all = new ArrayList<Arguments>();
    for (String market : List.of("binance BTC/USDT", "bitget BTC/USDT", "bitget ETH/BTC"))
      all.add(Arguments.of(market, Candle.class));
    for (String market :
        List.of(
            "binance BTC/USDT:USDT",
            "bitget BTC/USDT:USDT",
            "bitget BTC/USD:BTC",
            "bitget BTC/USDC:USDC"))
      for (Class<?> model : List.of(Candle.class, MarkCandle.class, IndexCandle.class))
        all.add(Arguments.of(market, model));
    all.add(Arguments.of("binance BTC/USDT:USDT", PremiumCandle.class));
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("bars")
  <B extends Bar<B>> void barsUpToNowEndWithTheOpenOne(String market, Class<B> model) {
    String[] words = market.split(" ");
    var query =
        new CandleQuery(
            Symbol.of(words[1]), Interval.M5, Window.since(Instant.parse("2026-03-05T00:00:00Z")));

    var answer = pull(words[0], model, query);

    assertHistory(answer);
    assertThat(answer.rows()).hasSize(5 * 288 + 12 * 12 + 7);
    assertThat(answer.rows().subList(0, answer.rows().size() - 1)).allMatch(Bar::closed);
    assertThat(answer.rows().getLast().closed()).isFalse();
    assertThat(answer.rows().getLast().time()).isEqualTo(Instant.parse("2026-03-10T12:30:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "binance, BTC/USDT, /api/v3/klines, 11",
    "binance, BTC/USDT:USDT, /fapi/v1/klines, 22",
    "bitget, BTC/USDT, /api/v2/spot/market/candles, 12",
    "bitget, BTC/USDT:USDT, /api/v2/mix/market/candles, 12",
    "bitget, BTC/USD:BTC, /api/v2/mix/market/candles, 12"
  })
  void aWeekOfMinutesHasEveryMinuteOnce(
      String exchange, String symbol, String path, long mostCalls) {
    var range = TimeRange.parse("2026-02-20/P7D");
    long before = asked(path);

    var answer =
        pull(exchange, Candle.class, new CandleQuery(Symbol.of(symbol), Interval.M1, range));

    assertHistory(answer);
    assertThat(answer.rows()).hasSize(10_080);
    assertThat(answer.rows()).extracting(Candle::time).allMatch(range::contains);
    assertThat(asked(path) - before).isBetween(7L, mostCalls);
  }

  @ParameterizedTest
  @CsvSource({"BTC/USDT, spot", "BTC/USDT:USDT, mix"})
  void bitgetsOldAndRecentCandlesMeetWithoutASeam(String symbol, String market) {
    var range = TimeRange.parse("2026-02-05/P8D"); // recent minutes begin on the 8th
    long before = asked("/api/v2/%s/market/history-candles".formatted(market));

    var answer =
        pull("bitget", Candle.class, new CandleQuery(Symbol.of(symbol), Interval.M1, range));

    assertHistory(answer);
    assertThat(answer.rows()).hasSize(8 * 1440);
    assertThat(asked("/api/v2/%s/market/history-candles".formatted(market)) - before)
        .isBetween(20L, 30L);
  }

  @ParameterizedTest
  @CsvSource({
    "binance, BTC/USDT",
    "binance, BTC/USDT:USDT",
    "bitget, BTC/USDT",
    "bitget, BTC/USDT:USDT"
  })
  void longBarsAreThoseOfUtc(String exchange, String symbol) {
    var hours = sums(exchange, symbol, Interval.H1);

    for (Interval interval :
        List.of(Interval.H4, Interval.H6, Interval.H12, Interval.D1, Interval.W1)) {
      var bars = sums(exchange, symbol, interval);
      var summed =
          hours.entrySet().stream()
              .collect(
                  Collectors.toMap(
                      hour -> interval.floor(hour.getKey()), Map.Entry::getValue, BigDecimal::add));
      assertThat(bars.keySet()).as("%s", interval).isEqualTo(summed.keySet());
      bars.forEach(
          (time, volume) ->
              assertThat(volume)
                  .as("%s at %s", interval, time)
                  .isEqualByComparingTo(summed.get(time)));
    }
  }

  /** Volumes of two whole weeks by the start of their bars. */
  private static Map<Instant, BigDecimal> sums(String exchange, String symbol, Interval interval) {
    var range = TimeRange.parse("2026-02-02/P14D"); // Monday to Sunday, twice
    var answer = pull(exchange, Candle.class, new CandleQuery(Symbol.of(symbol), interval, range));
    assertHistory(answer);
    return answer.rows().stream().collect(Collectors.toMap(Candle::time, Candle::volume));
  }

  @ParameterizedTest
  @CsvSource({"binance, BTC/USDT", "bitget, BTC/USDT", "bitget, BTC/USDT:USDT"})
  void monthsHaveTheirOwnLengths(String exchange, String symbol) {
    var answer =
        pull(
            exchange,
            Candle.class,
            new CandleQuery(
                Symbol.of(symbol), Interval.MONTH1, TimeRange.parse("2024-01-01/2026-01-01")));

    assertHistory(answer);
    assertThat(answer.rows()).hasSize(24);
    assertThat(answer.rows().get(1).time()).isEqualTo(Instant.parse("2024-02-01T00:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "binance, BTC/USDT",
    "binance, BTC/USDT:USDT",
    "binance, NMR/USDT",
    "binance, NMR/USDT:USDT",
    "bitget, BTC/USDT",
    "bitget, BTC/USDT:USDT",
    "bitget, BTC/USD:BTC",
    "bitget, NMR/USDT:USDT"
  })
  void tradesAddUpToTheCandlesOfTheirHours(String exchange, String symbol) {
    var answer = pull(exchange, Trade.class, new SeriesQuery(Symbol.of(symbol), Window.of(HOURS)));
    var candles =
        pull(exchange, Candle.class, new CandleQuery(Symbol.of(symbol), Interval.M30, HOURS))
            .rows();

    assertHistory(answer);
    assertThat(candles).hasSize(14);
    var volumes =
        answer.rows().stream()
            .collect(
                Collectors.toMap(
                    trade -> Interval.M30.floor(trade.time()), Trade::size, BigDecimal::add));
    for (Candle candle : candles)
      assertThat(volumes.getOrDefault(candle.time(), BigDecimal.ZERO))
          .as("volume at %s", candle.time())
          .isEqualByComparingTo(candle.volume());
  }

  @Test
  void aggregatesAddUpToTheirTrades() {
    var query = new SeriesQuery(Symbol.of("ETH/USDT"), Window.of(HOURS));

    var trades = pull("binance", Trade.class, query).rows();
    var aggregates = pull("binance", AggTrade.class, query).rows();

    assertThat(aggregates).hasSizeLessThan(trades.size());
    assertThat(sum(aggregates, AggTrade::size)).isEqualByComparingTo(sum(trades, Trade::size));
    assertThat(aggregates.getFirst().firstTrade()).isEqualTo(trades.getFirst().id());
    assertThat(aggregates.getLast().lastTrade()).isEqualTo(trades.getLast().id());
  }

  private static <M> BigDecimal sum(List<M> rows, Function<M, BigDecimal> size) {
    return rows.stream().map(size).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @ParameterizedTest
  @CsvSource({
    "binance, BTC/USDT",
    "binance, BTC/USDT:USDT",
    "bitget, BTC/USDT",
    "bitget, BTC/USDT:USDT",
    "bitget, BTC/USD:BTC"
  })
  void theNewestTradesAreTheTailOfTheTape(String exchange, String symbol) {
    var all =
        pull(
                exchange,
                Trade.class,
                new SeriesQuery(Symbol.of(symbol), Window.since(NOW.minusSeconds(3600))))
            .rows();
    var newest = pull(exchange, Trade.class, new SeriesQuery(Symbol.of(symbol), Window.latest(50)));

    assertHistory(newest);
    assertThat(newest.rows()).isEqualTo(all.subList(all.size() - 50, all.size()));
  }

  @ParameterizedTest
  @CsvSource({
    "binance, BTC/USDT:USDT, 8",
    "binance, NEAR/USDT:USDT, 4",
    "binance, ASTER/USDT:USDT, 1",
    "bitget, BTC/USDT:USDT, 8",
    "bitget, NEAR/USDT:USDT, 4",
    "bitget, BTC/USD:BTC, 8"
  })
  void fundingIsWalkedWithoutAHole(String exchange, String symbol, long hours) {
    var range = TimeRange.parse("2025-11-01/P100D");

    var answer =
        pull(exchange, FundingRate.class, new SeriesQuery(Symbol.of(symbol), Window.of(range)));

    assertHistory(answer);
    var paid =
        Stream.iterate(range.start(), range::contains, time -> time.plus(Duration.ofHours(hours)))
            .toList();
    assertThat(answer.rows())
        .extracting(rate -> rate.time().truncatedTo(ChronoUnit.MINUTES))
        .isEqualTo(paid);
  }

  static Stream<Arguments> values() {
    var all = new ArrayList<Arguments>();
    for (String market :
        List.of(
            "binance BTC/USDT",
            "binance 币安人生/USDT",
            "bitget BTC/USDT",
            "bitget ETH/BTC",
            "binance BTC/USDT:USDT",
            "binance BTC/USDT:USDT-260327",
            "bitget BTC/USDT:USDT",
            "bitget BTC/USD:BTC",
            "bitget ETH/USD:ETH-260327",
            "bitget BTC/USDC:USDC")) {
      for (Class<?> model : List.of(Ticker.class, ServerTime.class))
        all.add(Arguments.of(market, model));
      if (market.contains(":"))
        for (Class<?> model : List.of(MarkPrice.class, IndexPrice.class, OpenInterest.class))
          all.add(Arguments.of(market, model));
      if (market.contains(":") && !market.contains("-"))
        all.add(Arguments.of(market, FundingRate.class));
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("values")
  void thePresentValueIsOne(String market, Class<?> model) {
    String[] words = market.split(" ");

    var answer = pull(words[0], model, new NowQuery(Symbol.of(words[1])));

    assertThat(answer.failure()).isEmpty();
    assertThat(answer.rows()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "binance, BTC/USDT, 5000",
    "binance, BTC/USDT:USDT, 7",
    "bitget, BTC/USDT, 150",
    "bitget, BTC/USDT:USDT, 20",
    "bitget, BTC/USD:BTC, 100"
  })
  void aBookIsAsDeepAsAskedForAndSorted(String exchange, String symbol, int depth) {
    var query = new BookQuery(Symbol.of(symbol), java.util.OptionalInt.of(depth));

    var book = pull(exchange, OrderBook.class, query).orThrow().getFirst();

    assertThat(book.bids()).hasSizeBetween(1, depth);
    assertThat(book.asks()).hasSizeBetween(1, depth);
    assertThat(book.asks().getFirst().price()).isGreaterThan(book.bids().getFirst().price());
    assertThat(book.bids())
        .extracting(OrderBook.Level::price)
        .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    assertThat(book.asks()).extracting(OrderBook.Level::price).isSorted();
    if (depth <= 20) assertThat(book.bids()).hasSize(depth);
  }

  @Test
  void openInterestOfBinanceHasAHistoryOfAMonth() {
    var answer =
        pull(
            "binance",
            OpenInterest.class,
            new CandleQuery(
                Symbol.of("BTC/USDT:USDT"), Interval.H1, TimeRange.parse("2026-01-01/2026-03-01")));

    assertThat(answer.rows()).hasSize(20 * 24 + 11);
    assertThat(answer.coverage())
        .first()
        .extracting(Coverage::state)
        .isEqualTo(Coverage.State.BEYOND_RETENTION);
  }

  @ParameterizedTest
  @CsvSource({"binance, BTC/USDT:USDT, 2026-03-01", "bitget, BTC/USDT, 2025-11-01"})
  void tradesBeyondRetentionAreRefusedWithoutAsking(String exchange, String symbol, String from) {
    long before = SIMULATOR.stats().requests();

    var answer =
        pull(
            exchange,
            Trade.class,
            new SeriesQuery(Symbol.of(symbol), Window.of(TimeRange.parse(from + "/P1D"))));

    assertThat(answer.rows()).isEmpty();
    assertThat(answer.isWhole()).isFalse();
    assertThat(SIMULATOR.stats().requests()).isEqualTo(before);
  }

  @Test
  void instrumentsOfBothMarketsKeepTheirNames() {
    for (String exchange : List.of("binance", "bitget")) {
      var instruments = pull(exchange, Instrument.class, new CatalogQuery()).orThrow();

      assertThat(instruments).extracting(Instrument::symbol).doesNotHaveDuplicates();
      assertThat(instruments)
          .extracting(Instrument::symbol)
          .contains(Symbol.of("BTC/USDT"), Symbol.of("BTC/USDT:USDT"), Symbol.of("币安人生/USDT"));
      assertThat(instruments)
          .extracting(Instrument::tickSize)
          .allMatch(java.util.Optional::isPresent);
    }
  }

  @Test
  void manyTickersAreHadByTheCallThatCostsLess() {
    var requests =
        Stream.of("BTC/USDT", "ETH/USDT", "ETH/BTC", "NMR/USDT")
            .map(symbol -> Request.of("bitget", Ticker.class, new NowQuery(Symbol.of(symbol))))
            .toList();
    long before = asked("/api/v2/spot/market/tickers");

    var answers = FLOOD.pull(requests);

    assertThat(answers).allMatch(answer -> answer.rows().size() == 1);
    assertThat(asked("/api/v2/spot/market/tickers") - before).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "binance, BTCXXX/USDT, -1121",
    "binance, BTCXXX/USDT:USDT, -1121",
    "binance, BTCXXX/USD:BTCXXX, -1121",
    "bitget, BTCXXX/USDT, 40034",
    "bitget, BTCXXX/USDT:USDT, 40034"
  })
  void anUnknownSymbolIsRefusedInOneLine(String exchange, String symbol, String code) {
    var answer = pull(exchange, Ticker.class, new NowQuery(Symbol.of(symbol)));

    assertThat(answer.failure())
        .get()
        .isInstanceOfSatisfying(
            Failure.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(code);
              assertThat(refused.reason())
                  .startsWith("%s knows no %s (".formatted(exchange, symbol))
                  .endsWith("see tradeflood list symbols " + exchange)
                  .doesNotContain("\n");
            });
  }

  @ParameterizedTest
  @CsvSource({"BTC/USDT, /api/v2/spot/market/candles", "BTC/USDT:USDT, /api/v2/mix/market/candles"})
  void recentCandlesThatAreDeniedAreFoundAmongTheOlderOnes(String symbol, String path) {
    SIMULATOR.chaos(Chaos.parse("emptylist" + path));

    var answer =
        pull(
            "bitget",
            Candle.class,
            new CandleQuery(
                Symbol.of(symbol), Interval.M1, TimeRange.parse("2026-03-08T07:00:00Z/P1D")));

    assertHistory(answer);
    assertThat(answer.rows()).hasSize(1440);
  }

  @ParameterizedTest
  @CsvSource({
    "binance, 503:-1008, /api/v3/klines",
    "bitget, 400:45001, /api/v2/spot/market/candles"
  })
  void whatPassesIsTriedAgain(String exchange, String error, String path) {
    SIMULATOR.chaos(Chaos.parse("error=%s@every2%s".formatted(error, path)));

    var answer =
        pull(
            exchange,
            Candle.class,
            new CandleQuery(
                Symbol.of("BTC/USDT"), Interval.M1, TimeRange.parse("2026-03-08/PT50H")));

    assertHistory(answer);
    assertThat(answer.rows()).hasSize(3000);
  }

  @Test
  void nothingBeforeTheListingIsEmptyAndNotAFailure() {
    var answer =
        pull(
            "binance",
            Candle.class,
            new CandleQuery(
                Symbol.of("BTC/USDT:USDT"), Interval.D1, TimeRange.parse("2015-01-01/P1Y")));

    assertThat(answer.failure()).isEmpty();
    assertThat(answer.rows()).isEmpty();
  }

  @Test
  void tradesOfAnHourAreOfThatHour() {
    var answer =
        pull("binance", Trade.class, new SeriesQuery(Symbol.of("BTC/USDT"), Window.of(HOUR)));

    assertHistory(answer);
    assertThat(answer.rows()).extracting(Trade::time).allMatch(HOUR::contains);
  }
}
