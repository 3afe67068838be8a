package io.tradeflood.exchange.bitget;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.LiveBinding;
import io.tradeflood.exchange.FakeStreams;
import io.tradeflood.exchange.Golden;
import io.tradeflood.exchange.Replay;
import io.tradeflood.exchange.Told;
import io.tradeflood.live.BookUpdate;
import io.tradeflood.model.BarQuery;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.Candle;
import io.tradeflood.model.FundingRate;
import io.tradeflood.model.IndexPrice;
import io.tradeflood.model.Interval;
import io.tradeflood.model.MarkPrice;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.OpenInterest;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Query;
import io.tradeflood.model.Side;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.Ticker;
import io.tradeflood.model.Trade;
import io.tradeflood.net.stream.Incoming;
import io.tradeflood.net.stream.Keepalive;
import io.tradeflood.net.stream.StreamLimits;
import io.tradeflood.turn.Failure;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BitgetStreamTest {
  private static final Symbol BTC = Symbol.of("BTC/USDT");
  private static final Symbol PERPETUAL = Symbol.of("BTC/USDT:USDT");
  private static final Instant MINUTE = Instant.parse("2026-01-01T00:01:00Z");
  private static final Instant TOLD = MINUTE.plusMillis(1);

  @RegisterExtension static final Replay REPLAY = new Replay(Map.of());

  private final FakeStreams streams = REPLAY.wiring().streams();
  private final BitgetStream bitget = REPLAY.wiring().connector(BitgetStream.class);

  @BeforeEach
  void clear() {
    streams.clear();
  }

  private <Q extends Query, M> Told<M> watch(
      Class<? extends LiveBinding<BitgetStream, Q, M>> binding, Q query) throws Exception {
    return Told.of(REPLAY.run(REPLAY.wiring().binding(binding).plan(bitget, query)));
  }

  private Incoming say(String golden) {
    return streams.say(bitget, Golden.text("bitget/stream/" + golden + ".json"));
  }

  @Test
  void subscribesAndUnsubscribesByMessages() {
    assertThat(bitget.subscribe(List.of("SPOT/trade/BTCUSDT", "COIN-FUTURES/books/BTCUSD"), 1))
        .isEqualTo(
            """
            {"op":"subscribe","args":[{"instType":"SPOT","channel":"trade","instId":"BTCUSDT"},\
            {"instType":"COIN-FUTURES","channel":"books","instId":"BTCUSD"}]}\
            """);
    assertThat(bitget.unsubscribe(List.of("SPOT/trade/BTCUSDT"), 2))
        .startsWith("{\"op\":\"unsubscribe\",");
  }

  @Test
  void aFullMessageStaysWithinItsBound() {
    var longest =
        Stream.generate(() -> "USDT-FUTURES/candle12Hutc/1000000BABYDOGEUSDT")
            .limit(bitget.streamLimits().channels().perMessage())
            .toList();

    assertThat(bitget.streamLimits().channels().bytes()).isEqualTo(4096);
    assertThat(bitget.subscribe(longest, 1)).hasSizeLessThan(4096);
  }

  @Test
  void instrumentsAreOfATypeEach() throws Exception {
    watch(BitgetLiveTrades.class, new NowQuery(BTC));
    watch(BitgetLiveTrades.class, new NowQuery(PERPETUAL));
    watch(BitgetLiveTrades.class, new NowQuery(Symbol.of("BTC/USD:BTC")));
    watch(BitgetLiveTrades.class, new NowQuery(Symbol.of("BTC/USDC:USDC")));

    assertThat(streams.names())
        .containsExactly(
            "SPOT/trade/BTCUSDT",
            "USDT-FUTURES/trade/BTCUSDT",
            "COIN-FUTURES/trade/BTCUSD",
            "USDC-FUTURES/trade/BTCPERP");
  }

  @Test
  void eachChannelIsAnsweredByItself() {
    String arg = "\"arg\":{\"instType\":\"SPOT\",\"channel\":\"trade\",\"instId\":\"BTCUSDT\"}";

    assertThat(streams.say(bitget, "{\"event\":\"subscribe\"," + arg + "}"))
        .isEqualTo(new Incoming.Subscribed(List.of("SPOT/trade/BTCUSDT")));
    assertThat(streams.say(bitget, "{\"event\":\"unsubscribe\"," + arg + "}"))
        .isEqualTo(new Incoming.Subscribed(List.of("SPOT/trade/BTCUSDT")));
    assertThat(
            streams.say(
                bitget,
                "{\"event\":\"error\","
                    + arg
                    + ",\"code\":30001,\"msg\":\"instType:SPOT,channel:trade,instId:BTCUSDT doesn't"
                    + " exist\",\"op\":\"subscribe\"}"))
        .isInstanceOfSatisfying(
            Incoming.RefusedChannel.class,
            refused -> {
              assertThat(refused.channel()).isEqualTo("SPOT/trade/BTCUSDT");
              assertThat(((Failure.Refused) refused.failure()).code()).isEqualTo("30001");
              assertThat(refused.failure())
                  .hasMessage(
                      "bitget.stream said 30001 instType:SPOT,channel:trade,instId:BTCUSDT doesn't"
                          + " exist");
            });
  }

  @Test
  void tooManyRequestsAreNoFaultOfAChannel() {
    assertThat(
            streams.say(
                bitget,
                "{\"event\":\"error\",\"arg\":{\"instType\":\"SPOT\",\"channel\":\"trade\",\"instId\":\"BTCUSDT\"},\"code\":30006,\"msg\":\"request"
                    + " too many\"}"))
        .isInstanceOfSatisfying(
            Incoming.Broken.class,
            broken ->
                assertThat(broken.failure())
                    .isInstanceOf(Failure.Unreachable.class)
                    .hasMessageContaining("30006 request too many"));
    assertThat(streams.say(bitget, "{\"event\":\"error\",\"code\":30003,\"msg\":\"Invalid op\"}"))
        .isInstanceOf(Incoming.Broken.class);
  }

  @Test
  void dataOfAChannelThatNobodyWantsIsIgnored() {
    assertThat(say("trade.mix")).isEqualTo(Incoming.IGNORED);
  }

  @Test
  void tradesBeginWithThePastAndAreToldOldestFirst() throws Exception {
    var spot = watch(BitgetLiveTrades.class, new NowQuery(BTC));
    var mix = watch(BitgetLiveTrades.class, new NowQuery(PERPETUAL));

    say("trade.spot.begins");
    say("trade.mix");

    assertThat(spot.rows()).extracting(Trade::id).containsExactly("11", "12");
    assertThat(spot.origins()).containsExactly("snapshot", "snapshot");
    assertThat(mix.rows())
        .containsExactly(
            new Trade("13", MINUTE, new BigDecimal("87648.3"), new BigDecimal("0.5"), Side.BUY));
    assertThat(mix.origins()).containsExactly("stream");
  }

  @Test
  void candlesOfAStreamHaveTheirVolumesTheOtherWay() throws Exception {
    var told = watch(BitgetLiveCandles.class, new BarQuery(Symbol.of("ETH/BTC"), Interval.M1));

    say("candle.spot");

    assertThat(told.rows())
        .first()
        .isEqualTo(
            new Candle(
                Interval.M1,
                Instant.parse("2026-01-01T00:00:00Z"),
                new BigDecimal("0.0331"),
                new BigDecimal("0.0335"),
                new BigDecimal("0.0330"),
                new BigDecimal("0.0333"),
                new BigDecimal("12.5"),
                Optional.of(new BigDecimal("0.41625")),
                OptionalLong.empty(),
                false,
                "stream"));
    assertThat(told.rows()).extracting(Candle::time).isSorted().hasSize(2);
  }

  @Test
  void longCandlesAreThoseCutAtUtcAndThreeMinutesAreNotStreamed() throws Exception {
    watch(BitgetLiveCandles.class, new BarQuery(BTC, Interval.D1));

    assertThat(streams.names()).containsExactly("SPOT/candle1Dutc/BTCUSDT");
    assertThat(
            REPLAY
                .wiring()
                .binding(BitgetLiveCandles.class)
                .availability(bitget, new BarQuery(BTC, Interval.M3), MINUTE))
        .isInstanceOf(Availability.Cannot.class);
  }

  @Test
  void tickersOfContractsTellTheirPricesToo() throws Exception {
    var ticker = watch(BitgetLiveTicker.class, new NowQuery(PERPETUAL));
    var spot = watch(BitgetLiveTicker.class, new NowQuery(BTC));
    var mark = watch(BitgetLiveMarkPrice.class, new NowQuery(PERPETUAL));
    var index = watch(BitgetLiveIndexPrice.class, new NowQuery(PERPETUAL));
    var funding = watch(BitgetLiveFunding.class, new NowQuery(PERPETUAL));
    var open = watch(BitgetLiveOpenInterest.class, new NowQuery(PERPETUAL));

    assertThat(streams.names())
        .containsExactly("USDT-FUTURES/ticker/BTCUSDT", "SPOT/ticker/BTCUSDT");
    say("ticker.mix");
    say("ticker.spot");

    var whole =
        new Ticker(
            TOLD,
            number("87648.1"),
            number("1.5"),
            number("87648.2"),
            number("2.5"),
            number("87648.2"),
            number("87548.1"),
            number("88000"),
            number("87000"),
            number("1000.5"),
            number("87600000.25"));
    assertThat(ticker.rows()).containsExactly(whole);
    assertThat(spot.rows()).containsExactly(whole);
    assertThat(ticker.origins()).containsExactly("stream");
    assertThat(mark.rows()).containsExactly(new MarkPrice(TOLD, new BigDecimal("87648.31")));
    assertThat(index.rows()).containsExactly(new IndexPrice(TOLD, new BigDecimal("87640.29")));
    assertThat(funding.rows())
        .containsExactly(
            new FundingRate(
                TOLD, new BigDecimal("0.0001"), Optional.of(Instant.ofEpochMilli(1767254400000L))));
    assertThat(open.rows())
        .containsExactly(new OpenInterest(TOLD, new BigDecimal("929.502"), Optional.empty()));
  }

  private static Optional<BigDecimal> number(String text) {
    return Optional.of(new BigDecimal(text));
  }

  @Test
  void spotHasNoMarkPrice() {
    assertThat(
            REPLAY
                .wiring()
                .binding(BitgetLiveMarkPrice.class)
                .availability(bitget, new NowQuery(BTC), MINUTE))
        .isEqualTo(
            Availability.cannot(
                "bitget tells mark prices of contracts only, and BTC/USDT is none: ask for its"
                    + " perpetual"));
  }

  @Test
  void partsOfABookAreWholeEachTime() throws Exception {
    var told = watch(BitgetLivePartialBook.class, new BookQuery(PERPETUAL, OptionalInt.of(5)));

    say("books5.mix");

    assertThat(told.rows())
        .containsExactly(
            new OrderBook(
                Optional.of(MINUTE.plusMillis(100)),
                OptionalLong.empty(),
                List.of(
                    new OrderBook.Level(new BigDecimal("87648.1"), new BigDecimal("2.0")),
                    new OrderBook.Level(new BigDecimal("87648.0"), new BigDecimal("1.0"))),
                List.of(new OrderBook.Level(new BigDecimal("87648.2"), new BigDecimal("1.0")))));
    assertThat(told.origins()).containsExactly("stream");
  }

  @Test
  void aBookBeginsInTheStreamAndIsSummedUp() throws Exception {
    var binding = REPLAY.wiring().binding(BitgetLiveBook.class);
    var told = Told.of(REPLAY.run(binding.changes(bitget, BTC)));

    say("books.spot.begins");
    say("books.spot");

    assertThat(binding.snapshot(bitget, BTC)).isEmpty();
    assertThat(told).extracting(BookUpdate::isSnapshot).containsExactly(true, false);
    assertThat(told).extracting(BookUpdate::last).containsExactly(122L, 123L);
    assertThat(told).extracting(BookUpdate::checksum).containsExactly(-816974071, -417624366);
    assertThat(told).extracting(BookUpdate::bids).containsExactly(2, 2);
    assertThat(told).extracting(BookUpdate::size).containsExactly(5, 5);
    assertThat(told.getLast().time()).isEqualTo(MINUTE.plusMillis(100).toEpochMilli());
  }

  @Test
  void aChecksumOfZeroIsNone() throws Exception {
    var told =
        Told.of(REPLAY.run(REPLAY.wiring().binding(BitgetLiveBook.class).changes(bitget, BTC)));

    streams.say(bitget, Golden.text("bitget/stream/books.spot.json").replace("-417624366", "0"));

    assertThat(told).extracting(BookUpdate::hasChecksum).containsExactly(false);
  }

  @Test
  void limitsAreThoseOfTheExchange() {
    var limits = bitget.streamLimits();

    assertThat(limits.channels().perConnection()).isLessThan(50);
    assertThat(limits.messages()).isEqualTo(new StreamLimits.Rate(10, Duration.ofSeconds(1)));
    assertThat(limits.subscriptions()).contains(new StreamLimits.Rate(240, Duration.ofHours(1)));
    assertThat(limits.connections().opened())
        .isEqualTo(new StreamLimits.Rate(300, Duration.ofMinutes(5)));
    assertThat(limits.connections().atOnce()).isEqualTo(100);
    assertThat(bitget.keepalive())
        .isEqualTo(Keepalive.text("ping", "pong", Duration.ofSeconds(30)));
  }
}
