package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.ServerTime;
import io.tradeflood.turn.Turn;

/** The exchange's clock, asked for with a symbol of spot. */
public interface BitgetSpotTime extends SnapshotBinding<BitgetSpotRest, NowQuery, ServerTime> {
  @Override
  default Turn<ServerTime> plan(BitgetSpotRest bitget, NowQuery query) {
    return bitget.time().map(ServerTime::new);
  }
}
