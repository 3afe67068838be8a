package io.tradeflood.exchange.binance;

import io.tradeflood.connector.Limit;
import io.tradeflood.model.Symbol;
import io.tradeflood.net.RestRequest;
import io.tradeflood.net.json.Payload;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnExecution;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What Binance's two futures markets have in common: the same endpoints below another root. See <a
 * href="https://developers.binance.com/docs/derivatives">their REST APIs</a>.
 */
public interface BinanceContractRest extends BinanceRest {
  /** The limit of the endpoints of funding, apart from {@link #WEIGHT}. */
  String FUNDING = "funding";

  /** The limit of the endpoints below {@code /futures/data}, apart from {@link #WEIGHT}. */
  String DATA = "data";

  /** What {@link #WEIGHT} holds a minute. */
  int CAPACITY = 2400;

  /** The most rows of one page of klines. */
  int KLINES = 1500;

  /** The most rows of one page of trades. */
  int TRADES = 1000;

  /** The most rows of one page of funding rates. */
  int FUNDINGS = 1000;

  /** The most rows of one page of open interest. */
  int OPEN_INTERESTS = 500;

  /** The numbers of levels that a book may be asked for. */
  List<Integer> DEPTHS = List.of(5, 10, 20, 50, 100, 500, 1000);

  /** The day in the name of a contract that is delivered. */
  DateTimeFormatter DELIVERY = DateTimeFormatter.ofPattern("yyMMdd", Locale.ROOT);

  /** What comes before the name of each endpoint, such as {@code /fapi/v1}. */
  String root();

  /** What the premium index of one instrument weighs. */
  default int premiumIndexWeight() {
    return 1;
  }

  /** The exchange's name of what an instrument is derived from. */
  default String pairOf(Symbol symbol) {
    return symbol.join("");
  }

  @Override
  default List<Limit> limits() {
    return List.of(
        Limit.of(WEIGHT, CAPACITY, Duration.ofMinutes(1)).usedHeader(USED_WEIGHT),
        Limit.of(FUNDING, 500, Duration.ofMinutes(5)),
        Limit.of(DATA, 1000, Duration.ofMinutes(5)));
  }

  private RestRequest get(String path, long weight) {
    return get(root() + path).cost(WEIGHT, weight);
  }

  /** {@code GET /time}: the exchange's clock. */
  @TurnExecution
  default Turn<Instant> time() {
    return get("/time", 1)
        .read(body -> Payload.of(body).at("serverTime").read(BinanceReads::instant));
  }

  /** {@code GET /exchangeInfo}: all instruments. Its own {@code serverTime} is not reliable. */
  @TurnExecution
  default Turn<List<BinanceSymbolInfo>> exchangeInfo() {
    return get("/exchangeInfo", 1)
        .as(BinanceSymbolInfo.All.class)
        .map(BinanceSymbolInfo.All::symbols);
  }

  /**
   * {@code GET /klines}: oldest first, at most {@link #KLINES}; open time at or after the start, at
   * or before the end. The last row is still open if its window has not ended.
   */
  @TurnExecution
  default Turn<List<BinanceKline>> klines(
      String symbol, String interval, Instant startTime, Instant endTime, int limit) {
    return klinesOf("/klines", "symbol", symbol, interval, startTime, endTime, limit)
        .read(body -> Payload.of(body).rows(BinanceKline::read));
  }

  /**
   * {@code GET /continuousKlines}: as {@link #klines}, of whatever contract of a pair is of the
   * type at the time.
   *
   * @param contractType {@code PERPETUAL}, {@code CURRENT_QUARTER} or {@code NEXT_QUARTER}
   */
  @TurnExecution
  default Turn<List<BinanceKline>> continuousKlines(
      String pair,
      String contractType,
      String interval,
      Instant startTime,
      Instant endTime,
      int limit) {
    return klinesOf("/continuousKlines", "pair", pair, interval, startTime, endTime, limit)
        .query("contractType", contractType)
        .read(body -> Payload.of(body).rows(BinanceKline::read));
  }

