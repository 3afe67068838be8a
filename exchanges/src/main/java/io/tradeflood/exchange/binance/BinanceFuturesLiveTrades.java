package io.tradeflood.exchange.binance;

import io.tradeflood.live.Feed;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Trade;
import io.tradeflood.turn.Turn;

/**
 * Trades of USDⓈ-M as they happen. They are aggregates, as those of the past are, see {@link
 * BinanceContractTrades}: no stream of single trades is documented.
 */
public interface BinanceFuturesLiveTrades extends BinanceLiveNumbered<BinanceFuturesStream, Trade> {
  @Override
  default Turn<Feed<Trade>> plan(BinanceFuturesStream binance, NowQuery query) {
    return binance
        .aggTrades(binance.nameOf(query.symbol()))
        .map(trades -> trades.map(BinanceModels::trade));
  }
}
