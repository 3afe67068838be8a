package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Ticker;
import io.tradeflood.turn.Turn;

/** The ticker of spot and of contracts, some times a second. */
public interface BitgetLiveTicker extends LiveBinding<BitgetStream, NowQuery, Ticker> {
  @Override
  default Turn<Feed<Ticker>> plan(BitgetStream bitget, NowQuery query) {
    return bitget
        .tickers(bitget.typeOf(query.symbol()), bitget.nameOf(query.symbol()))
        .map(rows -> rows.map(row -> BitgetModels.ticker(row.ticker())));
  }
}
