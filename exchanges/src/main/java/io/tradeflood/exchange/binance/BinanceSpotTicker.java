package io.tradeflood.exchange.binance;

import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Ticker;
import io.tradeflood.turn.Turn;

/** The ticker of spot; all tickers at once where many are asked for. */
public interface BinanceSpotTicker extends SnapshotBinding<BinanceSpotRest, NowQuery, Ticker> {
  @Override
  default Turn<Ticker> plan(BinanceSpotRest binance, NowQuery query) {
    String name = binance.nameOf(query.symbol());
    var ticker =
        binance
            .ticker(name)
            .orFrom(binance.tickers(), all -> BinanceReads.named(name, all, BinanceTicker::symbol));
    return BinanceFailures.naming(query.symbol(), binance, ticker)
        .map(row -> BinanceModels.ticker(row, row.best()));
  }
}
