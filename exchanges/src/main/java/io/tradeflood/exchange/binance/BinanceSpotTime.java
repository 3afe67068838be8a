package io.tradeflood.exchange.binance;

import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.ServerTime;
import io.tradeflood.turn.Turn;

/** The clock of spot. */
public interface BinanceSpotTime extends SnapshotBinding<BinanceSpotRest, NowQuery, ServerTime> {
  @Override
  default Turn<ServerTime> plan(BinanceSpotRest binance, NowQuery query) {
    return binance.time().map(ServerTime::new);
  }
}
