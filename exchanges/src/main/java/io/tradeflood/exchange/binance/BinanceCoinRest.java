package io.tradeflood.exchange.binance;

import io.tradeflood.connector.Exchange;
import io.tradeflood.model.Symbol;
import io.tradeflood.net.json.Payload;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnExecution;
import java.time.Instant;
import java.util.List;

/**
 * Binance's COIN-M futures: perpetuals and futures that are settled in their base currency. Sizes
 * are contracts, each worth some dollars ({@code contractSize}); where USDⓈ-M tells a value in the
 * quote currency, it is told in the base currency here.
 */
@Exchange("binance")
public interface BinanceCoinRest extends BinanceContractRest {
  @Override
  default String baseUrl() {
    return "https://dapi.binance.com";
  }

  @Override
  default String root() {
    return "/dapi/v1";
  }

  @Override
  default int premiumIndexWeight() {
    return 10;
  }

  @Override
  default boolean covers(Symbol symbol) {
    return symbol.isInverse() && symbol.option().isEmpty();
  }

  /** {@code BTCUSD_PERP}, or with its day of delivery {@code BTCUSD_261225}. */
  @Override
  default String nameOf(Symbol symbol) {
    return symbol.join("") + "_" + symbol.expiry().map(DELIVERY::format).orElse("PERP");
  }

  /**
   * {@code GET /futures/data/openInterestHist}: as on USDⓈ-M, but asked by pair and type of
   * contract instead of by name.
   *
   * @param contractType {@code PERPETUAL}, {@code CURRENT_QUARTER} or {@code NEXT_QUARTER}
   */
  @TurnExecution
  default Turn<List<BinanceOpenInterest>> openInterestHist(
      String pair,
      String contractType,
      String period,
      Instant startTime,
      Instant endTime,
      int limit) {
    return get("/futures/data/openInterestHist")
        .cost(DATA, 1)
        .query("pair", pair)
        .query("contractType", contractType)
        .query("period", period)
        .query("startTime", startTime)
        .query("endTime", endTime)
        .query("limit", limit)
        .read(body -> Payload.of(body).rows(BinanceOpenInterest::readPeriod));
  }
}
