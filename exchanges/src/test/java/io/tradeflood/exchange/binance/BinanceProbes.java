package io.tradeflood.exchange.binance;

import static io.tradeflood.exchange.Probe.bars;
import static io.tradeflood.exchange.Probe.endpoint;
import static io.tradeflood.exchange.Probe.now;

import io.tradeflood.exchange.Probe;
import io.tradeflood.exchange.Said;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.CatalogQuery;
import io.tradeflood.model.Interval;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How each recorded payload of Binance is asked for. */
public final class BinanceProbes {
  private static final Symbol SPOT = Symbol.of("BTC/USDT");
  private static final Symbol LINEAR = Symbol.of("BTC/USDT:USDT");
  private static final Symbol INVERSE = Symbol.of("BTC/USD:BTC");
  private static final Instant ANY = Instant.parse("2020-06-04T00:00:00Z");

  private BinanceProbes() {}

  public static List<Probe> all() {
    var all = new ArrayList<Probe>();
    all.addAll(spot());
    all.addAll(futures());
    all.addAll(coin());
    return all;
  }

  private static List<Probe> spot() {
    return List.of(
        new Probe(
            "rest/cf-binance-0.txt.gz",
            "/api/v3/exchangeInfo",
            wiring ->
                wiring
                    .run(
                        wiring
                            .binding(BinanceSpotInstruments.class)
                            .plan(wiring.connector(BinanceSpotRest.class), new CatalogQuery()))
                    .stream()
                    .map(i -> Map.<String, Object>of("symbol", i.symbol()))
                    .toList()),
        new Probe(
            "rest/cf-binance-http-0-0.txt.gz",
            "/api/v3/depth",
            wiring -> {
              var said = new ArrayList<Map<String, Object>>();
              for (String symbol : List.of("NKN/USDT", "BLZ/ETH", "LRC/BTC", "RUNE/EUR"))
                said.add(
                    Said.of(
                        wiring.run(
                            wiring
                                .binding(BinanceSpotBook.class)
                                .plan(
                                    wiring.connector(BinanceSpotRest.class),
                                    new BookQuery(Symbol.of(symbol), OptionalInt.of(1000))))));
              return said;
            }),
        now(
            "rest/cmp-l2-snapshot-spot.json",
            "/api/v3/depth",
            BinanceSpotBook.class,
            BinanceSpotRest.class,
            new BookQuery(SPOT)),
        aggTrades("rest/jk-spot-get-aggregated-trade-history.json", "/api/v3/aggTrades"),
        instruments("rest/jk-spot-get-exchange-info.json", "/api/v3/exchangeInfo"),
        endpoint(
            "rest/jk-spot-get-rolling-window-ticker.json",
            "/api/v3/ticker",
            BinanceSpotRest.class,
            binance -> binance.rollingTicker("BNBBTC", "7d").map(List::of),
            BinanceProbes::ticker),
        endpoint(
            "rest/jk-spot-get-trading-day-ticker.json",
            "/api/v3/ticker/tradingDay",
            BinanceSpotRest.class,
            binance -> binance.tradingDayTicker("BTCUSDT").map(List::of),
            BinanceProbes::ticker),
        now(
            "rest/jk-spot-get-server-time.json",
            "/api/v3/time",
            BinanceSpotTime.class,
            BinanceSpotRest.class,
            new NowQuery(SPOT)));
  }

  private static Map<String, Object> ticker(BinanceTicker row) {
    return Said.of(BinanceModels.ticker(row, row.best()));
  }

  private static Probe aggTrades(String input, String path) {
    return new Probe(
        input,
        path,
        wiring ->
            wiring
                .run(
                    wiring
                        .binding(BinanceSpotAggTrades.class)
                        .latest(
                            wiring.connector(BinanceSpotRest.class),
                            new SeriesQuery(SPOT, Window.latest(1)),
                            1))
                .stream()
                .map(Said::of)
                .toList());
  }

