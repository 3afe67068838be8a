package io.tradeflood.exchange.binance;

import io.tradeflood.exchange.Probe;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.Interval;
import io.tradeflood.model.NowQuery;
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
import java.util.OptionalLong;

/** What asks for each recorded request of Binance. */
public final class BinanceRequests {
  private static final Symbol SPOT = Symbol.of("BTC/USDT");
  private static final Symbol LINEAR = Symbol.of("BTC/USDT:USDT");
  private static final Symbol INVERSE = Symbol.of("BTC/USD:BTC");
  private static final Instant START = Instant.ofEpochMilli(1699381234000L);
  private static final Instant END = Instant.ofEpochMilli(1699384833999L);

  private BinanceRequests() {}

  public static Map<String, Probe.Ask> all() {
    var all = new LinkedHashMap<String, Probe.Ask>();
    spot(all);
    futures(all);
    coin(all);
    return all;
  }

  private static void spot(Map<String, Probe.Ask> all) {
    String host = "https://api.binance.com/api/v3";
    all.put(
        host + "/ticker/bookTicker?symbols=%5B%22BTCUSDT%22%2C%22ETHUSDT%22%5D",
        wiring ->
            say(
                wiring.run(
                    wiring
                        .connector(BinanceSpotRest.class)
                        .bookTickers(List.of("BTCUSDT", "ETHUSDT")))));
    all.put(
        host + "/klines?interval=1h&limit=1000&symbol=BTCUSDT",
        Probe.bars(
                "",
                "",
                BinanceSpotCandles.class,
                BinanceSpotRest.class,
                SPOT,
                Interval.H1,
                1714921200000L,
                1000,
                false)
            .ask());
    all.put(
        host + "/klines?interval=1m&limit=500&symbol=BTCUSDT",
        Probe.bars(
                "",
                "",
                BinanceSpotCandles.class,
                BinanceSpotRest.class,
                SPOT,
                Interval.M1,
                1714921200000L,
                500,
                false)
            .ask());
    all.put(
        host + "/depth?symbol=BTCUSDT",
        Probe.now("", "", BinanceSpotBook.class, BinanceSpotRest.class, new BookQuery(SPOT)).ask());
    all.put(
        host + "/ticker/24hr?symbol=BTCUSDT",
        Probe.now("", "", BinanceSpotTicker.class, BinanceSpotRest.class, new NowQuery(SPOT))
            .ask());
    all.put(
        host + "/ticker/24hr?symbols=%5B%22BTCUSDT%22%2C%22ETHUSDT%22%5D",
        wiring ->
            say(
                wiring.run(
                    wiring
                        .connector(BinanceSpotRest.class)
                        .tickers(List.of("BTCUSDT", "ETHUSDT")))));
    all.put(
        host + "/time",
        Probe.now("", "", BinanceSpotTime.class, BinanceSpotRest.class, new NowQuery(SPOT)).ask());
    all.put(
        host + "/aggTrades?limit=5&symbol=BTCUSDT",
        wiring ->
            say(
                wiring.run(
                    wiring
                        .binding(BinanceSpotTrades.class)
                        .firstAt(
                            wiring.connector(BinanceSpotRest.class),
                            new SeriesQuery(SPOT, Window.since(START)),
                            START))));
  }

