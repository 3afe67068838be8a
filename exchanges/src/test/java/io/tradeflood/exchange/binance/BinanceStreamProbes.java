package io.tradeflood.exchange.binance;

import static io.tradeflood.exchange.StreamProbe.book;
import static io.tradeflood.exchange.StreamProbe.endpoint;
import static io.tradeflood.exchange.StreamProbe.live;
import static io.tradeflood.exchange.StreamProbe.merged;

import io.tradeflood.exchange.Said;
import io.tradeflood.exchange.StreamProbe;
import io.tradeflood.model.BarQuery;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.Interval;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Symbol;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** How each recorded message of Binance's streams is watched for. */
public final class BinanceStreamProbes {
  private static final Symbol BTC = Symbol.of("BTC/USDT");
  private static final Symbol ETH = Symbol.of("ETH/USDT");
  private static final Symbol PERPETUAL = Symbol.of("BTC/USDT:USDT");

  private BinanceStreamProbes() {}

  /** Watches for the trade that is malformed. */
  public static StreamProbe malformed() {
    return trades("ws/barter-trade-malformed.json", ETH);
  }

  public static List<StreamProbe> all() {
    var all = new ArrayList<StreamProbe>();
    all.addAll(ofSpot());
    all.addAll(ofFutures());
    return all;
  }

  private static StreamProbe trades(String input, Symbol symbol) {
    return live(input, BinanceSpotLiveTrades.class, BinanceSpotStream.class, new NowQuery(symbol));
  }

  private static StreamProbe candles(String input) {
    return live(
        input,
        BinanceSpotLiveCandles.class,
        BinanceSpotStream.class,
        new BarQuery(BTC, Interval.M1));
  }

  private static StreamProbe contractCandles(String input) {
    return live(
        input,
        BinanceFuturesLiveCandles.class,
        BinanceFuturesStream.class,
        new BarQuery(PERPETUAL, Interval.M1));
  }

  private static StreamProbe ticker(String input) {
    return live(input, BinanceSpotLiveTicker.class, BinanceSpotStream.class, new NowQuery(BTC));
  }

  private static StreamProbe contractTicker(String input) {
    return live(
        input, BinanceFuturesLiveTicker.class, BinanceFuturesStream.class, new NowQuery(PERPETUAL));
  }

  private static StreamProbe aggTrades(String input) {
    return live(
        input,
        BinanceFuturesLiveAggTrades.class,
        BinanceFuturesStream.class,
        new NowQuery(PERPETUAL));
  }

  private static StreamProbe best(String input) {
    return endpoint(
        input,
        BinanceSpotStream.class,
        binance -> binance.bookTickers("BTCUSDT"),
        BinanceStreamProbes::best);
  }

  private static StreamProbe contractBest(String input) {
    return endpoint(
        input,
        BinanceFuturesStream.class,
        binance -> binance.bookTickers("BTCUSDT"),
        BinanceStreamProbes::best);
  }

  private static Map<String, Object> best(BinanceDepth row) {
    var said = new LinkedHashMap<String, Object>();
    said.put("bidPrice", row.bids().getFirst().price());
    said.put("bidQty", row.bids().getFirst().size());
    said.put("askPrice", row.asks().getFirst().price());
    said.put("askQty", row.asks().getFirst().size());
    said.put("seq", Long.toString(row.lastUpdateId()));
    row.eventTime().ifPresent(time -> said.put("ts", BigDecimal.valueOf(time.toEpochMilli())));
    return said;
  }

  private static StreamProbe miniTicker(String input) {
    return endpoint(
        input,
        BinanceSpotStream.class,
        binance -> binance.miniTickers("BTCUSDT"),
        BinanceStreamProbes::ticker);
  }

  private static Map<String, Object> ticker(BinanceTicker row) {
    return Said.of(BinanceModels.ticker(row, row.best()));
  }

  private static StreamProbe changes(String input) {
    return book(input, BinanceSpotLiveBook.class, BinanceSpotStream.class, ETH);
  }

  private static StreamProbe contractChanges(String input) {
    return book(input, BinanceFuturesLiveBook.class, BinanceFuturesStream.class, PERPETUAL);
  }

  private static StreamProbe liquidations(String input) {
    return live(
        input,
        BinanceFuturesLiquidations.class,
        BinanceFuturesStream.class,
        new NowQuery(PERPETUAL));
  }

  private static List<StreamProbe> ofSpot() {
    return List.of(
        changes("ws/barter-book-update-spot.json"),
        trades("ws/barter-trade-spot.json", ETH),
        best("ws/cmp-bbo-spot.json"),
        candles("ws/cmp-candlestick-spot.json"),
        live(
            "ws/cmp-l2-topk-spot.json",
            BinanceSpotLivePartialBook.class,
            BinanceSpotStream.class,
            new BookQuery(ETH, OptionalInt.of(20))),
        ticker("ws/cmp-ticker-spot-1.json"),
        live(
            "ws/jk-spot-aggregated-trades.json",
            BinanceSpotLiveAggTrades.class,
            BinanceSpotStream.class,
            new NowQuery(BTC)),
        miniTicker("ws/jk-spot-mini-ticker.json"),
        ticker("ws/jk-spot-ticker.json"),
        trades("ws/jk-spot-trades.json", BTC),
        best("ws/xc-binance-test-book-ticker-event.json"),
        changes("ws/xc-binance-test-depth-event.json"),
        candles("ws/xc-binance-test-kline-event.json"));
  }

  private static List<StreamProbe> ofFutures() {
    return List.of(
        liquidations("ws/barter-liquidation-usdm.json"),
        contractBest("ws/cmp-bbo-linear-swap.json"),
        contractCandles("ws/cmp-candlestick-linear-future.json"),
        live(
            "ws/cmp-funding-rate-linear-swap.json",
            BinanceFuturesLiveFunding.class,
            BinanceFuturesStream.class,
            new NowQuery(PERPETUAL)),
        contractChanges("ws/cmp-l2-event-linear-future.json"),
        contractChanges("ws/cmp-l2-event-linear-swap.json"),
        contractTicker("ws/cmp-ticker-linear-future-2.json"),
        contractTicker("ws/cmp-ticker-linear-swap-2.json"),
        aggTrades("ws/cmp-trade-linear-swap.json"),
        contractChanges("ws/jk-usd-futures-book.json"),
        contractBest("ws/jk-usd-futures-book-ticker.json"),
        contractCandles("ws/jk-usd-futures-klines.json"),
        merged(
            live(
                "ws/jk-usd-futures-mark-price.json",
                BinanceFuturesLiveFunding.class,
                BinanceFuturesStream.class,
                new NowQuery(PERPETUAL)),
            live(
                "ws/jk-usd-futures-mark-price.json",
                BinanceFuturesLiveMarkPrice.class,
                BinanceFuturesStream.class,
                new NowQuery(PERPETUAL)),
            live(
                "ws/jk-usd-futures-mark-price.json",
                BinanceFuturesLiveIndexPrice.class,
                BinanceFuturesStream.class,
                new NowQuery(PERPETUAL))),
        endpoint(
            "ws/jk-usd-futures-mini-ticker.json",
            BinanceFuturesStream.class,
            binance -> binance.miniTickers("BTCUSDT"),
            BinanceStreamProbes::ticker),
        aggTrades("ws/nt-agg-trade-stream-usdm.json"),
        contractChanges("ws/nt-depth-update-stream-usdm.json"),
        contractCandles("ws/nt-kline-stream-open-usdm.json"),
        liquidations("ws/nt-liquidation-stream-usdm.json"),
        contractTicker("ws/nt-ticker-stream-usdm.json"));
  }
}
