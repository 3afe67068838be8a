package io.tradeflood.exchange.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.CursorBinding;
import io.tradeflood.exchange.Replay;
import io.tradeflood.history.Page;
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
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.ServerTime;
import io.tradeflood.model.Side;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Trade;
import io.tradeflood.model.Window;
import io.tradeflood.turn.Failure;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Both futures markets: what they share on USDⓈ-M, what differs on COIN-M. */
class BinanceContractTest {
  private static final Symbol BTC = Symbol.of("BTC/USDT:USDT");
  private static final Symbol INVERSE = Symbol.of("BTC/USD:BTC");
  private static final Symbol QUARTER = Symbol.of("BTC/USD:BTC-260327");
  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");
  private static final TimeRange MINUTE = TimeRange.parse("2026-01-01/PT1M");
  private static final CandleQuery CANDLES = new CandleQuery(BTC, Interval.M1, MINUTE);
  private static final String ASKED_CANDLES =
      "&interval=1m&startTime=1767225600000&endTime=1767225659999&limit=1";

  @RegisterExtension static final Replay REPLAY = new Replay(Map.of("apiKey", "secret"));

  private final BinanceFuturesRest futures = REPLAY.wiring().connector(BinanceFuturesRest.class);
  private final BinanceCoinRest coin = REPLAY.wiring().connector(BinanceCoinRest.class);

  private static Page page(CandleQuery query) {
    var pages = REPLAY.wiring().binding(BinanceFuturesCandles.class).pages(query);
    return new Page(query.window().from().map(_ -> MINUTE).orElseThrow(), 1, pages.ends(), false);
  }

  @Test
  void candlesOfUsdMarginHaveAQuoteVolume() throws Exception {
    REPLAY.serve("/fapi/v1/klines", "binance/rest/klines.futures");

    var candles =
        REPLAY.run(
            REPLAY
                .wiring()
                .binding(BinanceFuturesCandles.class)
                .plan(futures, CANDLES, page(CANDLES)));

    assertThat(candles)
        .extracting(Candle::volume, Candle::quoteVolume)
        .first()
        .hasToString("(512.125, Optional[44899991.25012])");
    assertThat(REPLAY.asked()).containsExactly("/fapi/v1/klines?symbol=BTCUSDT" + ASKED_CANDLES);
  }

  @Test
  void candlesOfCoinMarginAreCountedInContracts() throws Exception {
    REPLAY.serve("/dapi/v1/klines", "binance/rest/klines.coin");
    var query = new CandleQuery(INVERSE, Interval.M1, MINUTE);

    var candles =
        REPLAY.run(
            REPLAY.wiring().binding(BinanceCoinCandles.class).plan(coin, query, page(query)));

    assertThat(candles).extracting(Candle::volume).containsExactly(new BigDecimal("20471"));
    assertThat(candles).extracting(Candle::quoteVolume).containsExactly(Optional.empty());
    assertThat(REPLAY.asked())
        .containsExactly("/dapi/v1/klines?symbol=BTCUSD_PERP" + ASKED_CANDLES);
  }

  @Test
  void candlesOfOtherPricesAreAskedForInTheirPlaces() throws Exception {
    REPLAY.serve("/fapi/v1/markPriceKlines", "binance/rest/markPriceKlines.futures");
    REPLAY.serve("/fapi/v1/indexPriceKlines", "binance/rest/indexPriceKlines.futures");
    REPLAY.serve("/fapi/v1/premiumIndexKlines", "binance/rest/premiumIndexKlines.futures");
    var wiring = REPLAY.wiring();

    var mark =
        REPLAY.run(
            wiring.binding(BinanceFuturesMarkCandles.class).plan(futures, CANDLES, page(CANDLES)));
    var index =
        REPLAY.run(
            wiring.binding(BinanceFuturesIndexCandles.class).plan(futures, CANDLES, page(CANDLES)));
    var premium =
        REPLAY.run(
            wiring
                .binding(BinanceFuturesPremiumCandles.class)
                .plan(futures, CANDLES, page(CANDLES)));

    assertThat(mark)
        .containsExactly(
            new MarkCandle(
                Interval.M1,
                NEW_YEAR,
                new BigDecimal("87641.50000000"),
                new BigDecimal("87700.91304348"),
                new BigDecimal("87600.12000000"),
                new BigDecimal("87694.00000000")));
    assertThat(index)
        .extracting(IndexCandle::close)
        .containsExactly(new BigDecimal("87712.86086957"));
    assertThat(premium)
        .extracting(PremiumCandle::low)
        .containsExactly(new BigDecimal("-0.00047210"));
    assertThat(REPLAY.asked())
        .containsExactly(
            "/fapi/v1/markPriceKlines?symbol=BTCUSDT" + ASKED_CANDLES,
            "/fapi/v1/indexPriceKlines?pair=BTCUSDT" + ASKED_CANDLES,
            "/fapi/v1/premiumIndexKlines?symbol=BTCUSDT" + ASKED_CANDLES);
  }

