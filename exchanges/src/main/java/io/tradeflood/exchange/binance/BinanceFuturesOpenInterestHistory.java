package io.tradeflood.exchange.binance;

import io.tradeflood.history.Page;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.turn.Turn;
import java.util.List;

/** What was open on USDⓈ-M. */
public interface BinanceFuturesOpenInterestHistory
    extends BinanceContractOpenInterestHistory<BinanceFuturesRest> {
  @Override
  default Turn<List<BinanceOpenInterest>> rows(
      BinanceFuturesRest binance, CandleQuery query, Page page) {
    return binance.openInterestHist(
        binance.nameOf(query.symbol()),
        BinanceIntervals.word(BinanceIntervals.PERIODS, query.interval()),
        page.start(),
        page.end(),
        page.limit());
  }
}
