package io.tradeflood.exchange.bitget;

import static io.tradeflood.exchange.Probe.bars;
import static io.tradeflood.exchange.Probe.endpoint;
import static io.tradeflood.exchange.Probe.now;

import io.tradeflood.binding.CursorBinding;
import io.tradeflood.connector.Connector;
import io.tradeflood.exchange.Probe;
import io.tradeflood.exchange.Said;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.CatalogQuery;
import io.tradeflood.model.Interval;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Row;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How each recorded payload of Bitget is asked for. */
public final class BitgetProbes {
  private static final Symbol SPOT = Symbol.of("BTC/USDT");
  private static final Symbol LINEAR = Symbol.of("BTC/USDT:USDT");
  private static final Symbol INVERSE = Symbol.of("BTC/USD:BTC");
  private static final long SEPTEMBER = 1695835800000L;

  private BitgetProbes() {}

  public static List<Probe> all() {
    var all = new ArrayList<Probe>();
    all.addAll(spot());
    all.addAll(mix());
    all.addAll(unified());
    return all;
  }

  private static List<Probe> spot() {
    return List.of(
        now(
            "rest/ccxt-book-spot.json",
            "/api/v2/spot/market/orderbook",
            BitgetSpotBook.class,
            BitgetSpotRest.class,
            new BookQuery(SPOT)),
        now(
            "rest/ccxt-ticker-spot.json",
            "/api/v2/spot/market/tickers",
            BitgetSpotTicker.class,
            BitgetSpotRest.class,
            new NowQuery(SPOT)),
        bars(
            "rest/jk-spot-get-historical-klines.json",
            "/api/v2/spot/market/history-candles",
            BitgetSpotCandles.class,
            BitgetSpotRest.class,
            SPOT,
            Interval.MONTH1,
            1646092800000L,
            5,
            false),
        endpoint(
            "rest/jk-spot-get-recent-trades.json",
            "/api/v2/spot/market/fills",
            BitgetSpotRest.class,
            bitget -> bitget.fills("BFTUSDT", 2),
            row -> Said.of(BitgetModels.trade(row))),
        now(
            "rest/jk-spot-get-server-time.json",
            "/api/v2/public/time",
            BitgetSpotTime.class,
            BitgetSpotRest.class,
            new NowQuery(SPOT)),
        new Probe(
            "rest/jk-spot-get-symbols.json",
            "/api/v2/spot/public/symbols",
            wiring ->
                wiring
                    .run(
                        wiring
                            .binding(BitgetSpotInstruments.class)
                            .plan(wiring.connector(BitgetSpotRest.class), new CatalogQuery()))
                    .stream()
                    .map(i -> Map.<String, Object>of("symbol", i.symbol()))
                    .toList()));
  }

  private static List<Probe> mix() {
    return List.of(
        // The expectation takes the quote volume of an inverse market for its volume; ours is in
        // the base currency, as the exchange has it, and the quote volume stands beside it.
        new Probe(
            "rest/ccxt-ohlcv-inverse.json",
            "/api/v2/mix/market/candles",
            wiring ->
                candles(
                        "rest/ccxt-ohlcv-inverse.json",
                        INVERSE,
                        Interval.M1,
                        1703762100000L,
                        1,
                        true)
                    .ask()
                    .by(wiring)
                    .stream()
                    .map(
                        said -> {
                          Map<String, Object> inverse = new LinkedHashMap<>(said);
                          inverse.put("volume", said.get("quoteVolume"));
                          return inverse;
                        })
                    .toList()),
        candles("rest/ccxt-ohlcv-linear.json", LINEAR, Interval.M1, 1703762100000L, 1, true),
        now(
            "rest/jk-futures-get-funding-rate.json",
            "/api/v2/mix/market/current-fund-rate",
            BitgetMixFunding.class,
            BitgetMixRest.class,
            new NowQuery(LINEAR)),
        walk(
            "rest/jk-futures-get-historical-funding-rate.json",
            "/api/v2/mix/market/history-fund-rate",
            BitgetMixFundingHistory.class,
            BitgetMixRest.class),
        bars(
            "rest/jk-futures-get-historical-index-price-klines.json",
            "/api/v2/mix/market/history-index-candles",
            BitgetMixIndexCandles.class,
            BitgetMixRest.class,
            LINEAR,
            Interval.M5,
            SEPTEMBER,
            2,
            false),
        candles(
            "rest/jk-futures-get-historical-klines.json", LINEAR, Interval.M5, SEPTEMBER, 2, false),
        bars(
            "rest/jk-futures-get-historical-mark-price-klines.json",
            "/api/v2/mix/market/history-mark-candles",
            BitgetMixMarkCandles.class,
            BitgetMixRest.class,
            LINEAR,
            Interval.M5,
            SEPTEMBER,
            2,
            false),
        candles("rest/jk-futures-get-klines.json", LINEAR, Interval.M5, SEPTEMBER, 2, true),
        now(
            "rest/jk-futures-get-open-interest.json",
            "/api/v2/mix/market/open-interest",
            BitgetMixOpenInterest.class,
            BitgetMixRest.class,
            new NowQuery(LINEAR)),
        new Probe(
            "rest/jk-futures-get-prices.json",
            "/api/v2/mix/market/symbol-price",
            wiring -> {
              var bitget = wiring.connector(BitgetMixRest.class);
              var query = new NowQuery(LINEAR);
              var said =
                  new LinkedHashMap<>(
                      Said.of(
                          wiring.run(
                              wiring.binding(BitgetMixMarkPrice.class).plan(bitget, query))));
              said.putAll(
                  Said.of(
                      wiring.run(wiring.binding(BitgetMixIndexPrice.class).plan(bitget, query))));
              return List.of(said);
            }),
        now(
            "rest/jk-futures-get-ticker.json",
            "/api/v2/mix/market/ticker",
            BitgetMixTicker.class,
            BitgetMixRest.class,
            new NowQuery(Symbol.of("ETH/USD:ETH-231229"))),
        walk(
            "rest/jk-futures-get-trades.json",
            "/api/v2/mix/market/fills-history",
            BitgetMixTrades.class,
            BitgetMixRest.class));
  }

