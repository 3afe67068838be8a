package io.tradeflood.exchange.binance;

import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.Liquidation;
import io.tradeflood.model.NowQuery;
import io.tradeflood.turn.Turn;

/**
 * Positions of USDⓈ-M closed by force. A sample, not all: the exchange tells at most one of each
 * second and instrument, the largest. There is no past of them: what is missed is lost.
 */
public interface BinanceFuturesLiquidations
    extends LiveBinding<BinanceFuturesStream, NowQuery, Liquidation> {
  @Override
  default Turn<Feed<Liquidation>> plan(BinanceFuturesStream binance, NowQuery query) {
    return binance
        .forceOrders(binance.nameOf(query.symbol()))
        .map(orders -> orders.map(BinanceModels::liquidation));
  }

  @Override
  default Continuity continuity() {
    return Continuity.EVERY;
  }
}
