package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.CursorBinding;
import io.tradeflood.connector.Connector;
import io.tradeflood.exchange.Probe;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.Interval;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Row;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Window;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What asks for each recorded request of Bitget. */
public final class BitgetRequests {
  private static final Symbol SPOT = Symbol.of("BTC/USDT");
  private static final Symbol LINEAR = Symbol.of("BTC/USDT:USDT");
  private static final long DAY = 1414368000000L;
  private static final TimeRange RANGE =
      new TimeRange(Instant.ofEpochMilli(DAY), Instant.ofEpochMilli(DAY + 1000));

  private BitgetRequests() {}

  public static Map<String, Probe.Ask> all() {
    var all = new LinkedHashMap<String, Probe.Ask>();
    spot(all);
    mix(all);
    unified(all);
    return all;
  }

  private static void spot(Map<String, Probe.Ask> all) {
    String host = "https://api.bitget.com/api/v2/spot/market";
    all.put(
        host + "/candles?symbol=BTCUSDT&granularity=1h&limit=1000",
        Probe.bars(
                "",
                "",
                BitgetSpotCandles.class,
                BitgetSpotRest.class,
                SPOT,
                Interval.H1,
                DAY,
                999,
                true)
            .ask());
    all.put(
        host + "/history-candles?symbol=BTCUSDT&granularity=1Dutc&limit=100",
        Probe.bars(
                "",
                "",
                BitgetSpotCandles.class,
                BitgetSpotRest.class,
                SPOT,
                Interval.D1,
                DAY,
                99,
                false)
            .ask());
    all.put(
        host + "/orderbook?symbol=BTCUSDT",
        Probe.now("", "", BitgetSpotBook.class, BitgetSpotRest.class, new BookQuery(SPOT)).ask());
    all.put(
        host + "/fills-history?symbol=BTCUSDT",
        walk(BitgetSpotTrades.class, BitgetSpotRest.class, SPOT));
    all.put(
        "https://api.bitget.com/api/v2/public/time",
        Probe.now("", "", BitgetSpotTime.class, BitgetSpotRest.class, new NowQuery(SPOT)).ask());
  }

  private static void mix(Map<String, Probe.Ask> all) {
    String host = "https://api.bitget.com/api/v2/mix/market";
    String btc = "symbol=BTCUSDT&productType=USDT-FUTURES";
    all.put(
        host + "/current-fund-rate?" + btc,
        Probe.now("", "", BitgetMixFunding.class, BitgetMixRest.class, new NowQuery(LINEAR)).ask());
    all.put(
        host + "/current-fund-rate?productType=USDT-FUTURES",
        wiring ->
            say(
                wiring.run(
                    wiring.connector(BitgetMixRest.class).currentFundRates("USDT-FUTURES"))));
    all.put(
        host + "/history-fund-rate?" + btc,
        walk(BitgetMixFundingHistory.class, BitgetMixRest.class, LINEAR));
    all.put(
        host + "/symbol-price?" + btc,
        Probe.now("", "", BitgetMixMarkPrice.class, BitgetMixRest.class, new NowQuery(LINEAR))
            .ask());
    all.put(
        host + "/candles?kLineType=index&granularity=1H&limit=1000&" + btc,
        Probe.bars(
                "",
                "",
                BitgetMixIndexCandles.class,
                BitgetMixRest.class,
                LINEAR,
                Interval.H1,
                DAY,
                998,
                true)
            .ask());
    all.put(
        host + "/candles?granularity=1H&limit=1000&" + btc,
        Probe.bars(
                "",
                "",
                BitgetMixCandles.class,
                BitgetMixRest.class,
                LINEAR,
                Interval.H1,
                DAY,
                998,
                true)
            .ask());
    all.put(
        host + "/history-candles?granularity=1Dutc&limit=90&" + btc,
        Probe.bars(
                "",
                "",
                BitgetMixCandles.class,
                BitgetMixRest.class,
                LINEAR,
                Interval.D1,
                DAY,
                88,
                false)
            .ask());
    all.put(
        host + "/open-interest?" + btc,
        Probe.now("", "", BitgetMixOpenInterest.class, BitgetMixRest.class, new NowQuery(LINEAR))
            .ask());
    all.put(
        host + "/merge-depth?limit=5&" + btc,
        Probe.now(
                "",
                "",
                BitgetMixBook.class,
                BitgetMixRest.class,
                new BookQuery(LINEAR, OptionalInt.of(5)))
            .ask());
    all.put(
        host + "/ticker?" + btc,
        Probe.now("", "", BitgetMixTicker.class, BitgetMixRest.class, new NowQuery(LINEAR)).ask());
    for (String productType : List.of("USDT-FUTURES", "COIN-FUTURES"))
      all.put(
          host + "/tickers?productType=" + productType,
          wiring -> say(wiring.run(wiring.connector(BitgetMixRest.class).tickers(productType))));
    all.put(
        host + "/fills-history?limit=5&" + btc,
        walk(BitgetMixTrades.class, BitgetMixRest.class, LINEAR));
  }

