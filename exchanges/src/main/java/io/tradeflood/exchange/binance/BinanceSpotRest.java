package io.tradeflood.exchange.binance;

import io.tradeflood.connector.Exchange;
import io.tradeflood.connector.Limit;
import io.tradeflood.model.Symbol;
import io.tradeflood.net.RestRequest;
import io.tradeflood.net.json.Payload;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnExecution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Binance's spot market. See <a
 * href="https://developers.binance.com/docs/binance-spot-api-docs/rest-api">its REST API</a>.
 */
@Exchange("binance")
public interface BinanceSpotRest extends BinanceRest {
  /** The limit by number, whatever the weights. */
  String REQUESTS = "requests";

  /** The most rows of one page of klines or trades. */
  int PAGE = 1000;

  /** The most levels of a book's side. */
  int DEEPEST = 5000;

  /** What a page of klines weighs, whatever its size. */
  int KLINES_WEIGHT = 2;

  /** What {@link #WEIGHT} holds a minute. */
  int CAPACITY = 6000;

  @Override
  default String baseUrl() {
    return "https://api.binance.com";
  }

  @Override
  default List<Limit> limits() {
    return List.of(
        Limit.of(WEIGHT, CAPACITY, Duration.ofMinutes(1)).usedHeader(USED_WEIGHT),
        Limit.of(REQUESTS, 300_000, Duration.ofMinutes(5)));
  }

  @Override
  default boolean covers(Symbol symbol) {
    return symbol.isSpot();
  }

  /** Base and quote, glued. */
  @Override
  default String nameOf(Symbol symbol) {
    return BinanceNames.spot(symbol);
  }

  private RestRequest get(String path, long weight) {
    return get(path).cost(WEIGHT, weight).cost(REQUESTS, 1);
  }

  /** {@code GET /api/v3/time}: the exchange's clock. */
  @TurnExecution
  default Turn<Instant> time() {
    return get("/api/v3/time", 1)
        .read(body -> Payload.of(body).at("serverTime").read(BinanceReads::instant));
  }

  /** {@code GET /api/v3/exchangeInfo}: all instruments, several megabytes. */
  @TurnExecution
  default Turn<List<BinanceSymbolInfo>> exchangeInfo() {
    return get("/api/v3/exchangeInfo", 20)
        .as(BinanceSymbolInfo.All.class)
        .map(BinanceSymbolInfo.All::symbols);
  }

  /**
   * {@code GET /api/v3/klines}: oldest first, at most {@link #PAGE}; open time at or after the
   * start, at or before the end, both in UTC. The last row is still open if its window has not
   * ended, which nothing in it says. A halt of the exchange leaves a hole.
   */
  @TurnExecution
  default Turn<List<BinanceKline>> klines(
      String symbol, String interval, Instant startTime, Instant endTime, int limit) {
    return get("/api/v3/klines", KLINES_WEIGHT)
        .query("symbol", symbol)
        .query("interval", interval)
        .query("startTime", startTime)
        .query("endTime", endTime)
        .query("limit", limit)
        .read(body -> Payload.of(body).rows(BinanceKline::read));
  }

  /** {@code GET /api/v3/trades}: the newest trades, at most {@link #PAGE}, oldest first. */
  @TurnExecution
  default Turn<List<BinanceTrade>> trades(String symbol, int limit) {
    return get("/api/v3/trades", 25)
        .query("symbol", symbol)
        .query("limit", limit)
        .read(body -> Payload.of(body).rows(BinanceTrade::read));
  }

  /**
   * {@code GET /api/v3/historicalTrades}: the trades from an id on, since listing, at most {@link
   * #PAGE}, oldest first. Needs no key nowadays. Not served by the host for market data only.
   */
  @TurnExecution
  default Turn<List<BinanceTrade>> historicalTrades(String symbol, long fromId, int limit) {
    return get("/api/v3/historicalTrades", 25)
        .query("symbol", symbol)
        .query("fromId", fromId)
        .query("limit", limit)
        .read(body -> Payload.of(body).rows(BinanceTrade::read));
  }

