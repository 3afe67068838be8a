package io.tradeflood.exchange.binance;

import io.tradeflood.connector.Exchange;
import io.tradeflood.model.Symbol;
import io.tradeflood.net.json.Payload;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnExecution;
import java.time.Instant;
import java.util.List;

/** Binance's USDⓈ-M futures: perpetuals and futures that are settled in their quote currency. */
@Exchange("binance")
public interface BinanceFuturesRest extends BinanceContractRest {
  @Override
  default String baseUrl() {
    return "https://fapi.binance.com";
  }

  @Override
  default String root() {
    return "/fapi/v1";
  }

  @Override
  default boolean covers(Symbol symbol) {
    return symbol.isLinear() && symbol.option().isEmpty();
  }

  /** {@code BTCUSDT}, or with its day of delivery {@code BTCUSDT_261225}. */
  @Override
  default String nameOf(Symbol symbol) {
    return BinanceNames.futures(symbol);
  }

  /**
   * {@code GET /futures/data/openInterestHist}: what was open at the end of each period, oldest
   * first, at most {@link #OPEN_INTERESTS}, of the last month. Has a limit of its own, {@link
   * #DATA}.
   */
  @TurnExecution
  default Turn<List<BinanceOpenInterest>> openInterestHist(
      String symbol, String period, Instant startTime, Instant endTime, int limit) {
    return get("/futures/data/openInterestHist")
        .cost(DATA, 1)
        .query("symbol", symbol)
        .query("period", period)
        .query("startTime", startTime)
        .query("endTime", endTime)
        .query("limit", limit)
        .read(body -> Payload.of(body).rows(BinanceOpenInterest::readPeriod));
  }
}