  private static void unified(Map<String, Probe.Ask> all) {
    String host = "https://api.bitget.com/api/v3/market";
    all.put(
        host + "/current-fund-rate?symbol=BTCUSDT",
        Probe.now("", "", BitgetUnifiedFunding.class, BitgetUnifiedRest.class, new NowQuery(LINEAR))
            .ask());
    all.put(
        host + "/candles?symbol=BTCUSDT&interval=1m&limit=1&category=SPOT",
        Probe.bars(
                "",
                "",
                BitgetUnifiedCandles.class,
                BitgetUnifiedRest.class,
                SPOT,
                Interval.M1,
                DAY,
                1,
                true)
            .ask());
    all.put(
        host + "/candles?symbol=BTCUSDT&interval=1m&limit=1&type=INDEX&category=USDT-FUTURES",
        Probe.bars(
                "",
                "",
                BitgetUnifiedIndexCandles.class,
                BitgetUnifiedRest.class,
                LINEAR,
                Interval.M1,
                DAY,
                1,
                true)
            .ask());
    all.put(
        host + "/orderbook?symbol=BTCUSDT&category=SPOT",
        Probe.now("", "", BitgetUnifiedBook.class, BitgetUnifiedRest.class, new BookQuery(SPOT))
            .ask());
    all.put(
        host + "/tickers?symbol=BTCUSDT&category=SPOT",
        Probe.now("", "", BitgetUnifiedTicker.class, BitgetUnifiedRest.class, new NowQuery(SPOT))
            .ask());
    all.put(
        host + "/tickers?category=USDT-FUTURES",
        wiring ->
            say(wiring.run(wiring.connector(BitgetUnifiedRest.class).tickers("USDT-FUTURES"))));
    all.put(
        host + "/fills?symbol=BTCUSDT&limit=1&category=SPOT",
        walk(BitgetUnifiedTrades.class, BitgetUnifiedRest.class, SPOT));
    all.put(
        host + "/fills?symbol=BTCUSDT&limit=3&category=MARGIN",
        wiring ->
            say(
                wiring.run(
                    wiring.connector(BitgetUnifiedRest.class).fills("MARGIN", "BTCUSDT", 3))));
  }

  private static <C extends Connector, M extends Row> Probe.Ask walk(
      Class<? extends CursorBinding<C, SeriesQuery, M>> binding,
      Class<C> connector,
      Symbol symbol) {
    return wiring ->
        say(
            wiring.run(
                wiring
                    .binding(binding)
                    .plan(
                        wiring.connector(connector),
                        new SeriesQuery(symbol, Window.of(RANGE)),
                        RANGE,
                        Optional.empty(),
                        5)));
  }

  private static List<Map<String, Object>> say(Object answer) {
    return List.of(Map.of("answer", answer));
  }
}
