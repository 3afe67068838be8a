package io.tradeflood.exchange.binance;

import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Ticker;
import io.tradeflood.turn.Turn;

/**
 * The ticker of contracts, whose best prices come from a second endpoint; all at once where many
 * are asked for.
 *
 * @param <C> the market
 */
public interface BinanceContractTicker<C extends BinanceContractRest>
    extends SnapshotBinding<C, NowQuery, Ticker> {
  @Override
  default Turn<Ticker> plan(C binance, NowQuery query) {
    String name = binance.nameOf(query.symbol());
    var day =
        binance
            .ticker(name)
            .orFrom(binance.tickers(), all -> BinanceReads.named(name, all, BinanceTicker::symbol));
    var best =
        binance
            .bookTicker(name)
            .orFrom(
                binance.bookTickers(),
                all -> BinanceReads.named(name, all, BinanceTicker.Book::symbol));
    return BinanceFailures.naming(
        query.symbol(),
        binance,
        day.with(best, (row, book) -> BinanceModels.ticker(row, book.best())));
  }
}