  @Test
  void theWeightOfAPageIsThatOfItsRequest() {
    var pages = REPLAY.wiring().binding(BinanceFuturesCandles.class).pages(CANDLES);

    assertThat(pages.sizes()).containsExactly(99, 499, 1000, 1500);
    assertThat(pages.sizes())
        .extracting(size -> pages.price().of().applyAsLong(size))
        .containsExactly(1L, 2L, 5L, 10L);
    assertThat(List.of(1, 99, 100, 499, 500, 1000, 1001, 1500))
        .extracting(BinanceContractRest::klinesWeight)
        .containsExactly(1, 1, 2, 2, 5, 5, 10, 10);
  }

  @Test
  void onlyCoinMarginLimitsWhatOnePageSpans() {
    var pages = REPLAY.wiring().binding(BinanceCoinCandles.class);

    assertThat(pages.pages(new CandleQuery(INVERSE, Interval.D1, MINUTE)).reach().span())
        .contains(Duration.ofDays(200));
    assertThat(pages.pages(CANDLES).reach().span()).isEmpty();
  }

  @Test
  void thereAreNoSecondsOnFutures() {
    var said =
        REPLAY
            .wiring()
            .binding(BinanceFuturesCandles.class)
            .availability(futures, new CandleQuery(BTC, Interval.S1, MINUTE), NEW_YEAR);

    assertThat(said).isInstanceOf(Availability.Cannot.class);
  }

  @Test
  void tradesAreTheAggregates() throws Exception {
    REPLAY.serve("/fapi/v1/aggTrades", "binance/rest/aggTrades.futures");
    var binding = REPLAY.wiring().binding(BinanceFuturesTrades.class);
    var query = new SeriesQuery(BTC, Window.of(MINUTE));

    var trades = REPLAY.run(binding.plan(futures, query, 2900000001L, 1000));

    assertThat(trades)
        .first()
        .isEqualTo(
            new Trade(
                "2900000001",
                NEW_YEAR.plusMillis(5),
                new BigDecimal("87640.10"),
                new BigDecimal("0.502"),
                Side.SELL));
    assertThat(REPLAY.asked())
        .containsExactly("/fapi/v1/aggTrades?symbol=BTCUSDT&fromId=2900000001&limit=1000");
    assertThat(binding.reach(query, NEW_YEAR).orElseThrow().start())
        .isEqualTo(NEW_YEAR.minus(Duration.ofHours(24)));
  }

  @Test
  void singleTradesOfThePastNeedAKey() throws Exception {
    REPLAY.serve("/fapi/v1/historicalTrades", "binance/rest/historicalTrades.futures");

    var trades = REPLAY.run(futures.historicalTrades("BTCUSDT", OptionalLong.of(6900000007L), 500));

    assertThat(trades).extracting(BinanceTrade::id).containsExactly(6900000007L);
    assertThat(REPLAY.header("X-MBX-APIKEY")).isEqualTo("secret");
    assertThat(REPLAY.asked())
        .containsExactly("/fapi/v1/historicalTrades?symbol=BTCUSDT&fromId=6900000007&limit=500");
  }

  @Test
  void singleTradesWithoutAKeyAreUnsupported() throws Exception {
    try (var keyless =
        new io.tradeflood.exchange.Wiring(java.net.URI.create("http://127.0.0.1:1"))) {
      var turn =
          keyless
              .connector(BinanceFuturesRest.class)
              .historicalTrades("BTCUSDT", OptionalLong.empty(), 1);

      assertThatThrownBy(() -> keyless.run(turn))
          .isInstanceOf(Failure.Unsupported.class)
          .hasMessageContaining("set apiKey");
    }
  }

