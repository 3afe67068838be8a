package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.ExchangeQuery;
import io.tradeflood.model.ServerTime;
import io.tradeflood.turn.Turn;

/** The clock of the exchange, where no market is named: all have the same. */
public interface BitgetClock extends SnapshotBinding<BitgetSpotRest, ExchangeQuery, ServerTime> {
  @Override
  default Turn<ServerTime> plan(BitgetSpotRest bitget, ExchangeQuery query) {
    return bitget.time().map(ServerTime::new);
  }
}
