package io.tradeflood.exchange.bitget;

import io.tradeflood.connector.Exchange;
import io.tradeflood.connector.Limit;
import io.tradeflood.model.Symbol;
import io.tradeflood.net.RestRequest;
import io.tradeflood.net.json.Payload;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnExecution;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Bitget's contracts, settled in USDT, in USDC or in their base currency: one API, told by the
 * product type. Names alone do not tell: {@code BTCUSDT} is on spot too. See <a
 * href="https://www.bitget.com/api-doc/contract/intro">its REST API</a>.
 */
@Exchange("bitget")
public interface BitgetMixRest extends BitgetRest {
  /** Contracts settled in USDT. */
  String USDT = "USDT-FUTURES";

  /** Contracts settled in USDC. */
  String USDC = "USDC-FUTURES";

  /** Contracts settled in their base currency. */
  String COIN = "COIN-FUTURES";

  /** The most rows of one page of candles. */
  int CANDLES = 1000;

  /** The most rows of one page of older candles. */
  int HISTORY_CANDLES = 200;

  /** The most rows of one page of older trades. */
  int TRADES = 1000;

  /** The most rows of one page of funding rates. */
  int FUNDINGS = 100;

  /** The numbers of levels that a book may be asked for; beyond them {@code max}. */
  List<Integer> DEPTHS = List.of(1, 5, 15, 50);

  @Override
  default List<Limit> limits() {
    return BitgetRest.limits(
        Stream.of(
                "/contracts",
                "/ticker",
                "/tickers",
                "/merge-depth",
                "/fills",
                "/candles",
                "/history-candles",
                "/history-index-candles",
                "/history-mark-candles",
                "/symbol-price",
                "/open-interest",
                "/current-fund-rate",
                "/history-fund-rate",
                "/fills-history")
            .collect(
                Collectors.toMap(
                    Function.identity(), endpoint -> endpoint.equals("/fills-history") ? 10 : 20)));
  }

  @Override
  default boolean covers(Symbol symbol) {
    boolean known =
        symbol.isInverse()
            || (symbol.isLinear() && Set.of("USDT", "USDC").contains(symbol.quote()));
    return known && symbol.option().isEmpty();
  }

  /** Which contracts an instrument is one of. */
  default String productTypeOf(Symbol symbol) {
    return BitgetNames.productType(symbol);
  }

  @Override
  default String nameOf(Symbol symbol) {
    return BitgetNames.contract(symbol);
  }

  private RestRequest market(String endpoint, String productType) {
    return get("/api/v2/mix/market", endpoint).query("productType", productType);
  }

  /** {@code GET contracts}: all instruments of a product type. */
  @TurnExecution
  default Turn<List<BitgetSymbol>> contracts(String productType) {
    return market("/contracts", productType)
        .read(body -> Payload.of(body).at("data").rows(BitgetSymbol::readMix));
  }

  /** {@code GET ticker} of one instrument. */
  @TurnExecution
  default Turn<List<BitgetTicker>> ticker(String productType, String symbol) {
    return market("/ticker", productType)
        .query("symbol", symbol)
        .read(body -> Payload.of(body).at("data").rows(BitgetTicker::readMix));
  }

  /** {@code GET tickers} of all instruments of a product type. */
  @TurnExecution
  default Turn<List<BitgetTicker>> tickers(String productType) {
    return market("/tickers", productType)
        .read(body -> Payload.of(body).at("data").rows(BitgetTicker::readMix));
  }

  /**
   * {@code GET merge-depth}: the book, unmerged; its levels are numbers, not texts.
   *
   * @param limit one of {@link #DEPTHS} or {@code max}; 100 if none is given
   */
  @TurnExecution
  default Turn<BitgetBook> mergeDepth(String productType, String symbol, Optional<String> limit) {
    return market("/merge-depth", productType)
        .query("symbol", symbol)
        .query("limit", limit)
        .read(body -> Payload.of(body).at("data").read(BitgetBook::read));
  }

  /** {@code GET fills}: the newest trades, newest first, at most 100, in milliseconds. */
  @TurnExecution
  default Turn<List<BitgetTrade>> fills(String productType, String symbol, int limit) {
    return market("/fills", productType)
        .query("symbol", symbol)
        .query("limit", limit)
        .read(body -> Payload.of(body).at("data").rows(BitgetTrade::read));
  }

  /**
   * {@code GET fills-history}: trades of the last 90 days, newest first, at most {@link #TRADES},
   * between two moments at most seven days apart; their times are cut to whole seconds.
   *
   * @param idLessThan only trades with a smaller id, to walk into the past
   */
  @TurnExecution
  default Turn<List<BitgetTrade>> fillsHistory(
      String productType,
      String symbol,
      Instant startTime,
      Instant endTime,
      int limit,
      Optional<String> idLessThan) {
    return market("/fills-history", productType)
        .query("symbol", symbol)
        .query("startTime", startTime)
        .query("endTime", endTime)
        .query("limit", limit)
        .query("idLessThan", idLessThan)
        .read(body -> Payload.of(body).at("data").rows(BitgetTrade::read));
  }