  @Test
  void aBookIsAskedForBySizesThatExistAndCut() throws Exception {
    REPLAY.serve("/fapi/v1/depth", "binance/rest/depth.futures");

    var book =
        REPLAY.run(
            REPLAY
                .wiring()
                .binding(BinanceFuturesBook.class)
                .plan(futures, new BookQuery(BTC, OptionalInt.of(2))));

    assertThat(book.time()).contains(NEW_YEAR.plusMillis(120));
    assertThat(book.asks())
        .containsExactly(
            new OrderBook.Level(new BigDecimal("87640.20"), new BigDecimal("0.802")),
            new OrderBook.Level(new BigDecimal("87640.30"), new BigDecimal("7.100")));
    assertThat(REPLAY.asked()).containsExactly("/fapi/v1/depth?symbol=BTCUSDT&limit=5");
    assertThat(List.of(5, 50, 100, 500, 1000))
        .extracting(BinanceContractRest::depthWeight)
        .containsExactly(2, 2, 5, 10, 20);
  }

  @Test
  void aTickerIsJoinedWithTheBestPrices() throws Exception {
    REPLAY.serve("/fapi/v1/ticker/24hr", "binance/rest/ticker24hr.futures");
    REPLAY.serve("/fapi/v1/ticker/bookTicker", "binance/rest/bookTicker.futures");

    var ticker =
        REPLAY.run(
            REPLAY.wiring().binding(BinanceFuturesTicker.class).plan(futures, new NowQuery(BTC)));

    assertThat(ticker.time()).isEqualTo(NEW_YEAR.plusMillis(8));
    assertThat(ticker.bid()).contains(new BigDecimal("87640.10"));
    assertThat(ticker.askSize()).contains(new BigDecimal("0.802"));
    assertThat(ticker.quoteVolume()).contains(new BigDecimal("15012382911.20"));
    assertThat(REPLAY.asked())
        .containsExactlyInAnyOrder(
            "/fapi/v1/ticker/24hr?symbol=BTCUSDT", "/fapi/v1/ticker/bookTicker?symbol=BTCUSDT");
  }

  @Test
  void coinMarginGivesListsOfOne() throws Exception {
    REPLAY.serve("/dapi/v1/ticker/24hr", "binance/rest/ticker24hr.coin");
    REPLAY.serve("/dapi/v1/ticker/bookTicker", "binance/rest/bookTicker.coin");

    var ticker =
        REPLAY.run(
            REPLAY.wiring().binding(BinanceCoinTicker.class).plan(coin, new NowQuery(INVERSE)));

    assertThat(ticker.volume()).contains(new BigDecimal("9210344"));
    assertThat(ticker.quoteVolume()).isEmpty();
    assertThat(ticker.bidSize()).contains(new BigDecimal("1500"));
  }

  @Test
  void instrumentsOfTheOtherMarketAreLeftToIt() throws Exception {
    REPLAY.serve("/fapi/v1/exchangeInfo", "binance/rest/exchangeInfo.futures");

    var instruments =
        REPLAY.run(
            REPLAY
                .wiring()
                .binding(BinanceFuturesInstruments.class)
                .plan(futures, new CatalogQuery()));

    assertThat(instruments)
        .extracting(Instrument::symbol)
        .containsExactly(BTC, Symbol.of("BTC/USDT:USDT-260327"), Symbol.of("OLD/USDT:USDT"));
    assertThat(instruments)
        .extracting(Instrument::status)
        .containsExactly(
            Instrument.Status.TRADING, Instrument.Status.TRADING, Instrument.Status.HALTED);
    assertThat(instruments.get(0).minValue()).contains(new BigDecimal("100"));
    assertThat(instruments.get(0).tickSize()).contains(new BigDecimal("0.10"));
    assertThat(instruments.get(0).expiry()).isEmpty();
    assertThat(instruments.get(1).expiry()).contains(Instant.parse("2026-03-27T08:00:00Z"));
    assertThat(instruments.get(1).listed()).contains(Instant.parse("2025-09-26T08:00:00Z"));
  }

