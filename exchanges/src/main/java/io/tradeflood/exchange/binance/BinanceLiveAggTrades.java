package io.tradeflood.exchange.binance;

import io.tradeflood.live.Feed;
import io.tradeflood.model.AggTrade;
import io.tradeflood.model.NowQuery;
import io.tradeflood.turn.Turn;

/**
 * Aggregates of trades as they happen.
 *
 * @param <C> the market
 */
public interface BinanceLiveAggTrades<C extends BinanceStream>
    extends BinanceLiveNumbered<C, AggTrade> {
  @Override
  default Turn<Feed<AggTrade>> plan(C binance, NowQuery query) {
    return binance
        .aggTrades(binance.nameOf(query.symbol()))
        .map(trades -> trades.map(BinanceModels::aggTrade));
  }
}