  /**
   * {@code GET candles}: oldest first, at most {@link #CANDLES} of at most 90 days; the last one
   * may be open. Whether the bounds belong to the window is not documented; they should lie on the
   * interval's grid. Now and then an empty list comes although there are candles.
   */
  @TurnExecution
  default Turn<List<BitgetCandle>> candles(
      String productType,
      String symbol,
      String granularity,
      Instant startTime,
      Instant endTime,
      int limit) {
    return candles("/candles", productType, symbol, granularity, startTime, endTime, limit)
        .read(body -> Payload.of(body).at("data").rows(BitgetCandle::read));
  }

  /**
   * {@code GET candles} of another price, as {@link #candles}.
   *
   * @param kLineType {@code mark} or {@code index}
   */
  @TurnExecution
  default Turn<List<BitgetPriceCandle>> priceCandles(
      String kLineType,
      String productType,
      String symbol,
      String granularity,
      Instant startTime,
      Instant endTime,
      int limit) {
    return candles("/candles", productType, symbol, granularity, startTime, endTime, limit)
        .query("kLineType", kLineType)
        .read(body -> Payload.of(body).at("data").rows(BitgetPriceCandle::read));
  }

  /**
   * {@code GET history-candles}: oldest first, since listing, at most {@link #HISTORY_CANDLES} of
   * at most 90 days, finished ones only.
   */
  @TurnExecution
  default Turn<List<BitgetCandle>> historyCandles(
      String productType,
      String symbol,
      String granularity,
      Instant startTime,
      Instant endTime,
      int limit) {
    return candles("/history-candles", productType, symbol, granularity, startTime, endTime, limit)
        .read(body -> Payload.of(body).at("data").rows(BitgetCandle::read));
  }

  /**
   * {@code GET history-mark-candles}: as {@link #historyCandles}; whether open ones are among them
   * is not documented.
   */
  @TurnExecution
  default Turn<List<BitgetPriceCandle>> historyMarkCandles(
      String productType,
      String symbol,
      String granularity,
      Instant startTime,
      Instant endTime,
      int limit) {
    return candles(
            "/history-mark-candles", productType, symbol, granularity, startTime, endTime, limit)
        .read(body -> Payload.of(body).at("data").rows(BitgetPriceCandle::read));
  }

  /** {@code GET history-index-candles}: as {@link #historyMarkCandles}. */
  @TurnExecution
  default Turn<List<BitgetPriceCandle>> historyIndexCandles(
      String productType,
      String symbol,
      String granularity,
      Instant startTime,
      Instant endTime,
      int limit) {
    return candles(
            "/history-index-candles", productType, symbol, granularity, startTime, endTime, limit)
        .read(body -> Payload.of(body).at("data").rows(BitgetPriceCandle::read));
  }

  private RestRequest candles(
      String endpoint,
      String productType,
      String symbol,
      String granularity,
      Instant startTime,
      Instant endTime,
      int limit) {
    return market(endpoint, productType)
        .query("symbol", symbol)
        .query("granularity", granularity)
        .query("startTime", startTime)
        .query("endTime", endTime)
        .query("limit", limit);
  }

  /** {@code GET symbol-price}: last, index and mark price. */
  @TurnExecution
  default Turn<BitgetPrices> symbolPrice(String productType, String symbol) {
    return market("/symbol-price", productType)
        .query("symbol", symbol)
        .read(body -> BitgetReads.first(body, BitgetPrices::read));
  }

  /** {@code GET open-interest}: what is open now, in the base currency; there is no history. */
  @TurnExecution
  default Turn<BitgetOpenInterest> openInterest(String productType, String symbol) {
    return market("/open-interest", productType)
        .query("symbol", symbol)
        .read(body -> Payload.of(body).at("data").read(BitgetOpenInterest::read));
  }

  /** {@code GET current-fund-rate}: the rate that is paid next. */
  @TurnExecution
  default Turn<BitgetFundingRate> currentFundRate(String productType, String symbol) {
    return market("/current-fund-rate", productType)
        .query("symbol", symbol)
        .read(body -> Payload.of(body).read(BitgetFundingRate::readNow));
  }

  /** {@code GET current-fund-rate} of all instruments of a product type. */
  @TurnExecution
  default Turn<List<BitgetFundingRate>> currentFundRates(String productType) {
    return market("/current-fund-rate", productType)
        .read(body -> Payload.of(body).read(BitgetFundingRate::readAllNow));
  }

  /**
   * {@code GET history-fund-rate}: what was paid, newest first, at most {@link #FUNDINGS}. A rate
   * that is paid while the pages are walked moves all the others by one.
   *
   * @param pageNo from 1 on
   */
  @TurnExecution
  default Turn<List<BitgetFundingRate>> historyFundRate(
      String productType, String symbol, int pageSize, int pageNo) {
    return market("/history-fund-rate", productType)
        .query("symbol", symbol)
        .query("pageSize", pageSize)
        .query("pageNo", pageNo)
        .read(body -> Payload.of(body).at("data").rows(BitgetFundingRate::readPaid));
  }
}
