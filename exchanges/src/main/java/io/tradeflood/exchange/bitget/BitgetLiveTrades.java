package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Trade;
import io.tradeflood.turn.Turn;

/**
 * Trades of spot and of contracts as they happen, in milliseconds; their ids grow, with holes. The
 * subscription begins with the newest ones of the past.
 */
public interface BitgetLiveTrades extends LiveBinding<BitgetStream, NowQuery, Trade> {
  @Override
  default Turn<Feed<Trade>> plan(BitgetStream bitget, NowQuery query) {
    return bitget
        .trades(bitget.typeOf(query.symbol()), bitget.nameOf(query.symbol()))
        .map(trades -> trades.map(BitgetModels::trade));
  }

  @Override
  default Continuity continuity() {
    return Continuity.EVERY;
  }
}
