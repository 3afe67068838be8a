package io.tradeflood.exchange.binance;

import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.MarkPrice;
import io.tradeflood.model.NowQuery;
import io.tradeflood.turn.Turn;

/**
 * The mark price of contracts.
 *
 * @param <C> the market
 */
public interface BinanceContractMarkPrice<C extends BinanceContractRest>
    extends SnapshotBinding<C, NowQuery, MarkPrice> {
  @Override
  default Turn<MarkPrice> plan(C binance, NowQuery query) {
    return BinanceFailures.naming(
            query.symbol(), binance, BinanceReads.premium(binance, binance.nameOf(query.symbol())))
        .map(row -> new MarkPrice(row.time(), row.markPrice()));
  }
}
