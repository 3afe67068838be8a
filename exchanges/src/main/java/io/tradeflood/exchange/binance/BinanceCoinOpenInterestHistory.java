package io.tradeflood.exchange.binance;

import io.tradeflood.history.Page;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.Symbol;
import io.tradeflood.turn.Turn;
import java.util.List;

/**
 * What was open on COIN-M, in contracts. It is asked for by the type of the contract; which one a
 * future is at the moment, the list of instruments tells.
 */
public interface BinanceCoinOpenInterestHistory
    extends BinanceContractOpenInterestHistory<BinanceCoinRest> {
  @Override
  default Turn<List<BinanceOpenInterest>> rows(
      BinanceCoinRest binance, CandleQuery query, Page page) {
    return contractType(binance, query.symbol())
        .then(
            type ->
                binance.openInterestHist(
                    binance.pairOf(query.symbol()),
                    type,
                    BinanceIntervals.word(BinanceIntervals.PERIODS, query.interval()),
                    page.start(),
                    page.end(),
                    page.limit()));
  }

  private static Turn<String> contractType(BinanceCoinRest binance, Symbol symbol) {
    if (symbol.isSwap()) return Turn.now("PERPETUAL");
    String name = binance.nameOf(symbol);
    return binance
        .exchangeInfo()
        .map(
            all ->
                BinanceReads.named(name, all, BinanceSymbolInfo::symbol).contractType().orElse(""));
  }
}
