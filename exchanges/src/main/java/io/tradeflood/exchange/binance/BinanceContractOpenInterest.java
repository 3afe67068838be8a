package io.tradeflood.exchange.binance;

import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.OpenInterest;
import io.tradeflood.turn.Turn;
import java.util.Optional;

/**
 * What is open in contracts now.
 *
 * @param <C> the market
 */
public interface BinanceContractOpenInterest<C extends BinanceContractRest>
    extends SnapshotBinding<C, NowQuery, OpenInterest> {
  @Override
  default Turn<OpenInterest> plan(C binance, NowQuery query) {
    return BinanceFailures.naming(
            query.symbol(), binance, binance.openInterest(binance.nameOf(query.symbol())))
        .map(row -> new OpenInterest(row.time(), row.openInterest(), Optional.empty()));
  }
}
