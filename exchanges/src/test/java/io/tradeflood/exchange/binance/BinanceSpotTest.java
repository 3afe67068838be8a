package io.tradeflood.exchange.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.binding.Availability;
import io.tradeflood.exchange.Replay;
import io.tradeflood.history.Page;
import io.tradeflood.model.AggTrade;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.Candle;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.CatalogQuery;
import io.tradeflood.model.Instrument;
import io.tradeflood.model.Interval;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.ServerTime;
import io.tradeflood.model.Side;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.Ticker;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Trade;
import io.tradeflood.model.Window;
import io.tradeflood.turn.Failure;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BinanceSpotTest {
  private static final Symbol BTC = Symbol.of("BTC/USDT");
  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");
  private static final TimeRange TWO_MINUTES = TimeRange.parse("2026-01-01/PT2M");
  private static final SeriesQuery TAPE = new SeriesQuery(BTC, Window.of(TWO_MINUTES));

  @RegisterExtension static final Replay REPLAY = new Replay(Map.of());

  private final BinanceSpotRest binance = REPLAY.wiring().connector(BinanceSpotRest.class);

  @Test
  void candlesKeepWhatTheExchangeWrote() throws Exception {
    REPLAY.serve("/api/v3/klines", "binance/rest/klines.spot");
    var query = new CandleQuery(BTC, Interval.M1, TWO_MINUTES);
    var binding = REPLAY.wiring().binding(BinanceSpotCandles.class);
    var page = new Page(TWO_MINUTES, 2, binding.pages(query).ends(), false);

    var candles = REPLAY.run(binding.plan(binance, query, page));

    assertThat(candles)
        .first()
        .isEqualTo(
            new Candle(
                Interval.M1,
                NEW_YEAR,
                new BigDecimal("87648.21000000"),
                new BigDecimal("87700.00000000"),
                new BigDecimal("87600.10000000"),
                new BigDecimal("87690.00000000"),
                new BigDecimal("12.50000000"),
                Optional.of(new BigDecimal("1095890.12345678")),
                OptionalLong.of(121),
                true,
                "rest"));
    assertThat(candles)
        .extracting(Candle::time)
        .containsExactly(NEW_YEAR, NEW_YEAR.plusSeconds(60));
    assertThat(REPLAY.asked())
        .containsExactly(
            "/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=1767225600000&endTime=1767225719999&limit=2");
  }

  @Test
  void aPageOfCandlesHoldsAThousandAndWeighsTwo() {
    var pages =
        REPLAY
            .wiring()
            .binding(BinanceSpotCandles.class)
            .pages(new CandleQuery(BTC, Interval.M1, TWO_MINUTES));

    assertThat(pages.sizes()).containsExactly(1000);
    assertThat(pages.price().of().applyAsLong(1000)).isEqualTo(2);
    assertThat(pages.price().capacity()).isEqualTo(6000);
  }

  @Test
  void anUnknownIntervalIsRefusedWithTheKnownOnes() {
    var said =
        REPLAY
            .wiring()
            .binding(BinanceSpotCandles.class)
            .availability(
                binance, new CandleQuery(BTC, Interval.parse("7m"), TWO_MINUTES), NEW_YEAR);

    assertThat(said)
        .isEqualTo(
            Availability.cannot(
                "interval 7m is not one of binance's spot candles: ask for one of 1s 1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 3d 1w 1M"));
  }

  @Test
  void tradesOfAPageAreAskedForById() throws Exception {
    REPLAY.serve("/api/v3/historicalTrades", "binance/rest/historicalTrades.spot");
    var binding = REPLAY.wiring().binding(BinanceSpotTrades.class);

    var trades = REPLAY.run(binding.plan(binance, TAPE, 5699999990L, 1000));

    assertThat(trades)
        .containsExactly(
            new Trade(
                "5699999990",
                NEW_YEAR.minusMillis(70),
                new BigDecimal("87640.00000000"),
                new BigDecimal("0.00050000"),
                Side.BUY));
    assertThat(binding.numberOf(trades.getFirst())).isEqualTo(5699999990L);
    assertThat(REPLAY.asked())
        .containsExactly("/api/v3/historicalTrades?symbol=BTCUSDT&fromId=5699999990&limit=1000");
  }

  @Test
  void theNewestTradesTellTheTakersSide() throws Exception {
    REPLAY.serve("/api/v3/trades", "binance/rest/trades.spot");

    var trades =
        REPLAY.run(REPLAY.wiring().binding(BinanceSpotTrades.class).latest(binance, TAPE, 5000));

    assertThat(trades).extracting(Trade::side).containsExactly(Side.SELL, Side.BUY);
    assertThat(REPLAY.asked()).containsExactly("/api/v3/trades?symbol=BTCUSDT&limit=1000");
  }

  @Test
  void theFirstTradeOfAMomentIsFoundByItsAggregate() throws Exception {
    REPLAY.serve("/api/v3/aggTrades", "binance/rest/aggTrades.spot");

    var first =
        REPLAY.run(
            REPLAY.wiring().binding(BinanceSpotTrades.class).firstAt(binance, TAPE, NEW_YEAR));

    assertThat(first).hasValue(5700000002L);
    assertThat(REPLAY.asked())
        .containsExactly("/api/v3/aggTrades?symbol=BTCUSDT&startTime=1767225600000&limit=1");
  }

  @Test
  void anInvalidAggregateIsPassedOver() throws Exception {
    REPLAY.serve(
        "/api/v3/aggTrades",
        query -> query.has("startTime"),
        "binance/rest/aggTrades.invalid.spot");
    REPLAY.serve("/api/v3/aggTrades", query -> query.has("fromId"), "binance/rest/aggTrades.spot");

    var first =
        REPLAY.run(
            REPLAY.wiring().binding(BinanceSpotTrades.class).firstAt(binance, TAPE, NEW_YEAR));

    assertThat(first).hasValue(5700000002L);
    assertThat(REPLAY.asked())
        .last()
        .isEqualTo("/api/v3/aggTrades?symbol=BTCUSDT&fromId=3800000100&limit=1");
  }

  @Test
  void noTradeAfterAMomentIsNone() throws Exception {
    REPLAY.serveText("/api/v3/aggTrades", _ -> true, "[]");

    var first =
        REPLAY.run(
            REPLAY.wiring().binding(BinanceSpotTrades.class).firstAt(binance, TAPE, NEW_YEAR));

    assertThat(first).isEmpty();
  }

  @Test
  void aggregatesNameTheirTrades() throws Exception {
    REPLAY.serve("/api/v3/aggTrades", "binance/rest/aggTrades.spot");
    var binding = REPLAY.wiring().binding(BinanceSpotAggTrades.class);

    var aggregates = REPLAY.run(binding.plan(binance, TAPE, 3800000100L, 2));

    assertThat(aggregates)
        .first()
        .isEqualTo(
            new AggTrade(
                "3800000100",
                NEW_YEAR.plusMillis(3),
                new BigDecimal("87648.22000000"),
                new BigDecimal("0.25000000"),
                Side.BUY,
                "5700000002",
                "5700000004"));
    assertThat(REPLAY.run(binding.firstAt(binance, TAPE, NEW_YEAR))).hasValue(3800000100L);
    assertThat(REPLAY.asked())
        .containsExactly(
            "/api/v3/aggTrades?symbol=BTCUSDT&fromId=3800000100&limit=2",
            "/api/v3/aggTrades?symbol=BTCUSDT&startTime=1767225600000&limit=1");
  }

  @Test
  void aBookHasNoTimeButANumber() throws Exception {
    REPLAY.serve("/api/v3/depth", "binance/rest/depth.spot");

    var book =
        REPLAY.run(
            REPLAY
                .wiring()
                .binding(BinanceSpotBook.class)
                .plan(binance, new BookQuery(BTC, OptionalInt.of(1000))));

    assertThat(book.time()).isEmpty();
    assertThat(book.sequence()).hasValue(80000000001L);
    assertThat(book.bids())
        .first()
        .isEqualTo(
            new OrderBook.Level(new BigDecimal("87648.21000000"), new BigDecimal("1.20000000")));
    assertThat(REPLAY.asked()).containsExactly("/api/v3/depth?symbol=BTCUSDT&limit=1000");
  }

  @Test
  void aBookOfTheDefaultDepthIsAskedForWithoutALimit() throws Exception {
    REPLAY.serve("/api/v3/depth", "binance/rest/depth.spot");

    REPLAY.run(REPLAY.wiring().binding(BinanceSpotBook.class).plan(binance, new BookQuery(BTC)));

    assertThat(REPLAY.asked()).containsExactly("/api/v3/depth?symbol=BTCUSDT");
  }

  @Test
  void aBookDeeperThanThereIsIsRefused() {
    var said =
        REPLAY
            .wiring()
            .binding(BinanceSpotBook.class)
            .availability(binance, new BookQuery(BTC, OptionalInt.of(5001)), NEW_YEAR);

    assertThat(said)
        .isEqualTo(
            Availability.cannot(
                "binance gives books of at most 5000 levels on spot: ask for a depth of that or less"));
  }

  @Test
  void aBookWeighsByItsDepth() {
    assertThat(List.of(1, 100, 101, 500, 1000, 1001, 5000))
        .extracting(BinanceSpotRest::depthWeight)
        .containsExactly(5, 5, 25, 25, 50, 250, 250);
  }

  @Test
  void aTickerHasTheBestPrices() throws Exception {
    REPLAY.serve("/api/v3/ticker/24hr", "binance/rest/ticker24hr.spot");

    var ticker =
        REPLAY.run(
            REPLAY.wiring().binding(BinanceSpotTicker.class).plan(binance, new NowQuery(BTC)));

    assertThat(ticker)
        .isEqualTo(
            new Ticker(
                NEW_YEAR,
                Optional.of(new BigDecimal("87648.21000000")),
                Optional.of(new BigDecimal("1.20000000")),
                Optional.of(new BigDecimal("87648.22000000")),
                Optional.of(new BigDecimal("0.50000000")),
                Optional.of(new BigDecimal("87648.21000000")),
                Optional.of(new BigDecimal("88000.00000000")),
                Optional.of(new BigDecimal("88410.00000000")),
                Optional.of(new BigDecimal("87010.50000000")),
                Optional.of(new BigDecimal("14120.55000000")),
                Optional.of(new BigDecimal("1239801300.10000000"))));
    assertThat(REPLAY.asked()).containsExactly("/api/v3/ticker/24hr?symbol=BTCUSDT");
  }

  @Test
  void nobodyAtAPriceOfZeroIsAbsent() throws Exception {
    REPLAY.serve("/api/v3/ticker/24hr", "binance/rest/ticker24hr.untraded.spot");

    var row = REPLAY.run(binance.tickers()).getFirst();

    assertThat(BinanceModels.ticker(row, row.best()).bid()).isEmpty();
    assertThat(BinanceModels.ticker(row, row.best()).askSize()).isEmpty();
  }

  @Test
  void instrumentsMayHaveNamesOfOtherLetters() throws Exception {
    REPLAY.serve("/api/v3/exchangeInfo", "binance/rest/exchangeInfo.spot");

    var instruments =
        REPLAY.run(
            REPLAY
                .wiring()
                .binding(BinanceSpotInstruments.class)
                .plan(binance, new CatalogQuery()));

    assertThat(instruments)
        .containsExactly(
            new Instrument(
                BTC,
                "BTCUSDT",
                Instrument.Kind.SPOT,
                Instrument.Status.TRADING,
                Optional.of(new BigDecimal("0.01000000")),
                Optional.of(new BigDecimal("0.00001000")),
                Optional.of(new BigDecimal("0.00001000")),
                Optional.of(new BigDecimal("5.00000000")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            new Instrument(
                Symbol.of("币安人生/USDT"),
                "币安人生USDT",
                Instrument.Kind.SPOT,
                Instrument.Status.HALTED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void theClockIsTheExchanges() throws Exception {
    REPLAY.serve("/api/v3/time", "binance/rest/time");

    assertThat(
            REPLAY.run(
                REPLAY.wiring().binding(BinanceSpotTime.class).plan(binance, new NowQuery(BTC))))
        .isEqualTo(new ServerTime(NEW_YEAR.plusMillis(5)));
  }

  @Test
  void anUnknownSymbolIsRefusedByItsName() {
    REPLAY.fail("/api/v3/ticker/24hr", 400, "binance/rest/invalidSymbol");
    var turn =
        REPLAY
            .wiring()
            .binding(BinanceSpotTicker.class)
            .plan(binance, new NowQuery(Symbol.of("BTCXXX/USDT")));

    assertThatThrownBy(() -> REPLAY.run(turn))
        .isInstanceOfSatisfying(
            Failure.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("-1121");
              assertThat(refused.reason())
                  .isEqualTo(
                      "binance knows no BTCXXX/USDT (binance.spot-rest said -1121 Invalid symbol.): see tradeflood list symbols binance");
            });
  }

  @Test
  void spotIsWhatHasNoSettlement() {
    assertThat(binance.covers(BTC)).isTrue();
    assertThat(binance.covers(Symbol.of("BTC/USDT:USDT"))).isFalse();
  }
}