  @Test
  void instrumentsOfCoinMarginAreContractsOfSomeDollars() throws Exception {
    REPLAY.serve("/dapi/v1/exchangeInfo", "binance/rest/exchangeInfo.coin");

    var instruments =
        REPLAY.run(
            REPLAY.wiring().binding(BinanceCoinInstruments.class).plan(coin, new CatalogQuery()));

    assertThat(instruments).extracting(Instrument::symbol).containsExactly(INVERSE, QUARTER);
    assertThat(instruments.getFirst().contractSize()).contains(new BigDecimal("100"));
    assertThat(instruments)
        .extracting(Instrument::status)
        .containsExactly(Instrument.Status.TRADING, Instrument.Status.LISTED);
  }

  @Test
  void oneCallTellsMarkPriceIndexPriceAndFunding() throws Exception {
    REPLAY.serve("/fapi/v1/premiumIndex", "binance/rest/premiumIndex.futures");
    var wiring = REPLAY.wiring();
    var query = new NowQuery(BTC);

    var mark = wiring.binding(BinanceFuturesMarkPrice.class).plan(futures, query);
    var index = wiring.binding(BinanceFuturesIndexPrice.class).plan(futures, query);
    var funding = wiring.binding(BinanceFuturesFunding.class).plan(futures, query);
    var all = REPLAY.run(io.tradeflood.turn.Turn.<Object>all(List.of(mark, index, funding)));

    assertThat(all)
        .containsExactly(
            new MarkPrice(NEW_YEAR.plusSeconds(1), new BigDecimal("87641.50000000")),
            new IndexPrice(NEW_YEAR.plusSeconds(1), new BigDecimal("87660.11956522")),
            new FundingRate(
                NEW_YEAR.plusSeconds(1),
                new BigDecimal("-0.00001200"),
                Optional.of(NEW_YEAR.plus(Duration.ofHours(8)))));
    assertThat(REPLAY.asked()).containsExactly("/fapi/v1/premiumIndex?symbol=BTCUSDT");
  }

  @Test
  void whatIsDeliveredHasAMarkPriceButNoFunding() throws Exception {
    REPLAY.serve("/dapi/v1/premiumIndex", "binance/rest/premiumIndex.coin");
    var query = new NowQuery(QUARTER);

    assertThat(REPLAY.run(REPLAY.wiring().binding(BinanceCoinMarkPrice.class).plan(coin, query)))
        .isEqualTo(new MarkPrice(NEW_YEAR.plusSeconds(1), new BigDecimal("88120.10000000")));
    assertThat(
            REPLAY.wiring().binding(BinanceCoinFunding.class).availability(coin, query, NEW_YEAR))
        .isEqualTo(
            Availability.cannot(
                "funding is paid on perpetuals only, and BTC/USD:BTC-260327 is delivered: ask for its perpetual"));
  }

  @Test
  void fundingIsWalkedByWindows() throws Exception {
    REPLAY.serve("/fapi/v1/fundingRate", "binance/rest/fundingRate.futures");
    var range = TimeRange.parse("2025-12-31/2026-01-01T00:00:01Z");
    var binding = REPLAY.wiring().binding(BinanceFuturesFundingHistory.class);
    var query = new SeriesQuery(BTC, Window.of(range));

    var whole =
        REPLAY.run(binding.plan(futures, query, range, Optional.empty(), Integer.MAX_VALUE));
    var newest = REPLAY.run(binding.plan(futures, query, range, Optional.empty(), 1));

    assertThat(whole)
        .isEqualTo(
            new CursorBinding.Step<>(
                List.of(
                    new FundingRate(
                        NEW_YEAR.minus(Duration.ofHours(8)),
                        new BigDecimal("0.00010000"),
                        Optional.empty()),
                    new FundingRate(
                        NEW_YEAR.plusMillis(2), new BigDecimal("-0.00001200"), Optional.empty())),
                Optional.empty()));
    assertThat(newest.next()).contains("1767196801000");
    assertThat(REPLAY.asked())
        .containsExactly(
            "/fapi/v1/fundingRate?symbol=BTCUSDT&startTime=1767139200000&endTime=1767225600999&limit=1000",
            "/fapi/v1/fundingRate?symbol=BTCUSDT&startTime=1767196801000&endTime=1767225600999&limit=1000");
  }

