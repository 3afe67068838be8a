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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Bitget's spot market. See <a href="https://www.bitget.com/api-doc/spot/intro">its REST API</a>.
 */
@Exchange("bitget")
public interface BitgetSpotRest extends BitgetRest {
  /** The most rows of one page of candles. */
  int CANDLES = 1000;

  /** The most rows of one page of older candles. */
  int HISTORY_CANDLES = 200;

  /** The most rows of one page of older trades. */
  int TRADES = 1000;

  /** The most levels of a book's side. */
  int DEEPEST = 150;

  @Override
  default List<Limit> limits() {
    return BitgetRest.limits(
        Map.of(
            "/tickers",
            20,
            "/orderbook",
            20,
            "/fills",
            10,
            "/fills-history",
            10,
            "/candles",
            20,
            "/history-candles",
            20));
  }

  @Override
  default boolean covers(Symbol symbol) {
    return symbol.isSpot();
  }

  /** Base and quote, glued; the same as of the perpetual. */
  @Override
  default String nameOf(Symbol symbol) {
    return symbol.join("");
  }

  private RestRequest market(String endpoint) {
    return get("/api/v2/spot/market", endpoint);
  }

  /** {@code GET /api/v2/spot/public/symbols}: all instruments. */
  @TurnExecution
  default Turn<List<BitgetSymbol>> symbols() {
    return get("/api/v2/spot/public/symbols")
        .cost(ALL, 1)
        .read(body -> Payload.of(body).at("data").rows(BitgetSymbol::readSpot));
  }

  /** {@code GET tickers} of one instrument. */
  @TurnExecution
  default Turn<List<BitgetTicker>> tickers(String symbol) {
    return market("/tickers")
        .query("symbol", symbol)
        .read(body -> Payload.of(body).at("data").rows(BitgetTicker::readSpot));
  }

  /** {@code GET tickers} of all instruments. */
  @TurnExecution
  default Turn<List<BitgetTicker>> tickers() {
    return market("/tickers")
        .read(body -> Payload.of(body).at("data").rows(BitgetTicker::readSpot));
  }

  /** {@code GET orderbook}: prices as they are, at most {@link #DEEPEST} levels a side. */
  @TurnExecution
  default Turn<BitgetBook> orderbook(String symbol, OptionalInt limit) {
    return market("/orderbook")
        .query("symbol", symbol)
        .query("limit", limit)
        .read(body -> Payload.of(body).at("data").read(BitgetBook::read));
  }

  /** {@code GET fills}: the newest trades, newest first, at most 500, in milliseconds. */
  @TurnExecution
  default Turn<List<BitgetTrade>> fills(String symbol, int limit) {
    return market("/fills")
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
      String symbol, Instant startTime, Instant endTime, int limit, Optional<String> idLessThan) {
    return market("/fills-history")
        .query("symbol", symbol)
        .query("startTime", startTime)
        .query("endTime", endTime)
        .query("limit", limit)
        .query("idLessThan", idLessThan)
        .read(body -> Payload.of(body).at("data").rows(BitgetTrade::read));
  }

  /**
   * {@code GET candles}: oldest first, the newest ones before the end, at most {@link #CANDLES};
   * the last one may be open. Whether one that starts at the end is among them is not documented,
   * and {@code startTime} was found without effect, so it is not sent. Reaches back a month (1m to
   * 5m) to 360 days (6h), and now and then gives an empty list although there are candles.
   */
  @TurnExecution
  default Turn<List<BitgetCandle>> candles(
      String symbol, String granularity, Instant endTime, int limit) {
    return market("/candles")
        .query("symbol", symbol)
        .query("granularity", granularity)
        .query("endTime", endTime)
        .query("limit", limit)
        .read(body -> Payload.of(body).at("data").rows(BitgetCandle::readSpot));
  }

  /**
   * {@code GET history-candles}: as {@link #candles}, since listing, at most {@link
   * #HISTORY_CANDLES}.
   */
  @TurnExecution
  default Turn<List<BitgetCandle>> historyCandles(
      String symbol, String granularity, Instant endTime, int limit) {
    return market("/history-candles")
        .query("symbol", symbol)
        .query("granularity", granularity)
        .query("endTime", endTime)
        .query("limit", limit)
        .read(body -> Payload.of(body).at("data").rows(BitgetCandle::readSpot));
  }
}