  private static Probe candles(
      String input, Symbol symbol, Interval interval, long first, int count, boolean recent) {
    return bars(
        input,
        "/api/v2/mix/market/" + (recent ? "candles" : "history-candles"),
        BitgetMixCandles.class,
        BitgetMixRest.class,
        symbol,
        interval,
        first,
        count,
        recent);
  }

  private static <C extends Connector, M extends Row> Probe walk(
      String input,
      String path,
      Class<? extends CursorBinding<C, SeriesQuery, M>> binding,
      Class<C> connector) {
    var range =
        new TimeRange(Instant.parse("2023-09-20T00:00:00Z"), Instant.parse("2023-09-29T00:00:00Z"));
    return new Probe(
        input,
        path,
        wiring ->
            wiring
                .run(
                    wiring
                        .binding(binding)
                        .plan(
                            wiring.connector(connector),
                            new SeriesQuery(LINEAR, Window.of(range)),
                            range,
                            Optional.empty(),
                            Integer.MAX_VALUE))
                .rows()
                .stream()
                .map(Said::of)
                .toList());
  }

  private static List<Probe> unified() {
    return List.of(
        now(
            "rest/ccxt-book-uta.json",
            "/api/v3/market/orderbook",
            BitgetUnifiedBook.class,
            BitgetUnifiedRest.class,
            new BookQuery(SPOT)),
        bars(
            "rest/ccxt-ohlcv-uta-swap.json",
            "/api/v3/market/candles",
            BitgetUnifiedCandles.class,
            BitgetUnifiedRest.class,
            LINEAR,
            Interval.M1,
            1750417740000L,
            1,
            true),
        now(
            "rest/ccxt-ticker-uta-spot.json",
            "/api/v3/market/tickers",
            BitgetUnifiedTicker.class,
            BitgetUnifiedRest.class,
            new NowQuery(SPOT)),
        now(
            "rest/ccxt-ticker-uta-swap.json",
            "/api/v3/market/tickers",
            BitgetUnifiedTicker.class,
            BitgetUnifiedRest.class,
            new NowQuery(LINEAR)),
        now(
            "rest/jk-unified-get-futures-tickers.json",
            "/api/v3/market/tickers",
            BitgetUnifiedTicker.class,
            BitgetUnifiedRest.class,
            new NowQuery(LINEAR)),
        endpoint(
            "rest/ccxt-trades-uta-margin.json",
            "/api/v3/market/fills",
            BitgetUnifiedRest.class,
            bitget -> bitget.fills("MARGIN", "BTCUSDT", 3),
            row -> Said.of(BitgetModels.trade(row))),
        walk(
            "rest/ccxt-trades-uta-swap.json",
            "/api/v3/market/fills",
            BitgetUnifiedTrades.class,
            BitgetUnifiedRest.class),
        now(
            "rest/jk-unified-get-funding-rate.json",
            "/api/v3/market/current-fund-rate",
            BitgetUnifiedFunding.class,
            BitgetUnifiedRest.class,
            new NowQuery(Symbol.of("ETH/USDT:USDT"))),
        endpoint(
            "rest/jk-unified-get-futures-symbols.json",
            "/api/v3/market/instruments",
            BitgetUnifiedRest.class,
            bitget -> bitget.instruments("USDT-FUTURES"),
            row -> Map.of("symbol", row.symbol())));
  }
}
