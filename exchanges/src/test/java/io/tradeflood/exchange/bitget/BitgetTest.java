package io.tradeflood.exchange.bitget;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BitgetTest {
  private static final Symbol BTC = Symbol.of("BTC/USDT");
  private static final Symbol SWAP = Symbol.of("BTC/USDT:USDT");
  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");
  private static final TimeRange TWO_MINUTES = TimeRange.parse("2026-01-01/PT2M");
  private static final String MIX = "productType=USDT-FUTURES&symbol=BTCUSDT";

  @RegisterExtension static final Replay REPLAY = new Replay(Map.of());

  private final BitgetSpotRest spot = REPLAY.wiring().connector(BitgetSpotRest.class);
  private final BitgetMixRest mix = REPLAY.wiring().connector(BitgetMixRest.class);
  private final BitgetUnifiedRest unified = REPLAY.wiring().connector(BitgetUnifiedRest.class);

  private static Page page(boolean recent) {
    return new Page(
        TWO_MINUTES,
        2,
        REPLAY
            .wiring()
            .binding(BitgetSpotCandles.class)
            .pages(new CandleQuery(BTC, Interval.M1, TWO_MINUTES))
            .ends(),
        recent);
  }

  @Test
  void theQuoteVolumeOfSpotIsTheLastColumn() throws Exception {
    REPLAY.serve("/api/v2/spot/market/history-candles", "bitget/rest/candles.spot");
    var query = new CandleQuery(Symbol.of("ETH/BTC"), Interval.M1, TWO_MINUTES);

    var candles =
        REPLAY.run(REPLAY.wiring().binding(BitgetSpotCandles.class).plan(spot, query, page(false)));

    assertThat(candles).extracting(Candle::volume).first().isEqualTo(new BigDecimal("120.5"));
    assertThat(candles)
        .extracting(Candle::quoteVolume)
        .first()
        .isEqualTo(Optional.of(new BigDecimal("4.06708")));
    assertThat(REPLAY.asked())
        .containsExactly(
            "/api/v2/spot/market/history-candles?symbol=ETHBTC&granularity=1min&endTime=1767225720000&limit=3");
  }

  @Test
  void recentCandlesOfSpotAreAskedForByTheirEnd() throws Exception {
    REPLAY.serve("/api/v2/spot/market/candles", "bitget/rest/candles.spot");
    var query = new CandleQuery(BTC, Interval.M1, TWO_MINUTES);

    REPLAY.run(REPLAY.wiring().binding(BitgetSpotCandles.class).plan(spot, query, page(true)));

    assertThat(REPLAY.asked())
        .containsExactly(
            "/api/v2/spot/market/candles?symbol=BTCUSDT&granularity=1min&endTime=1767225720000&limit=3");
  }

  @Test
  void anEmptyListOfRecentCandlesIsNotBelieved() throws Exception {
    REPLAY.serve("/api/v2/mix/market/candles", "bitget/rest/candles.none");
    REPLAY.serve("/api/v2/mix/market/history-candles", "bitget/rest/candles.mix");
    var query = new CandleQuery(SWAP, Interval.M1, TWO_MINUTES);

    var candles =
        REPLAY.run(REPLAY.wiring().binding(BitgetMixCandles.class).plan(mix, query, page(true)));

    assertThat(candles).hasSize(2);
    assertThat(REPLAY.asked())
        .containsExactly(
            "/api/v2/mix/market/candles?productType=USDT-FUTURES&symbol=BTCUSDT&granularity=1m&startTime=1767225540000&endTime=1767225720000&limit=4",
            "/api/v2/mix/market/history-candles?productType=USDT-FUTURES&symbol=BTCUSDT&granularity=1m&startTime=1767225540000&endTime=1767225720000&limit=200");
  }

  @Test
  void aLargePageThatLiesIsAskedForInPieces() throws Exception {
    REPLAY.serve("/api/v2/mix/market/candles", "bitget/rest/candles.none");
    REPLAY.serve("/api/v2/mix/market/history-candles", "bitget/rest/candles.mix");
    var range = TimeRange.parse("2026-01-01/PT500M");
    var query = new CandleQuery(SWAP, Interval.M1, range);
    var binding = REPLAY.wiring().binding(BitgetMixCandles.class);

    REPLAY.run(binding.plan(mix, query, new Page(range, 500, binding.pages(query).ends(), true)));

    assertThat(REPLAY.asked())
        .hasSize(2 + 3)
        .contains(
            "/api/v2/mix/market/history-candles?productType=USDT-FUTURES&symbol=BTCUSDT&granularity=1m&startTime=1767237420000&endTime=1767249360000&limit=200");
  }

  @Test
  void aHoleCostsOneMoreCall() throws Exception {
    REPLAY.serve("/api/v2/spot/market/candles", "bitget/rest/candles.none");
    REPLAY.serve("/api/v2/spot/market/history-candles", "bitget/rest/candles.spot");
    var range = TimeRange.parse("2026-01-02/PT900M");
    var query = new CandleQuery(BTC, Interval.M1, range);
    var binding = REPLAY.wiring().binding(BitgetSpotCandles.class);

    REPLAY.run(binding.plan(spot, query, new Page(range, 900, binding.pages(query).ends(), true)));

    assertThat(REPLAY.asked()).hasSize(2);
  }

  @Test
  void pagesLeaveRoomForSlackAndStayWithinNinetyDays() {
    for (Interval interval : BitgetIntervals.MIX.keySet()) {
      var spotPages = BitgetPages.spot(interval);
      var mixPages = BitgetPages.mix(interval);

      assertThat(spotPages.maximum() + BitgetPages.SPOT_SLACK).isEqualTo(200);
      assertThat(spotPages.recent().orElseThrow().pages().maximum() + BitgetPages.SPOT_SLACK)
          .isEqualTo(1000);
      assertThat(mixPages.maximum() + BitgetPages.MIX_SLACK).isEqualTo(200);
      assertThat(mixPages.reach().closedOnly()).isTrue();
      assertThat(mixPages.recent().orElseThrow().pages().reach().closedOnly()).isFalse();
      assertThat(mixPages.reach().span().orElseThrow().plus(interval.duration()))
          .isLessThanOrEqualTo(Duration.ofDays(90));
    }
  }

  @Test
  void longBarsAreThoseOfUtc() {
    assertThat(BitgetIntervals.word(BitgetIntervals.SPOT, Interval.H6)).isEqualTo("6Hutc");
    assertThat(BitgetIntervals.word(BitgetIntervals.SPOT, Interval.D1)).isEqualTo("1Dutc");
    assertThat(BitgetIntervals.word(BitgetIntervals.MIX, Interval.MONTH1)).isEqualTo("1Mutc");
    assertThat(BitgetIntervals.word(BitgetIntervals.SPOT, Interval.H4)).isEqualTo("4h");
    assertThat(BitgetIntervals.word(BitgetIntervals.MIX, Interval.H4)).isEqualTo("4H");
    assertThat(BitgetIntervals.UNIFIED).doesNotContainKeys(Interval.H6, Interval.D1);
  }

  @Test
  void candlesOfOtherPricesAreAskedForByKind() throws Exception {
    REPLAY.serve("/api/v2/mix/market/candles", "bitget/rest/candles.price.mix");
    REPLAY.serve("/api/v2/mix/market/history-index-candles", "bitget/rest/candles.price.mix");
    var query = new CandleQuery(SWAP, Interval.M1, TWO_MINUTES);

    var mark =
        REPLAY.run(
            REPLAY.wiring().binding(BitgetMixMarkCandles.class).plan(mix, query, page(true)));
    var index =
        REPLAY.run(
            REPLAY.wiring().binding(BitgetMixIndexCandles.class).plan(mix, query, page(false)));

    assertThat(mark).extracting(MarkCandle::high).containsExactly(new BigDecimal("87700.9"));
    assertThat(index).extracting(IndexCandle::close).containsExactly(new BigDecimal("87694"));
    assertThat(REPLAY.asked().getFirst()).endsWith("&limit=4&kLineType=mark");
    assertThat(REPLAY.asked().getLast()).startsWith("/api/v2/mix/market/history-index-candles?");
  }

  @Test
  void tradesAreWalkedBeforeTheOldestOfAFullPage() throws Exception {
    REPLAY.serve("/api/v2/spot/market/fills-history", "bitget/rest/fills-history.spot");
    var binding = REPLAY.wiring().binding(BitgetSpotTrades.class);
    var query = new SeriesQuery(BTC, Window.of(TWO_MINUTES));

    var full = REPLAY.run(binding.plan(spot, query, TWO_MINUTES, Optional.empty(), 2));
    var last = REPLAY.run(binding.plan(spot, query, TWO_MINUTES, full.next(), 1000));

    assertThat(full.rows())
        .first()
        .isEqualTo(
            new Trade(
                "1320000000000000003",
                NEW_YEAR,
                new BigDecimal("87648.22"),
                new BigDecimal("0.25"),
                Side.BUY));
    assertThat(full.next()).contains("1320000000000000002");
    assertThat(last.next()).isEmpty();
    assertThat(REPLAY.asked())
        .containsExactly(
            "/api/v2/spot/market/fills-history?symbol=BTCUSDT&startTime=1767225600000&endTime=1767225720000&limit=2",
            "/api/v2/spot/market/fills-history?symbol=BTCUSDT&startTime=1767225600000&endTime=1767225720000&limit=1000&idLessThan=1320000000000000002");
    assertThat(binding.span()).contains(Duration.ofDays(7));
    assertThat(binding.reach(query, NEW_YEAR).orElseThrow().start())
        .isAfter(NEW_YEAR.minus(Duration.ofDays(90)))
        .isBefore(NEW_YEAR.minus(Duration.ofDays(89)));
  }

  @Test
  void theNewestFillsHaveMilliseconds() throws Exception {
    REPLAY.serve("/api/v2/spot/market/fills", "bitget/rest/fills.spot");

    assertThat(REPLAY.run(spot.fills("BTCUSDT", 500)))
        .extracting(BitgetTrade::time)
        .containsExactly(NEW_YEAR.plusMillis(9), NEW_YEAR.plusMillis(3));
    assertThat(REPLAY.asked())
        .containsExactly("/api/v2/spot/market/fills?symbol=BTCUSDT&limit=500");
  }

  @Test
  void aBookOfSpotIsCutToWhatWasAskedFor() throws Exception {
    REPLAY.serve("/api/v2/spot/market/orderbook", "bitget/rest/orderbook.spot");

    var book =
        REPLAY.run(
            REPLAY
                .wiring()
                .binding(BitgetSpotBook.class)
                .plan(spot, new BookQuery(BTC, OptionalInt.of(1))));

    assertThat(book.time()).contains(NEW_YEAR.plusMillis(7));
    assertThat(book.asks())
        .containsExactly(new OrderBook.Level(new BigDecimal("87648.22"), new BigDecimal("0.5")));
    assertThat(REPLAY.asked())
        .containsExactly("/api/v2/spot/market/orderbook?symbol=BTCUSDT&limit=1");
  }

  @Test
  void aBookDeeperThanThereIsIsRefused() {
    assertThat(
            REPLAY
                .wiring()
                .binding(BitgetSpotBook.class)
                .availability(spot, new BookQuery(BTC, OptionalInt.of(151)), NEW_YEAR))
        .isInstanceOf(Availability.Cannot.class);
  }

  @Test
  void aBookOfContractsIsWrittenInNumbers() throws Exception {
    REPLAY.serve("/api/v2/mix/market/merge-depth", "bitget/rest/merge-depth.mix");
    var binding = REPLAY.wiring().binding(BitgetMixBook.class);

    var book = REPLAY.run(binding.plan(mix, new BookQuery(SWAP, OptionalInt.of(2))));
    REPLAY.run(binding.plan(mix, new BookQuery(SWAP, OptionalInt.of(51))));
    REPLAY.run(binding.plan(mix, new BookQuery(SWAP)));

    assertThat(book.asks())
        .first()
        .isEqualTo(new OrderBook.Level(new BigDecimal("87640.2"), new BigDecimal("0.8020")));
    assertThat(REPLAY.asked())
        .containsExactly(
            "/api/v2/mix/market/merge-depth?" + MIX + "&limit=5",
            "/api/v2/mix/market/merge-depth?" + MIX + "&limit=max",
            "/api/v2/mix/market/merge-depth?" + MIX);
  }

  @Test
  void tickersArePickedByName() throws Exception {
    REPLAY.serve("/api/v2/spot/market/tickers", "bitget/rest/tickers.spot");
    REPLAY.serve("/api/v2/mix/market/ticker", "bitget/rest/ticker.mix");

    var first =
        REPLAY.run(REPLAY.wiring().binding(BitgetSpotTicker.class).plan(spot, new NowQuery(BTC)));
    var untraded =
        REPLAY.run(
            REPLAY
                .wiring()
                .binding(BitgetSpotTicker.class)
                .plan(spot, new NowQuery(Symbol.of("NEW/USDT"))));
    var contract =
        REPLAY.run(REPLAY.wiring().binding(BitgetMixTicker.class).plan(mix, new NowQuery(SWAP)));

    assertThat(first.open()).contains(new BigDecimal("88000"));
    assertThat(first.bid()).contains(new BigDecimal("87648.21"));
    assertThat(untraded.bid()).isEmpty();
    assertThat(untraded.ask()).isEmpty();
    assertThat(untraded.askSize()).isEmpty();
    assertThat(contract.open()).contains(new BigDecimal("87950.2"));
    assertThat(contract.quoteVolume()).contains(new BigDecimal("15012382911.2"));
    assertThat(REPLAY.asked())
        .containsExactly(
            "/api/v2/spot/market/tickers?symbol=BTCUSDT",
            "/api/v2/spot/market/tickers?symbol=NEWUSDT",
            "/api/v2/mix/market/ticker?" + MIX);
  }

  @Test
  void instrumentsOfSpotHaveStepsFromPrecisions() throws Exception {
    REPLAY.serve("/api/v2/spot/public/symbols", "bitget/rest/symbols.spot");

    var instruments =
        REPLAY.run(
            REPLAY.wiring().binding(BitgetSpotInstruments.class).plan(spot, new CatalogQuery()));

    assertThat(instruments)
        .extracting(Instrument::symbol)
        .containsExactly(BTC, Symbol.of("ETH/BTC"));
    assertThat(instruments)
        .extracting(Instrument::status)
        .containsExactly(Instrument.Status.TRADING, Instrument.Status.LISTED);
    assertThat(instruments.get(0).tickSize()).contains(new BigDecimal("0.01"));
    assertThat(instruments.get(0).minValue()).contains(new BigDecimal("1"));
    assertThat(instruments.get(1).lotSize()).contains(new BigDecimal("0.0001"));
    assertThat(instruments.get(1).minValue()).isEmpty();
  }

  @Test
  void instrumentsOfContractsAreOfThreeTypes() throws Exception {
    for (String type : List.of("usdt", "usdc", "coin")) {
      String productType = type.toUpperCase(java.util.Locale.ROOT) + "-FUTURES";
      REPLAY.serve(
          "/api/v2/mix/market/contracts",
          query -> query.get("productType").filter(productType::equals).isPresent(),
          "bitget/rest/contracts.%s.mix".formatted(type));
    }

    var instruments =
        REPLAY.run(
            REPLAY.wiring().binding(BitgetMixInstruments.class).plan(mix, new CatalogQuery()));

    assertThat(instruments)
        .extracting(Instrument::symbol)
        .containsExactly(SWAP, Symbol.of("BTC/USDC:USDC"), Symbol.of("ETH/USD:ETH-260327"));
    assertThat(instruments)
        .extracting(Instrument::status)
        .containsExactly(
            Instrument.Status.TRADING, Instrument.Status.CLOSED, Instrument.Status.LISTED);
    assertThat(instruments.get(0).tickSize().orElseThrow()).isEqualByComparingTo("0.5");
    assertThat(instruments.get(2).expiry()).contains(Instant.parse("2026-03-27T08:00:00Z"));
    assertThat(instruments).allSatisfy(i -> assertThat(mix.nameOf(i.symbol())).isEqualTo(i.name()));
  }

  @Test
  void pricesFundingAndOpenInterestOfNow() throws Exception {
    REPLAY.serve("/api/v2/mix/market/symbol-price", "bitget/rest/symbol-price.mix");
    REPLAY.serve("/api/v2/mix/market/open-interest", "bitget/rest/open-interest.mix");
    REPLAY.serve("/api/v2/mix/market/current-fund-rate", "bitget/rest/current-fund-rate.mix");
    var wiring = REPLAY.wiring();
    var query = new NowQuery(SWAP);

    assertThat(REPLAY.run(wiring.binding(BitgetMixMarkPrice.class).plan(mix, query)))
        .isEqualTo(new MarkPrice(NEW_YEAR.plusMillis(4), new BigDecimal("87641.5")));
    assertThat(REPLAY.run(wiring.binding(BitgetMixIndexPrice.class).plan(mix, query)))
        .isEqualTo(new IndexPrice(NEW_YEAR.plusMillis(4), new BigDecimal("87660.1")));
    assertThat(REPLAY.run(wiring.binding(BitgetMixOpenInterest.class).plan(mix, query)))
        .isEqualTo(
            new OpenInterest(NEW_YEAR.plusMillis(3), new BigDecimal("90123.4"), Optional.empty()));
    assertThat(REPLAY.run(wiring.binding(BitgetMixFunding.class).plan(mix, query)))
        .isEqualTo(
            new FundingRate(
                Instant.ofEpochMilli(1767225720123L),
                new BigDecimal("-0.000012"),
                Optional.of(NEW_YEAR.plus(Duration.ofHours(8)))));
    assertThat(REPLAY.asked())
        .containsExactly(
            "/api/v2/mix/market/symbol-price?" + MIX,
            "/api/v2/mix/market/symbol-price?" + MIX,
            "/api/v2/mix/market/open-interest?" + MIX,
            "/api/v2/mix/market/current-fund-rate?" + MIX);
  }

  @Test
  void fundingIsWalkedByNumberedPages() throws Exception {
    REPLAY.serve("/api/v2/mix/market/history-fund-rate", "bitget/rest/history-fund-rate.mix");
    var range = TimeRange.parse("2025-12-31/P2D");

    var step =
        REPLAY.run(
            REPLAY
                .wiring()
                .binding(BitgetMixFundingHistory.class)
                .plan(
                    mix,
                    new SeriesQuery(SWAP, Window.of(range)),
                    range,
                    Optional.of("3"),
                    Integer.MAX_VALUE));

    assertThat(step)
        .isEqualTo(
            new CursorBinding.Step<>(
                List.of(
                    new FundingRate(NEW_YEAR, new BigDecimal("-0.000012"), Optional.empty()),
                    new FundingRate(
                        NEW_YEAR.minus(Duration.ofHours(8)),
                        new BigDecimal("0.0001"),
                        Optional.empty())),
                Optional.empty()));
    assertThat(REPLAY.asked())
        .containsExactly("/api/v2/mix/market/history-fund-rate?" + MIX + "&pageSize=100&pageNo=3");
  }

  @Test
  void aFullPageOfFundingWithinTheRangeIsNotTheLast() {
    var rows =
        List.of(
            new BitgetFundingRate(BigDecimal.ONE, NEW_YEAR, Optional.empty()),
            new BitgetFundingRate(BigDecimal.ONE, NEW_YEAR.minusSeconds(1), Optional.empty()));

    assertThat(BitgetFundings.step(rows, 2, 1, TimeRange.parse("2025-12-01/P60D")).next())
        .contains("2");
    assertThat(BitgetFundings.step(rows, 2, 1, TimeRange.parse("2026-01-01/P1D")).next()).isEmpty();
  }

  @Test
  void theClockIsTheExchanges() throws Exception {
    REPLAY.serve("/api/v2/public/time", "bitget/rest/time");

    assertThat(
            REPLAY.run(REPLAY.wiring().binding(BitgetMixTime.class).plan(mix, new NowQuery(SWAP))))
        .isEqualTo(new ServerTime(NEW_YEAR.plusMillis(5)));
  }

  @Test
  void anUnknownSymbolIsRefusedByItsName() {
    REPLAY.fail("/api/v2/spot/market/tickers", 400, "bitget/rest/unknownSymbol");
    var turn =
        REPLAY
            .wiring()
            .binding(BitgetSpotTicker.class)
            .plan(spot, new NowQuery(Symbol.of("BTCXXX/USDT")));

    assertThatThrownBy(() -> REPLAY.run(turn))
        .isInstanceOfSatisfying(
            Failure.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .isEqualTo(
                        "bitget knows no BTCXXX/USDT (bitget.spot-rest said 40034 Parameter BTCXXXUSDT does not exist): see tradeflood list symbols bitget"));
  }

  @Test
  void namesFollowFromSymbols() {
    assertThat(mix.nameOf(SWAP)).isEqualTo("BTCUSDT");
    assertThat(mix.nameOf(Symbol.of("BTC/USD:BTC"))).isEqualTo("BTCUSD");
    assertThat(mix.nameOf(Symbol.of("BTC/USDC:USDC"))).isEqualTo("BTCPERP");
    assertThat(mix.nameOf(Symbol.of("ETH/USD:ETH-231229"))).isEqualTo("ETHUSD_231229");
    assertThat(mix.productTypeOf(Symbol.of("ETH/USD:ETH-231229"))).isEqualTo("COIN-FUTURES");
    assertThat(mix.productTypeOf(Symbol.of("BTC/USDC:USDC"))).isEqualTo("USDC-FUTURES");
  }

  @Test
  void eachMarketCoversItsOwn() {
    assertThat(spot.covers(BTC)).isTrue();
    assertThat(spot.covers(SWAP)).isFalse();
    assertThat(mix.covers(SWAP)).isTrue();
    assertThat(mix.covers(Symbol.of("BTC/USD:BTC"))).isTrue();
    assertThat(mix.covers(BTC)).isFalse();
    assertThat(mix.covers(Symbol.of("BTC/EUR:EUR"))).isFalse();
    assertThat(unified.covers(BTC)).isTrue();
    assertThat(unified.covers(SWAP)).isTrue();
  }

  @Test
  void theThirdVersionSaysTheSameInOtherWords() throws Exception {
    REPLAY.serve("/api/v3/market/orderbook", "bitget/rest/orderbook.unified");
    REPLAY.serve("/api/v3/market/tickers", "bitget/rest/tickers.unified");
    REPLAY.serve("/api/v3/market/fills", "bitget/rest/fills.unified");
    REPLAY.serve("/api/v3/market/instruments", "bitget/rest/instruments.unified");
    var wiring = REPLAY.wiring();

    var book =
        REPLAY.run(wiring.binding(BitgetUnifiedBook.class).plan(unified, new BookQuery(BTC)));
    var ticker =
        REPLAY.run(wiring.binding(BitgetUnifiedTicker.class).plan(unified, new NowQuery(BTC)));
    var fills = REPLAY.run(unified.fills("SPOT", "BTCUSDT", 100));
    var instruments = REPLAY.run(unified.instruments("USDT-FUTURES"));

    assertThat(book.asks())
        .containsExactly(new OrderBook.Level(new BigDecimal("87648.22"), new BigDecimal("0.50")));
    assertThat(ticker.askSize()).contains(new BigDecimal("0.5"));
    assertThat(fills).extracting(BitgetTrade::id).containsExactly("1320000000000000003");
    assertThat(instruments)
        .extracting(BitgetSymbol::tickSize)
        .containsExactly(new BigDecimal("0.1"));
    assertThat(REPLAY.asked())
        .containsExactly(
            "/api/v3/market/orderbook?category=SPOT&symbol=BTCUSDT",
            "/api/v3/market/tickers?category=SPOT&symbol=BTCUSDT",
            "/api/v3/market/fills?category=SPOT&symbol=BTCUSDT&limit=100",
            "/api/v3/market/instruments?category=USDT-FUTURES");
  }

  @Test
  void theThirdVersionHasNoHistoryOfTrades() {
    var binding = REPLAY.wiring().binding(BitgetUnifiedTrades.class);

    assertThat(
            binding.availability(unified, new SeriesQuery(BTC, Window.of(TWO_MINUTES)), NEW_YEAR))
        .isEqualTo(
            Availability.cannot(
                "bitget-unified gives the newest 100 trades only: leave out the times, or ask bitget, which keeps 90 days"));
    assertThat(binding.availability(unified, new SeriesQuery(BTC, Window.latest(100)), NEW_YEAR))
        .isEqualTo(Availability.can());
  }
}