  /** {@code GET /markPriceKlines}: as {@link #klines}. */
  @TurnExecution
  default Turn<List<BinancePriceKline>> markPriceKlines(
      String symbol, String interval, Instant startTime, Instant endTime, int limit) {
    return klinesOf("/markPriceKlines", "symbol", symbol, interval, startTime, endTime, limit)
        .read(body -> Payload.of(body).rows(BinancePriceKline::read));
  }

  /** {@code GET /indexPriceKlines}: as {@link #klines}, asked by pair. */
  @TurnExecution
  default Turn<List<BinancePriceKline>> indexPriceKlines(
      String pair, String interval, Instant startTime, Instant endTime, int limit) {
    return klinesOf("/indexPriceKlines", "pair", pair, interval, startTime, endTime, limit)
        .read(body -> Payload.of(body).rows(BinancePriceKline::read));
  }

  /** {@code GET /premiumIndexKlines}: as {@link #klines}. */
  @TurnExecution
  default Turn<List<BinancePriceKline>> premiumIndexKlines(
      String symbol, String interval, Instant startTime, Instant endTime, int limit) {
    return klinesOf("/premiumIndexKlines", "symbol", symbol, interval, startTime, endTime, limit)
        .read(body -> Payload.of(body).rows(BinancePriceKline::read));
  }

  private RestRequest klinesOf(
      String path,
      String by,
      String name,
      String interval,
      Instant startTime,
      Instant endTime,
      int limit) {
    return get(path, klinesWeight(limit))
        .query(by, name)
        .query("interval", interval)
        .query("startTime", startTime)
        .query("endTime", endTime)
        .query("limit", limit);
  }

  /** What a page of klines weighs, asked for so many rows. */
  static int klinesWeight(int limit) {
    if (limit < 100) return 1;
    if (limit < 500) return 2;
    return limit <= 1000 ? 5 : 10;
  }

  /** {@code GET /trades}: the newest single trades, at most {@link #TRADES}, oldest first. */
  @TurnExecution
  default Turn<List<BinanceTrade>> trades(String symbol, int limit) {
    return get("/trades", 5)
        .query("symbol", symbol)
        .query("limit", limit)
        .read(body -> Payload.of(body).rows(BinanceTrade::read));
  }

  /**
   * {@code GET /historicalTrades}: the single trades from an id on, or the newest, at most 500,
   * oldest first, of the last month. Needs a key, set as {@code apiKey}, which no other endpoint
   * here does. The documents disagree on its weight, 20 or 200; the larger is taken.
   */
  @TurnExecution
  default Turn<List<BinanceTrade>> historicalTrades(String symbol, OptionalLong fromId, int limit) {
    String key =
        context()
            .settings()
            .get("apiKey")
            .orElseThrow(
                () ->
                    new Failure.Unsupported(
                        "%s gives single trades of the past only with a key: set apiKey for it, or ask for aggTrade"
                            .formatted(context().hostName())));
    return get("/historicalTrades", 200)
        .header("X-MBX-APIKEY", key)
        .query("symbol", symbol)
        .query("fromId", fromId)
        .query("limit", limit)
        .read(body -> Payload.of(body).rows(BinanceTrade::read));
  }

  /**
   * {@code GET /aggTrades} from an id on, or the newest: at most {@link #TRADES}, oldest first, of
   * the last 24 hours.
   */
  @TurnExecution
  default Turn<List<BinanceAggTrade>> aggTrades(String symbol, OptionalLong fromId, int limit) {
    return get("/aggTrades", 20)
        .query("symbol", symbol)
        .query("fromId", fromId)
        .query("limit", limit)
        .read(body -> Payload.of(body).rows(BinanceAggTrade::read));
  }

