package io.tradeflood.exchange.binance;

import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.ServerTime;
import io.tradeflood.turn.Turn;

/**
 * The clock of a market of contracts.
 *
 * @param <C> the market
 */
public interface BinanceContractTime<C extends BinanceContractRest>
    extends SnapshotBinding<C, NowQuery, ServerTime> {
  @Override
  default Turn<ServerTime> plan(C binance, NowQuery query) {
    return binance.time().map(ServerTime::new);
  }
}
