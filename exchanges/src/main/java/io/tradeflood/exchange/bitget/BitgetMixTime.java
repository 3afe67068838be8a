package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.ServerTime;
import io.tradeflood.turn.Turn;

/** The exchange's clock, asked for with a symbol of contracts. */
public interface BitgetMixTime extends SnapshotBinding<BitgetMixRest, NowQuery, ServerTime> {
  @Override
  default Turn<ServerTime> plan(BitgetMixRest bitget, NowQuery query) {
    return bitget.time().map(ServerTime::new);
  }
}
