package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.ServerTime;
import io.tradeflood.turn.Turn;

/** The exchange's clock. */
public interface BitgetUnifiedTime
    extends SnapshotBinding<BitgetUnifiedRest, NowQuery, ServerTime> {
  @Override
  default Turn<ServerTime> plan(BitgetUnifiedRest bitget, NowQuery query) {
    return bitget.time().map(ServerTime::new);
  }
}