  private static Probe instruments(String input, String path) {
    return new Probe(
        input,
        path,
        wiring ->
            wiring
                .run(
                    wiring
                        .binding(BinanceSpotInstruments.class)
                        .plan(wiring.connector(BinanceSpotRest.class), new CatalogQuery()))
                .stream()
                .map(i -> Map.<String, Object>of("symbol", i.symbol()))
                .toList());
  }

  private static List<Probe> futures() {
    return List.of(
        now(
            "rest/barter-book-usdm.json",
            "/fapi/v1/depth",
            BinanceFuturesBook.class,
            BinanceFuturesRest.class,
            new BookQuery(LINEAR)),
        now(
            "rest/cmp-l2-snapshot-linear-future.json",
            "/fapi/v1/depth",
            BinanceFuturesBook.class,
            BinanceFuturesRest.class,
            new BookQuery(Symbol.of("BTC/USDT:USDT-220624"))),
        now(
            "rest/jk-usd-futures-get-order-book.json",
            "/fapi/v1/depth",
            BinanceFuturesBook.class,
            BinanceFuturesRest.class,
            new BookQuery(LINEAR)),
        now(
            "rest/cmp-open-interest-linear-swap.json",
            "/fapi/v1/openInterest",
            BinanceFuturesOpenInterest.class,
            BinanceFuturesRest.class,
            new NowQuery(LINEAR)),
        best(
            "rest/jk-usd-futures-get-book-price.json",
            "/fapi/v1/ticker/bookTicker",
            BinanceFuturesRest.class,
            "BTCUSDT"),
        continuous(
            "rest/jk-usd-futures-get-continuous-contract-klines.json",
            "/fapi/v1/continuousKlines",
            BinanceFuturesRest.class,
            "BTCUSDT"),
        new Probe(
            "rest/jk-usd-futures-get-exchange-info.json",
            "/fapi/v1/exchangeInfo",
            wiring ->
                wiring
                    .run(
                        wiring
                            .binding(BinanceFuturesInstruments.class)
                            .plan(wiring.connector(BinanceFuturesRest.class), new CatalogQuery()))
                    .stream()
                    .map(i -> Map.<String, Object>of("symbol", i.symbol()))
                    .toList()),
        bars(
            "rest/jk-usd-futures-get-index-price-klines.json",
            "/fapi/v1/indexPriceKlines",
            BinanceFuturesIndexCandles.class,
            BinanceFuturesRest.class,
            LINEAR,
            Interval.M1,
            1591256400000L,
            1,
            false),
        bars(
            "rest/jk-usd-futures-get-mark-price-klines.json",
            "/fapi/v1/markPriceKlines",
            BinanceFuturesMarkCandles.class,
            BinanceFuturesRest.class,
            LINEAR,
            Interval.M1,
            1591256460000L,
            1,
            false),
        bars(
            "rest/jk-usd-futures-get-premium-index-klines.json",
            "/fapi/v1/premiumIndexKlines",
            BinanceFuturesPremiumCandles.class,
            BinanceFuturesRest.class,
            LINEAR,
            Interval.M1,
            1691603820000L,
            1,
            false),
        now(
            "rest/jk-usd-futures-get-server-time.json",
            "/fapi/v1/time",
            BinanceFuturesTime.class,
            BinanceFuturesRest.class,
            new NowQuery(LINEAR)),
        endpoint(
            "rest/jk-usd-futures-get-ticker.json",
            "/fapi/v1/ticker/24hr",
            BinanceFuturesRest.class,
            binance -> binance.ticker("BTCUSDT").map(List::of),
            BinanceProbes::ticker),
        endpoint(
            "rest/jk-usd-futures-get-trade-history.json",
            "/fapi/v1/historicalTrades",
            BinanceFuturesRest.class,
            binance -> binance.historicalTrades("BTCUSDT", OptionalLong.empty(), 1),
            row -> Said.of(BinanceModels.trade(row))));
  }

