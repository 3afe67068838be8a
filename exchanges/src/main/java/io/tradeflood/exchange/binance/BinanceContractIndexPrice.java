package io.tradeflood.exchange.binance;

import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.IndexPrice;
import io.tradeflood.model.NowQuery;
import io.tradeflood.turn.Turn;

/**
 * The index price behind contracts.
 *
 * @param <C> the market
 */
public interface BinanceContractIndexPrice<C extends BinanceContractRest>
    extends SnapshotBinding<C, NowQuery, IndexPrice> {
  @Override
  default Turn<IndexPrice> plan(C binance, NowQuery query) {
    return BinanceFailures.naming(
            query.symbol(), binance, BinanceReads.premium(binance, binance.nameOf(query.symbol())))
        .map(row -> new IndexPrice(row.time(), row.indexPrice()));
  }
}
