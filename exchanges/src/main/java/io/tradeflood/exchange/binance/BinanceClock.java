package io.tradeflood.exchange.binance;

import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.ExchangeQuery;
import io.tradeflood.model.ServerTime;
import io.tradeflood.turn.Turn;

/** The clock of the exchange, where no market is named: that of spot. */
public interface BinanceClock extends SnapshotBinding<BinanceSpotRest, ExchangeQuery, ServerTime> {
  @Override
  default Turn<ServerTime> plan(BinanceSpotRest binance, ExchangeQuery query) {
    return binance.time().map(ServerTime::new);
  }
}