  /**
   * {@code GET /aggTrades} in a window: the oldest of it, at most {@link #TRADES}. Both bounds
   * belong to it; it must be shorter than an hour, so in a quiet market it is often empty.
   */
  @TurnExecution
  default Turn<List<BinanceAggTrade>> aggTradesIn(
      String symbol, Instant startTime, Instant endTime, int limit) {
    return get("/aggTrades", 20)
        .query("symbol", symbol)
        .query("startTime", startTime)
        .query("endTime", endTime)
        .query("limit", limit)
        .read(body -> Payload.of(body).rows(BinanceAggTrade::read));
  }

  /** {@code GET /depth}: the book, of one of {@link #DEPTHS}, 500 if none is given. */
  @Override
  @TurnExecution
  default Turn<BinanceDepth> depth(String symbol, OptionalInt limit) {
    return get("/depth", depthWeight(limit.orElse(500)))
        .query("symbol", symbol)
        .query("limit", limit)
        .read(body -> Payload.of(body).read(BinanceDepth::read));
  }

  /** What a book of so many levels weighs. */
  static int depthWeight(int limit) {
    if (limit <= 50) return 2;
    if (limit <= 100) return 5;
    return limit <= 500 ? 10 : 20;
  }

  /** {@code GET /ticker/24hr} of one instrument; has no best prices. */
  @TurnExecution
  default Turn<BinanceTicker> ticker(String symbol) {
    return get("/ticker/24hr", 1)
        .query("symbol", symbol)
        .read(body -> BinanceReads.one(body, BinanceTicker::read));
  }

  /** {@code GET /ticker/24hr} of all instruments. */
  @TurnExecution
  default Turn<List<BinanceTicker>> tickers() {
    return get("/ticker/24hr", 40).read(body -> Payload.of(body).rows(BinanceTicker::read));
  }

  /** {@code GET /ticker/bookTicker} of one instrument: its best prices. */
  @TurnExecution
  default Turn<BinanceTicker.Book> bookTicker(String symbol) {
    return get("/ticker/bookTicker", 2)
        .query("symbol", symbol)
        .read(body -> BinanceReads.one(body, BinanceTicker.Book::read));
  }

  /** {@code GET /ticker/bookTicker} of all instruments. */
  @TurnExecution
  default Turn<List<BinanceTicker.Book>> bookTickers() {
    return get("/ticker/bookTicker", 5)
        .read(body -> Payload.of(body).rows(BinanceTicker.Book::read));
  }

  /** {@code GET /premiumIndex} of one instrument: mark price, index price and funding rate. */
  @TurnExecution
  default Turn<List<BinancePremium>> premiumIndex(String symbol) {
    return get("/premiumIndex", premiumIndexWeight())
        .query("symbol", symbol)
        .read(body -> BinanceReads.oneOrMore(body, BinancePremium::read));
  }

  /** {@code GET /premiumIndex} of all instruments. */
  @TurnExecution
  default Turn<List<BinancePremium>> premiumIndexes() {
    return get("/premiumIndex", 10).read(body -> Payload.of(body).rows(BinancePremium::read));
  }

  /**
   * {@code GET /fundingRate}: what was paid in a window, both bounds inside, oldest first, at most
   * {@link #FUNDINGS}. Has a limit of its own, {@link #FUNDING}.
   */
  @TurnExecution
  default Turn<List<BinanceFundingRate>> fundingRate(
      String symbol, Instant startTime, Instant endTime, int limit) {
    return get(root() + "/fundingRate")
        .cost(FUNDING, 1)
        .query("symbol", symbol)
        .query("startTime", startTime)
        .query("endTime", endTime)
        .query("limit", limit)
        .read(body -> Payload.of(body).rows(BinanceFundingRate::read));
  }

  /** {@code GET /openInterest}: what is open now. */
  @TurnExecution
  default Turn<BinanceOpenInterest> openInterest(String symbol) {
    return get("/openInterest", 1)
        .query("symbol", symbol)
        .read(body -> Payload.of(body).read(BinanceOpenInterest::readNow));
  }
}