  /**
   * {@code GET /api/v3/aggTrades}: since listing, at most {@link #PAGE}, oldest first; from an id
   * on, or from a moment on, or, with neither, the newest.
   */
  @TurnExecution
  default Turn<List<BinanceAggTrade>> aggTrades(
      String symbol, OptionalLong fromId, Optional<Instant> startTime, int limit) {
    return get("/api/v3/aggTrades", 4)
        .query("symbol", symbol)
        .query("fromId", fromId)
        .query("startTime", startTime)
        .query("limit", limit)
        .read(body -> Payload.of(body).rows(BinanceAggTrade::read));
  }

  /**
   * {@code GET /api/v3/depth}: the book, at most {@link #DEEPEST} levels a side, 100 if no limit is
   * given. Carries no time. What lies deeper is not known before it changes.
   */
  @Override
  @TurnExecution
  default Turn<BinanceDepth> depth(String symbol, OptionalInt limit) {
    return get("/api/v3/depth", depthWeight(limit.orElse(100)))
        .query("symbol", symbol)
        .query("limit", limit)
        .read(body -> Payload.of(body).read(BinanceDepth::read));
  }

  /** What a book of so many levels weighs. */
  static int depthWeight(int limit) {
    if (limit <= 100) return 5;
    if (limit <= 500) return 25;
    return limit <= 1000 ? 50 : 250;
  }

  /** {@code GET /api/v3/ticker/24hr} of one instrument, with its best prices. */
  @TurnExecution
  default Turn<BinanceTicker> ticker(String symbol) {
    return get("/api/v3/ticker/24hr", 2)
        .query("symbol", symbol)
        .read(body -> Payload.of(body).read(BinanceTicker::read));
  }

  /** {@code GET /api/v3/ticker/24hr} of some instruments; 2 up to 20 of them, 40 up to 100. */
  @TurnExecution
  default Turn<List<BinanceTicker>> tickers(List<String> symbols) {
    int weight = symbols.size() <= 20 ? 2 : symbols.size() <= 100 ? 40 : 80;
    return get("/api/v3/ticker/24hr", weight)
        .query("symbols", array(symbols))
        .read(body -> Payload.of(body).rows(BinanceTicker::read));
  }

  /** {@code GET /api/v3/ticker/24hr} of all instruments. */
  @TurnExecution
  default Turn<List<BinanceTicker>> tickers() {
    return get("/api/v3/ticker/24hr", 80).read(body -> Payload.of(body).rows(BinanceTicker::read));
  }

  /**
   * {@code GET /api/v3/ticker}: as {@link #ticker(String)} of another length, without best prices.
   *
   * @param windowSize 1m to 59m, 1h to 23h or 1d to 7d
   */
  @TurnExecution
  default Turn<BinanceTicker> rollingTicker(String symbol, String windowSize) {
    return get("/api/v3/ticker", 4)
        .query("symbol", symbol)
        .query("windowSize", windowSize)
        .read(body -> Payload.of(body).read(BinanceTicker::read));
  }

  /** {@code GET /api/v3/ticker/tradingDay}: as {@link #ticker(String)} since midnight UTC. */
  @TurnExecution
  default Turn<BinanceTicker> tradingDayTicker(String symbol) {
    return get("/api/v3/ticker/tradingDay", 4)
        .query("symbol", symbol)
        .read(body -> Payload.of(body).read(BinanceTicker::read));
  }

  /** {@code GET /api/v3/ticker/bookTicker} of some instruments: the best prices, without a time. */
  @TurnExecution
  default Turn<List<BinanceTicker.Book>> bookTickers(List<String> symbols) {
    return get("/api/v3/ticker/bookTicker", 4)
        .query("symbols", array(symbols))
        .read(body -> Payload.of(body).rows(BinanceTicker.Book::read));
  }

  private static String array(List<String> symbols) {
    return symbols.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
  }
}
