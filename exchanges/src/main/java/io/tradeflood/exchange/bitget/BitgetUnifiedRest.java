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
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Bitget's third version, made for the unified account: the same markets as the second version,
 * told by category and with other names of fields. It is an exchange of its own here, so that who
 * wants it asks for it. See <a href="https://www.bitget.com/api-doc/uta/intro">its REST API</a>.
 */
@Exchange("bitget-unified")
public interface BitgetUnifiedRest extends BitgetRest {
  /** The category of spot; contracts' categories are {@link BitgetMixRest}'s product types. */
  String SPOT = "SPOT";

  /**
   * The most rows of one page of candles: the documents say 100 and 1000, others were given 1000.
   */
  int CANDLES = 1000;

  /** The most rows of one page of older candles. */
  int HISTORY_CANDLES = 100;

  /** How many of the newest trades there are. */
  int TRADES = 100;

  /** The most levels of a book's side. */
  int DEEPEST = 200;

  @Override
  default List<Limit> limits() {
    return BitgetRest.limits(
        Stream.of(
                "/instruments",
                "/tickers",
                "/orderbook",
                "/fills",
                "/candles",
                "/history-candles",
                "/current-fund-rate")
            .collect(Collectors.toMap(Function.identity(), _ -> 20)));
  }

  @Override
  default boolean covers(Symbol symbol) {
    boolean known =
        symbol.isSpot()
            || symbol.isInverse()
            || (symbol.isLinear() && Set.of("USDT", "USDC").contains(symbol.quote()));
    return known && symbol.option().isEmpty();
  }

  /** Which market an instrument is traded on. */
  default String categoryOf(Symbol symbol) {
    return symbol.isSpot() ? SPOT : BitgetNames.productType(symbol);
  }

  @Override
  default String nameOf(Symbol symbol) {
    return symbol.isSpot() ? symbol.join("") : BitgetNames.contract(symbol);
  }

  private RestRequest market(String endpoint) {
    return get("/api/v3/market", endpoint);
  }

  /** {@code GET instruments}: all of a category. */
  @TurnExecution
  default Turn<List<BitgetSymbol>> instruments(String category) {
    return market("/instruments")
        .query("category", category)
        .read(body -> Payload.of(body).at("data").rows(BitgetSymbol::readUnified));
  }

  /** {@code GET tickers} of one instrument. */
  @TurnExecution
  default Turn<List<BitgetTicker>> tickers(String category, String symbol) {
    return market("/tickers")
        .query("category", category)
        .query("symbol", symbol)
        .read(body -> Payload.of(body).at("data").rows(BitgetTicker::readUnified));
  }

  /** {@code GET tickers} of all instruments of a category. */
  @TurnExecution
  default Turn<List<BitgetTicker>> tickers(String category) {
    return market("/tickers")
        .query("category", category)
        .read(body -> Payload.of(body).at("data").rows(BitgetTicker::readUnified));
  }

  /**
   * {@code GET orderbook}: 5 levels a side if no limit is given, at most {@link #DEEPEST}; numbers,
   * not texts.
   */
  @TurnExecution
  default Turn<BitgetBook> orderbook(String category, String symbol, OptionalInt limit) {
    return market("/orderbook")
        .query("category", category)
        .query("symbol", symbol)
        .query("limit", limit)
        .read(body -> Payload.of(body).at("data").read(BitgetBook::readUnified));
  }

  /** {@code GET fills}: the newest trades, newest first, at most {@link #TRADES}. */
  @TurnExecution
  default Turn<List<BitgetTrade>> fills(String category, String symbol, int limit) {
    return market("/fills")
        .query("category", category)
        .query("symbol", symbol)
        .query("limit", limit)
        .read(body -> Payload.of(body).at("data").rows(BitgetTrade::readUnified));
  }

  /**
   * {@code GET candles}: at most {@link #CANDLES}; the last one may be open. The end is rounded, so
   * earlier rows than asked for may come.
   */
  @TurnExecution
  default Turn<List<BitgetCandle>> candles(
      String category,
      String symbol,
      String interval,
      Instant startTime,
      Instant endTime,
      int limit) {
    return candles("/candles", category, symbol, interval, startTime, endTime, limit)
        .read(body -> Payload.of(body).at("data").rows(BitgetCandle::read));
  }

  /**
   * {@code GET candles} of another price, as {@link #candles}.
   *
   * @param type {@code MARK}, {@code INDEX} or {@code PREMIUM}
   */
  @TurnExecution
  default Turn<List<BitgetPriceCandle>> priceCandles(
      String type,
      String category,
      String symbol,
      String interval,
      Instant startTime,
      Instant endTime,
      int limit) {
    return candles("/candles", category, symbol, interval, startTime, endTime, limit)
        .query("type", type)
        .read(body -> Payload.of(body).at("data").rows(BitgetPriceCandle::read));
  }

  /**
   * {@code GET history-candles}: as {@link #candles}, at most {@link #HISTORY_CANDLES} of at most
   * 90 days.
   */
  @TurnExecution
  default Turn<List<BitgetCandle>> historyCandles(
      String category,
      String symbol,
      String interval,
      Instant startTime,
      Instant endTime,
      int limit) {
    return candles("/history-candles", category, symbol, interval, startTime, endTime, limit)
        .read(body -> Payload.of(body).at("data").rows(BitgetCandle::read));
  }

  /** {@code GET history-candles} of another price, as {@link #priceCandles}. */
  @TurnExecution
  default Turn<List<BitgetPriceCandle>> historyPriceCandles(
      String type,
      String category,
      String symbol,
      String interval,
      Instant startTime,
      Instant endTime,
      int limit) {
    return candles("/history-candles", category, symbol, interval, startTime, endTime, limit)
        .query("type", type)
        .read(body -> Payload.of(body).at("data").rows(BitgetPriceCandle::read));
  }

  private RestRequest candles(
      String endpoint,
      String category,
      String symbol,
      String interval,
      Instant startTime,
      Instant endTime,
      int limit) {
    return market(endpoint)
        .query("category", category)
        .query("symbol", symbol)
        .query("interval", interval)
        .query("startTime", startTime)
        .query("endTime", endTime)
        .query("limit", limit);
  }

  /** {@code GET current-fund-rate}: the rate that is paid next; asked by name alone. */
  @TurnExecution
  default Turn<BitgetFundingRate> currentFundRate(String symbol) {
    return market("/current-fund-rate")
        .query("symbol", symbol)
        .read(body -> Payload.of(body).read(BitgetFundingRate::readNow));
  }
}
