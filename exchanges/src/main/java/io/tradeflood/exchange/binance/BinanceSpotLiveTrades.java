package io.tradeflood.exchange.binance;

import io.tradeflood.live.Feed;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Trade;
import io.tradeflood.turn.Turn;

/** Single trades of spot as they happen. */
public interface BinanceSpotLiveTrades extends BinanceLiveNumbered<BinanceSpotStream, Trade> {
  @Override
  default Turn<Feed<Trade>> plan(BinanceSpotStream binance, NowQuery query) {
    return binance
        .trades(binance.nameOf(query.symbol()))
        .map(trades -> trades.map(BinanceModels::trade));
  }
}