  @Test
  void openInterestIsNowOrByPeriods() throws Exception {
    REPLAY.serve("/fapi/v1/openInterest", "binance/rest/openInterest.futures");
    REPLAY.serve("/futures/data/openInterestHist", "binance/rest/openInterestHist.futures");
    var query = new CandleQuery(BTC, Interval.M5, TimeRange.parse("2026-01-01/PT5M"));
    var history = REPLAY.wiring().binding(BinanceFuturesOpenInterestHistory.class);
    var page = new Page(TimeRange.parse("2026-01-01/PT5M"), 1, history.pages(query).ends(), false);

    var now =
        REPLAY.run(
            REPLAY
                .wiring()
                .binding(BinanceFuturesOpenInterest.class)
                .plan(futures, new NowQuery(BTC)));
    var then = REPLAY.run(history.plan(futures, query, page));

    assertThat(now)
        .isEqualTo(
            new OpenInterest(
                NEW_YEAR.plusMillis(700), new BigDecimal("90123.456"), Optional.empty()));
    assertThat(then)
        .containsExactly(
            new OpenInterest(
                NEW_YEAR,
                new BigDecimal("90120.10000000"),
                Optional.of(new BigDecimal("7898221100.50000000"))));
    assertThat(history.pages(query).reach().retention()).contains(Duration.ofDays(30));
    assertThat(REPLAY.asked())
        .last()
        .isEqualTo(
            "/futures/data/openInterestHist?symbol=BTCUSDT&period=5m&startTime=1767225600000&endTime=1767225899999&limit=1");
  }

  @Test
  void openInterestOfAQuarterIsAskedForByItsType() throws Exception {
    REPLAY.serve("/dapi/v1/exchangeInfo", "binance/rest/exchangeInfo.coin");
    REPLAY.serve("/futures/data/openInterestHist", "binance/rest/openInterestHist.coin");
    var range = TimeRange.parse("2026-01-01/PT5M");
    var query = new CandleQuery(QUARTER, Interval.M5, range);
    var history = REPLAY.wiring().binding(BinanceCoinOpenInterestHistory.class);

    var rows =
        REPLAY.run(
            history.plan(coin, query, new Page(range, 1, history.pages(query).ends(), false)));

    assertThat(rows)
        .containsExactly(
            new OpenInterest(NEW_YEAR, new BigDecimal("2010400.00000000"), Optional.empty()));
    assertThat(REPLAY.asked())
        .containsExactly(
            "/dapi/v1/exchangeInfo?",
            "/futures/data/openInterestHist?pair=BTCUSD&contractType=NEXT_QUARTER&period=5m&startTime=1767225600000&endTime=1767225899999&limit=1");
  }

  @Test
  void eachMarketHasAClock() throws Exception {
    REPLAY.serve("/fapi/v1/time", "binance/rest/time");

    assertThat(
            REPLAY.run(
                REPLAY.wiring().binding(BinanceFuturesTime.class).plan(futures, new NowQuery(BTC))))
        .isEqualTo(new ServerTime(NEW_YEAR.plusMillis(5)));
  }

  @Test
  void namesFollowFromSymbols() {
    assertThat(futures.nameOf(BTC)).isEqualTo("BTCUSDT");
    assertThat(futures.nameOf(Symbol.of("BTC/USDT:USDT-261225"))).isEqualTo("BTCUSDT_261225");
    assertThat(coin.nameOf(INVERSE)).isEqualTo("BTCUSD_PERP");
    assertThat(coin.nameOf(Symbol.of("BTC/USD:BTC-261225"))).isEqualTo("BTCUSD_261225");
    assertThat(coin.pairOf(QUARTER)).isEqualTo("BTCUSD");
  }

  @Test
  void eachMarketCoversItsOwn() {
    assertThat(futures.covers(BTC)).isTrue();
    assertThat(futures.covers(INVERSE)).isFalse();
    assertThat(futures.covers(Symbol.of("BTC/USDT"))).isFalse();
    assertThat(coin.covers(QUARTER)).isTrue();
    assertThat(coin.covers(BTC)).isFalse();
    assertThat(coin.covers(Symbol.of("BTC/USD:BTC-260327-80000-C"))).isFalse();
  }
}