  private static <C extends BinanceContractRest> Probe best(
      String input, String path, Class<C> connector, String name) {
    return endpoint(
        input,
        path,
        connector,
        binance -> binance.bookTicker(name).map(List::of),
        row -> {
          var said = new LinkedHashMap<String, Object>();
          row.best().bidPrice().ifPresent(price -> said.put("bidPrice", price));
          row.best().bidQty().ifPresent(size -> said.put("bidQty", size));
          row.best().askPrice().ifPresent(price -> said.put("askPrice", price));
          row.best().askQty().ifPresent(size -> said.put("askQty", size));
          row.time().ifPresent(time -> said.put("ts", BigDecimal.valueOf(time.toEpochMilli())));
          return said;
        });
  }

  private static <C extends BinanceContractRest> Probe continuous(
      String input, String path, Class<C> connector, String pair) {
    return endpoint(
        input,
        path,
        connector,
        binance -> binance.continuousKlines(pair, "CURRENT_QUARTER", "1m", ANY, ANY, 1),
        row -> {
          var said = new LinkedHashMap<String, Object>();
          said.put("ts", BigDecimal.valueOf(row.openTime().toEpochMilli()));
          said.put("closeTs", BigDecimal.valueOf(row.closeTime().toEpochMilli()));
          said.put("open", row.open());
          said.put("high", row.high());
          said.put("low", row.low());
          said.put("close", row.close());
          said.put("volume", row.volume());
          said.put("trades", BigDecimal.valueOf(row.trades()));
          return said;
        });
  }

