package io.tradeflood.exchange.binance;

import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Ticker;
import io.tradeflood.turn.Turn;

/**
 * The last 24 hours, told again as they change.
 *
 * @param <C> the market
 */
public interface BinanceLiveTicker<C extends BinanceStream>
    extends LiveBinding<C, NowQuery, Ticker> {
  @Override
  default Turn<Feed<Ticker>> plan(C binance, NowQuery query) {
    return binance
        .tickers(binance.nameOf(query.symbol()))
        .map(tickers -> tickers.map(row -> BinanceModels.ticker(row, row.best())));
  }
}
