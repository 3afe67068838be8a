package io.tradeflood.exchange.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.LiveBinding;
import io.tradeflood.exchange.FakeStreams;
import io.tradeflood.exchange.Golden;
import io.tradeflood.exchange.Replay;
import io.tradeflood.exchange.Told;
import io.tradeflood.live.BookUpdate;
import io.tradeflood.model.AggTrade;
import io.tradeflood.model.BarQuery;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.Candle;
import io.tradeflood.model.FundingRate;
import io.tradeflood.model.IndexPrice;
import io.tradeflood.model.Interval;
import io.tradeflood.model.Liquidation;
import io.tradeflood.model.MarkPrice;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Query;
import io.tradeflood.model.Side;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.Ticker;
import io.tradeflood.model.Trade;
import io.tradeflood.net.json.UnexpectedJsonException;
import io.tradeflood.net.stream.Incoming;
import io.tradeflood.net.stream.Keepalive;
import io.tradeflood.net.stream.StreamConnector;
import io.tradeflood.net.stream.StreamLimits;
import io.tradeflood.turn.Failure;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BinanceStreamTest {
  private static final Symbol BTC = Symbol.of("BTC/USDT");
  private static final Symbol PERPETUAL = Symbol.of("BTC/USDT:USDT");
  private static final Instant MINUTE = Instant.parse("2026-01-01T00:01:00Z");
  private static final Instant TOLD = MINUTE.plusMillis(1);

  @RegisterExtension static final Replay REPLAY = new Replay(Map.of());

  private final FakeStreams streams = REPLAY.wiring().streams();
  private final BinanceSpotStream spot = REPLAY.wiring().connector(BinanceSpotStream.class);
  private final BinanceFuturesStream futures =
      REPLAY.wiring().connector(BinanceFuturesStream.class);

  @BeforeEach
  void clear() {
    streams.clear();
  }

  private <C extends StreamConnector, Q extends Query, M> Told<M> watch(
      Class<? extends LiveBinding<C, Q, M>> binding, C connector, Q query) throws Exception {
    return Told.of(REPLAY.run(REPLAY.wiring().binding(binding).plan(connector, query)));
  }

  private Incoming say(StreamConnector connector, String golden) {
    return streams.say(connector, Golden.text("binance/stream/" + golden + ".json"));
  }

  @Test
  void subscribesAndUnsubscribesByMessages() {
    assertThat(spot.subscribe(List.of("btcusdt@trade", "ethusdt@depth@100ms"), 7))
        .isEqualTo(
            "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\",\"ethusdt@depth@100ms\"],\"id\":7}");
    assertThat(futures.unsubscribe(List.of("btcusdt@aggTrade"), 8))
        .isEqualTo("{\"method\":\"UNSUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\"],\"id\":8}");
  }

  @Test
  void namesAreInSmallLettersWhateverTheScript() throws Exception {
    watch(BinanceSpotLiveTrades.class, spot, new NowQuery(Symbol.of("币安人生/USDT")));

    assertThat(streams.names()).containsExactly("币安人生usdt@trade");
    assertThat(spot.subscribe(streams.names(), 1)).contains("\"币安人生usdt@trade\"");
  }

  @Test
  void anAnswerNamesTheMessageThatItAnswers() {
    assertThat(streams.say(spot, "{\"result\":null,\"id\":3}")).isEqualTo(new Incoming.Done(3));
    assertThat(
            streams.say(spot, "{\"code\":2,\"msg\":\"Invalid request: unknown stream\",\"id\":4}"))
        .isInstanceOfSatisfying(
            Incoming.Refused.class,
            refused -> {
              assertThat(refused.id()).isEqualTo(4);
              assertThat(refused.failure())
                  .isInstanceOf(Failure.Refused.class)
                  .hasMessage("binance.spot-stream said 2 Invalid request: unknown stream");
              assertThat(((Failure.Refused) refused.failure()).code()).isEqualTo("2");
            });
    assertThat(streams.say(futures, "{\"error\":{\"code\":3,\"msg\":\"Invalid JSON\"},\"id\":5}"))
        .isInstanceOfSatisfying(
            Incoming.Refused.class, refused -> assertThat(refused.id()).isEqualTo(5));
    assertThat(streams.say(spot, "{\"code\":3,\"msg\":\"Invalid JSON\"}"))
        .isInstanceOf(Incoming.Broken.class);
  }

  @Test
  void whatIsOfNoKnownKindIsAnErrorThatSaysSo() {
    assertThatThrownBy(() -> streams.say(spot, "{\"hello\":1}"))
        .isInstanceOf(UnexpectedJsonException.class)
        .hasMessageContaining("result");
  }

  @Test
  void theExchangeSaysThatItWillCloseTheConnection() {
    assertThat(
            streams.say(
                spot,
                "{\"stream\":\"!serverShutdown\",\"data\":{\"e\":\"serverShutdown\",\"E\":1767225660001}}"))
        .isEqualTo(new Incoming.Leaving("binance.spot-stream said serverShutdown"));
    assertThat(streams.say(spot, "{\"e\":\"serverShutdown\",\"E\":1767225660001}"))
        .isInstanceOf(Incoming.Leaving.class);
  }

  @Test
  void dataOfAChannelThatNobodyWantsIsIgnored() {
    assertThat(say(spot, "trade.spot")).isEqualTo(Incoming.IGNORED);
    assertThat(say(spot, "depth5.spot")).isEqualTo(Incoming.IGNORED);
  }

  @Test
  void singleTradesOfSpotAreNumbered() throws Exception {
    var told = watch(BinanceSpotLiveTrades.class, spot, new NowQuery(BTC));

    say(spot, "trade.spot");

    var trade =
        new Trade(
            "123",
            MINUTE,
            new BigDecimal("87648.21000000"),
            new BigDecimal("0.50000000"),
            Side.BUY);
    assertThat(told.rows()).containsExactly(trade);
    assertThat(told.origins()).containsExactly("stream");
    var binding = REPLAY.wiring().binding(BinanceSpotLiveTrades.class);
    assertThat(binding.numberOf(trade)).hasValue(123);
    assertThat(binding.continuity()).isEqualTo(LiveBinding.Continuity.EVERY);
  }

  @Test
  void tradesOfFuturesAreAggregatesAndShareTheirChannel() throws Exception {
    var trades = watch(BinanceFuturesLiveTrades.class, futures, new NowQuery(PERPETUAL));
    var aggregates = watch(BinanceFuturesLiveAggTrades.class, futures, new NowQuery(PERPETUAL));

    assertThat(streams.names()).containsExactly("btcusdt@aggTrade");
    say(futures, "aggTrade.futures");
    assertThat(aggregates.rows())
        .containsExactly(
            new AggTrade(
                "55",
                MINUTE,
                new BigDecimal("87648.20"),
                new BigDecimal("0.500"),
                Side.SELL,
                "90",
                "92"));
    assertThat(trades.rows())
        .containsExactly(
            new Trade(
                "55", MINUTE, new BigDecimal("87648.20"), new BigDecimal("0.500"), Side.SELL));
  }

  @Test
  void aCandleSaysItselfThatItHasClosed() throws Exception {
    var told = watch(BinanceSpotLiveCandles.class, spot, new BarQuery(BTC, Interval.M1));

    say(spot, "kline.spot");
    streams.say(
        spot, Golden.text("binance/stream/kline.spot.json").replace("\"x\":true", "\"x\":false"));

    var closed =
        new Candle(
            Interval.M1,
            Instant.parse("2026-01-01T00:00:00Z"),
            new BigDecimal("87648.21000000"),
            new BigDecimal("87700.00000000"),
            new BigDecimal("87600.10000000"),
            new BigDecimal("87690.00000000"),
            new BigDecimal("12.50000000"),
            Optional.of(new BigDecimal("1095890.12345678")),
            OptionalLong.of(121),
            true,
            "stream");
    assertThat(told.rows()).containsExactly(closed, closed.closed(false));
  }

  @Test
  void intervalsAreThoseOfTheMarket() {
    var spotCandles = REPLAY.wiring().binding(BinanceSpotLiveCandles.class);
    var futuresCandles = REPLAY.wiring().binding(BinanceFuturesLiveCandles.class);

    assertThat(spotCandles.availability(spot, new BarQuery(BTC, Interval.S1), MINUTE))
        .isEqualTo(Availability.can());
    assertThat(futuresCandles.availability(futures, new BarQuery(PERPETUAL, Interval.S1), MINUTE))
        .isInstanceOfSatisfying(
            Availability.Cannot.class,
            cannot -> assertThat(cannot.reason()).contains("1s").contains("1m 3m"));
  }

  @Test
  void onlySpotGivesBestPricesWithTheTicker() throws Exception {
    var ofSpot = watch(BinanceSpotLiveTicker.class, spot, new NowQuery(BTC));
    say(spot, "ticker.spot");
    streams.clear();
    var ofFutures = watch(BinanceFuturesLiveTicker.class, futures, new NowQuery(PERPETUAL));
    say(futures, "ticker.futures");

    var whole =
        new Ticker(
            TOLD,
            number("87648.10"),
            number("1.5"),
            number("87648.20"),
            number("2.5"),
            number("87648.20"),
            number("87548.10"),
            number("88000.00"),
            number("87000.00"),
            number("1000.5"),
            number("87600000.25"));
    assertThat(ofSpot.rows()).containsExactly(whole);
    assertThat(ofFutures.rows()).hasSize(1);
    assertThat(ofFutures.rows().getFirst().bid()).isEmpty();
    assertThat(ofFutures.rows().getFirst().volume()).isEqualTo(whole.volume());
  }

  private static Optional<BigDecimal> number(String text) {
    return Optional.of(new BigDecimal(text));
  }

  private static OrderBook.Level level(String price, String size) {
    return new OrderBook.Level(new BigDecimal(price), new BigDecimal(size));
  }

  @Test
  void partsOfABookAreWholeEachTime() throws Exception {
    var depth = new BookQuery(BTC, OptionalInt.of(5));
    var ofSpot = watch(BinanceSpotLivePartialBook.class, spot, depth);
    say(spot, "depth5.spot");
    streams.clear();
    var ofFutures =
        watch(
            BinanceFuturesLivePartialBook.class,
            futures,
            new BookQuery(PERPETUAL, OptionalInt.of(5)));
    say(futures, "depth5.futures");

    assertThat(ofSpot.rows())
        .containsExactly(
            new OrderBook(
                Optional.empty(),
                OptionalLong.of(1000),
                List.of(level("87648.10", "2.0"), level("87648.00", "1.0")),
                List.of(level("87648.20", "1.0"))));
    assertThat(ofFutures.rows())
        .containsExactly(
            new OrderBook(
                Optional.of(MINUTE.plusMillis(100)),
                OptionalLong.of(2009),
                List.of(level("87648.10", "2.0")),
                List.of(level("87648.20", "1.0"), level("87648.30", "3.0"))));
  }

  @Test
  void aBookOfOneLevelIsTheBestPrices() throws Exception {
    var told = watch(BinanceSpotLivePartialBook.class, spot, new BookQuery(BTC, OptionalInt.of(1)));

    assertThat(streams.names()).containsExactly("btcusdt@bookTicker");
    say(spot, "bookTicker.spot");
    assertThat(told.rows())
        .containsExactly(
            new OrderBook(
                Optional.empty(),
                OptionalLong.of(400900217),
                List.of(level("87648.10000000", "31.21000000")),
                List.of(level("87648.20000000", "40.66000000"))));
  }

  @Test
  void otherDepthsAreLeftToTheWholeBook() {
    var binding = REPLAY.wiring().binding(BinanceSpotLivePartialBook.class);

    for (var query : List.of(new BookQuery(BTC), new BookQuery(BTC, OptionalInt.of(7))))
      assertThat(binding.availability(spot, query, MINUTE))
          .isInstanceOfSatisfying(
              Availability.Cannot.class,
              cannot -> assertThat(cannot.reason()).contains("1, 5, 10, 20"));
    assertThat(binding.availability(spot, new BookQuery(BTC, OptionalInt.of(20)), MINUTE))
        .isEqualTo(Availability.can());
  }

  @Test
  void changesOfABookKeepWhatTheExchangeWrote() throws Exception {
    var binding = REPLAY.wiring().binding(BinanceSpotLiveBook.class);
    var told = Told.of(REPLAY.run(binding.changes(spot, BTC)));

    say(spot, "depth.spot");

    assertThat(told).hasSize(1);
    var update = told.getFirst();
    assertThat(update.isSnapshot()).isFalse();
    assertThat(update.first()).isEqualTo(1001);
    assertThat(update.last()).isEqualTo(1005);
    assertThat(update.previous()).isEqualTo(BookUpdate.NONE);
    assertThat(update.time()).isEqualTo(MINUTE.plusMillis(100).toEpochMilli());
    assertThat(levels(update))
        .containsExactly(
            "bid 8764810000000e-8 300000000e-8",
            "ask 8764820000000e-8 0e-8",
            "ask 8764840000000e-8 12345678e-8");
  }

  @Test
  void changesOfAContractsBookNameTheOneBefore() throws Exception {
    var binding = REPLAY.wiring().binding(BinanceFuturesLiveBook.class);
    var told = Told.of(REPLAY.run(binding.changes(futures, PERPETUAL)));

    say(futures, "depth.futures");

    assertThat(told.getFirst().first()).isEqualTo(2001);
    assertThat(told.getFirst().last()).isEqualTo(2009);
    assertThat(told.getFirst().previous()).isEqualTo(2000);
    assertThat(levels(told.getFirst()))
        .containsExactly("bid 8764810e-2 30e-1", "ask 8764820e-2 0e-0");
  }

  private static List<String> levels(BookUpdate update) {
    var levels = new ArrayList<String>();
    for (int i = 0; i < update.size(); i++)
      levels.add(
          "%s %de-%d %de-%d"
              .formatted(
                  update.isBid(i) ? "bid" : "ask",
                  update.price(i),
                  update.priceScale(i),
                  update.size(i),
                  update.sizeScale(i)));
    return levels;
  }

  @Test
  void aBookBeginsByRest() throws Exception {
    REPLAY.serve("/api/v3/depth", "binance/rest/depth.spot");
    var binding = REPLAY.wiring().binding(BinanceSpotLiveBook.class);

    var book = REPLAY.run(binding.snapshot(spot, BTC).orElseThrow());

    assertThat(book.sequence()).isPresent();
    assertThat(binding.rules().snapshotDepth()).isEqualTo(1000);
    assertThat(REPLAY.asked()).containsExactly("/api/v3/depth?symbol=BTCUSDT&limit=1000");
  }

  @Test
  void aContractsBookBeginsByRest() throws Exception {
    REPLAY.serve("/fapi/v1/depth", "binance/rest/depth.futures");
    var binding = REPLAY.wiring().binding(BinanceFuturesLiveBook.class);

    var book = REPLAY.run(binding.snapshot(futures, PERPETUAL).orElseThrow());

    assertThat(book.sequence()).isPresent();
    assertThat(REPLAY.asked()).containsExactly("/fapi/v1/depth?symbol=BTCUSDT&limit=1000");
  }

  @Test
  void booksOfFuturesHaveAPathOfTheirOwn() {
    var books =
        List.of("btcusdt@depth@100ms", "btcusdt@depth5@100ms", "btcusdt@bookTicker", "x@depth20");
    var others =
        List.of("btcusdt@aggTrade", "btcusdt@kline_1m", "btcusdt@markPrice@1s", "x@forceOrder");

    assertThat(books).allMatch(name -> futures.group(name).equals("public"));
    assertThat(others).allMatch(name -> futures.group(name).equals("market"));
    assertThat(futures.path(books)).isEqualTo("/public/stream");
    assertThat(futures.path(others)).isEqualTo("/market/stream");
    assertThat(futures.url() + futures.path(others))
        .isEqualTo("wss://fstream.binance.com/market/stream");
  }

  @Test
  void pricesAndRatesOfContractsComeTogether() throws Exception {
    var mark = watch(BinanceFuturesLiveMarkPrice.class, futures, new NowQuery(PERPETUAL));
    var index = watch(BinanceFuturesLiveIndexPrice.class, futures, new NowQuery(PERPETUAL));
    var funding = watch(BinanceFuturesLiveFunding.class, futures, new NowQuery(PERPETUAL));
    say(futures, "markPrice.futures");

    assertThat(mark.rows())
        .containsExactly(new MarkPrice(MINUTE, new BigDecimal("87648.31000000")));
    assertThat(index.rows())
        .containsExactly(new IndexPrice(MINUTE, new BigDecimal("87640.29000000")));
    assertThat(funding.rows())
        .containsExactly(
            new FundingRate(
                MINUTE,
                new BigDecimal("0.00010000"),
                Optional.of(Instant.ofEpochMilli(1767254400000L))));
  }

  @Test
  void whatIsDeliveredHasAMarkPriceAndNoFunding() throws Exception {
    var delivered = Symbol.of("BTC/USDT:USDT-261225");
    var mark = watch(BinanceFuturesLiveMarkPrice.class, futures, new NowQuery(delivered));

    say(futures, "markPrice.delivered");

    assertThat(mark.rows()).hasSize(1);
    assertThat(
            REPLAY
                .wiring()
                .binding(BinanceFuturesLiveFunding.class)
                .availability(futures, new NowQuery(delivered), MINUTE))
        .isInstanceOf(Availability.Cannot.class);
  }

  @Test
  void positionsClosedByForceCarryTheOrdersSide() throws Exception {
    var told = watch(BinanceFuturesLiquidations.class, futures, new NowQuery(PERPETUAL));

    say(futures, "forceOrder.futures");

    assertThat(told.rows())
        .containsExactly(
            new Liquidation(
                Instant.ofEpochMilli(1767225659990L),
                new BigDecimal("87000.00"),
                new BigDecimal("0.100"),
                Side.SELL));
  }

  @Test
  void limitsAreThoseOfTheMarkets() {
    var ofSpot = spot.streamLimits();
    var ofFutures = futures.streamLimits();

    assertThat(List.of(ofSpot.channels().perConnection(), ofFutures.channels().perConnection()))
        .containsOnly(1024);
    assertThat(List.of(ofSpot.messages().most(), ofFutures.messages().most()))
        .containsExactly(5, 10);
    assertThat(ofSpot.connections().opened())
        .isEqualTo(new StreamLimits.Rate(300, Duration.ofMinutes(5)));
    assertThat(ofFutures.connections().lifetime()).isEqualTo(Duration.ofHours(24));
    assertThat(spot.keepalive()).isEqualTo(Keepalive.byServer(Duration.ofMinutes(1)));
    assertThat(futures.keepalive()).isEqualTo(Keepalive.byServer(Duration.ofMinutes(10)));
  }
}