  private static List<Probe> coin() {
    return List.of(
        now(
            "rest/cmp-l2-snapshot-inverse-future.json",
            "/dapi/v1/depth",
            BinanceCoinBook.class,
            BinanceCoinRest.class,
            new BookQuery(Symbol.of("BTC/USD:BTC-220624"))),
        now(
            "rest/cmp-open-interest-inverse-swap.json",
            "/dapi/v1/openInterest",
            BinanceCoinOpenInterest.class,
            BinanceCoinRest.class,
            new NowQuery(INVERSE)),
        new Probe(
            "rest/jk-coin-futures-get-aggregated-trade-history.json",
            "/dapi/v1/aggTrades",
            wiring ->
                wiring
                    .run(
                        wiring
                            .binding(BinanceCoinAggTrades.class)
                            .latest(
                                wiring.connector(BinanceCoinRest.class),
                                new SeriesQuery(INVERSE, Window.latest(1)),
                                1))
                    .stream()
                    .map(Said::of)
                    .toList()),
        best(
            "rest/jk-coin-futures-get-book-prices.json",
            "/dapi/v1/ticker/bookTicker",
            BinanceCoinRest.class,
            "BTCUSD_200626"),
        continuous(
            "rest/jk-coin-futures-get-continuous-contract-klines.json",
            "/dapi/v1/continuousKlines",
            BinanceCoinRest.class,
            "BTCUSD"),
        new Probe(
            "rest/jk-coin-futures-get-exchange-info.json",
            "/dapi/v1/exchangeInfo",
            wiring ->
                wiring
                    .run(
                        wiring
                            .binding(BinanceCoinInstruments.class)
                            .plan(wiring.connector(BinanceCoinRest.class), new CatalogQuery()))
                    .stream()
                    .map(i -> Map.<String, Object>of("symbol", i.symbol()))
                    .toList()),
        new Probe(
            "rest/jk-coin-futures-get-funding-rates.json",
            "/dapi/v1/fundingRate",
            wiring -> {
              var range =
                  new TimeRange(
                      Instant.ofEpochMilli(1698768000000L), Instant.ofEpochMilli(1698796800001L));
              return wiring
                  .run(
                      wiring
                          .binding(BinanceCoinFundingHistory.class)
                          .plan(
                              wiring.connector(BinanceCoinRest.class),
                              new SeriesQuery(INVERSE, Window.of(range)),
                              range,
                              Optional.empty(),
                              Integer.MAX_VALUE))
                  .rows()
                  .stream()
                  .map(Said::of)
                  .toList();
            }),
        bars(
            "rest/jk-coin-futures-get-index-price-klines.json",
            "/dapi/v1/indexPriceKlines",
            BinanceCoinIndexCandles.class,
            BinanceCoinRest.class,
            INVERSE,
            Interval.M1,
            1591256400000L,
            1,
            false),
        bars(
            "rest/jk-coin-futures-get-klines.json",
            "/dapi/v1/klines",
            BinanceCoinCandles.class,
            BinanceCoinRest.class,
            INVERSE,
            Interval.M1,
            1591258320000L,
            1,
            false),
        bars(
            "rest/jk-coin-futures-get-mark-price-klines.json",
            "/dapi/v1/markPriceKlines",
            BinanceCoinMarkCandles.class,
            BinanceCoinRest.class,
            INVERSE,
            Interval.M1,
            1591256460000L,
            1,
            false),
        new Probe(
            "rest/jk-coin-futures-get-mark-prices.json",
            "/dapi/v1/premiumIndex",
            wiring -> {
              var said = new ArrayList<Map<String, Object>>();
              var binance = wiring.connector(BinanceCoinRest.class);
              for (String symbol : List.of("BTC/USD:BTC", "BTC/USD:BTC-200925")) {
                var query = new NowQuery(Symbol.of(symbol));
                var all = new LinkedHashMap<String, Object>();
                if (query.symbol().isSwap())
                  all.putAll(
                      Said.of(
                          wiring.run(
                              wiring.binding(BinanceCoinFunding.class).plan(binance, query))));
                all.putAll(
                    Said.of(
                        wiring.run(
                            wiring.binding(BinanceCoinIndexPrice.class).plan(binance, query))));
                all.putAll(
                    Said.of(
                        wiring.run(
                            wiring.binding(BinanceCoinMarkPrice.class).plan(binance, query))));
                said.add(all);
              }
              return said;
            }),
        now(
            "rest/jk-coin-futures-get-open-interest.json",
            "/dapi/v1/openInterest",
            BinanceCoinOpenInterest.class,
            BinanceCoinRest.class,
            new NowQuery(Symbol.of("BTC/USD:BTC-200626"))),
        endpoint(
            "rest/jk-coin-futures-get-open-interest-history.json",
            "/futures/data/openInterestHist",
            BinanceCoinRest.class,
            binance -> binance.openInterestHist("BTCUSD", "CURRENT_QUARTER", "5m", ANY, ANY, 2),
            row -> Map.of("openInterest", row.openInterest())),
        bars(
            "rest/jk-coin-futures-get-premium-index-klines.json",
            "/dapi/v1/premiumIndexKlines",
            BinanceCoinPremiumCandles.class,
            BinanceCoinRest.class,
            INVERSE,
            Interval.M1,
            1691603820000L,
            1,
            false),
        endpoint(
            "rest/jk-coin-futures-get-recent-trades.json",
            "/dapi/v1/trades",
            BinanceCoinRest.class,
            binance -> binance.trades("BTCUSD_PERP", 1),
            row -> Said.of(BinanceModels.trade(row))),
        endpoint(
            "rest/jk-coin-futures-get-trade-history.json",
            "/dapi/v1/historicalTrades",
            BinanceCoinRest.class,
            binance -> binance.historicalTrades("BTCUSD_PERP", OptionalLong.empty(), 1),
            row -> Said.of(BinanceModels.trade(row))),
        now(
            "rest/jk-coin-futures-get-server-time.json",
            "/dapi/v1/time",
            BinanceCoinTime.class,
            BinanceCoinRest.class,
            new NowQuery(INVERSE)),
        endpoint(
            "rest/jk-coin-futures-get-tickers.json",
            "/dapi/v1/ticker/24hr",
            BinanceCoinRest.class,
            binance -> binance.ticker("BTCUSD_200925").map(List::of),
            BinanceProbes::ticker));
  }
}