  private static void futures(Map<String, Probe.Ask> all) {
    String host = "https://fapi.binance.com";
    all.put(
        host + "/fapi/v1/ticker/bookTicker",
        wiring -> say(wiring.run(wiring.connector(BinanceFuturesRest.class).bookTickers())));
    all.put(
        host + "/fapi/v1/premiumIndex?symbol=BTCUSDT",
        Probe.now(
                "", "", BinanceFuturesFunding.class, BinanceFuturesRest.class, new NowQuery(LINEAR))
            .ask());
    all.put(
        host + "/fapi/v1/fundingRate?symbol=BTCUSDT",
        wiring -> {
          var range = new TimeRange(START, END);
          return say(
              wiring.run(
                  wiring
                      .binding(BinanceFuturesFundingHistory.class)
                      .plan(
                          wiring.connector(BinanceFuturesRest.class),
                          new SeriesQuery(LINEAR, Window.of(range)),
                          range,
                          Optional.empty(),
                          10)));
        });
    all.put(
        host + "/fapi/v1/klines?interval=1h&limit=1000&symbol=BTCUSDT",
        Probe.bars(
                "",
                "",
                BinanceFuturesCandles.class,
                BinanceFuturesRest.class,
                LINEAR,
                Interval.H1,
                1714921200000L,
                1000,
                false)
            .ask());
    all.put(
        host + "/fapi/v1/klines?interval=1m&limit=500&symbol=BTCUSDT",
        Probe.bars(
                "",
                "",
                BinanceFuturesCandles.class,
                BinanceFuturesRest.class,
                LINEAR,
                Interval.M1,
                1714921200000L,
                499,
                false)
            .ask());
    all.put(
        host + "/futures/data/openInterestHist?period=5m&symbol=BTCUSDT",
        Probe.bars(
                "",
                "",
                BinanceFuturesOpenInterestHistory.class,
                BinanceFuturesRest.class,
                LINEAR,
                Interval.M5,
                1714921200000L,
                30,
                false)
            .ask());
    all.put(
        host + "/fapi/v1/depth?symbol=BTCUSDT&limit=5",
        Probe.now(
                "",
                "",
                BinanceFuturesBook.class,
                BinanceFuturesRest.class,
                new BookQuery(LINEAR, OptionalInt.of(5)))
            .ask());
    all.put(
        host + "/fapi/v1/ticker/24hr",
        wiring -> say(wiring.run(wiring.connector(BinanceFuturesRest.class).tickers())));
    all.put(
        host + "/fapi/v1/aggTrades?limit=5&symbol=BTCUSDT",
        wiring ->
            say(
                wiring.run(
                    wiring
                        .binding(BinanceFuturesTrades.class)
                        .firstAt(
                            wiring.connector(BinanceFuturesRest.class),
                            new SeriesQuery(LINEAR, Window.since(START)),
                            START))));
  }

  private static void coin(Map<String, Probe.Ask> all) {
    String host = "https://dapi.binance.com/dapi/v1";
    all.put(
        host + "/premiumIndex?symbol=ETHUSD_PERP",
        Probe.now(
                "",
                "",
                BinanceCoinMarkPrice.class,
                BinanceCoinRest.class,
                new NowQuery(Symbol.of("ETH/USD:ETH")))
            .ask());
    all.put(
        host + "/klines?interval=1m&limit=5&symbol=BTCUSD_PERP",
        Probe.bars(
                "",
                "",
                BinanceCoinCandles.class,
                BinanceCoinRest.class,
                INVERSE,
                Interval.M1,
                1714921200000L,
                5,
                false)
            .ask());
    all.put(
        host + "/openInterest?symbol=BTCUSD_PERP",
        Probe.now(
                "", "", BinanceCoinOpenInterest.class, BinanceCoinRest.class, new NowQuery(INVERSE))
            .ask());
    all.put(
        host + "/depth?symbol=BTCUSD_PERP&limit=5",
        Probe.now(
                "",
                "",
                BinanceCoinBook.class,
                BinanceCoinRest.class,
                new BookQuery(INVERSE, OptionalInt.of(5)))
            .ask());
    all.put(
        host + "/premiumIndexKlines?interval=1m&limit=500&symbol=BTCUSD_PERP",
        Probe.bars(
                "",
                "",
                BinanceCoinPremiumCandles.class,
                BinanceCoinRest.class,
                INVERSE,
                Interval.M1,
                1714921200000L,
                499,
                false)
            .ask());
    all.put(
        host + "/aggTrades?limit=5&symbol=BTCUSD_PERP",
        wiring ->
            say(
                wiring.run(
                    wiring
                        .connector(BinanceCoinRest.class)
                        .aggTrades("BTCUSD_PERP", OptionalLong.empty(), 5))));
  }

  private static List<Map<String, Object>> say(Object answer) {
    return List.of(Map.of("answer", answer));
  }
}
