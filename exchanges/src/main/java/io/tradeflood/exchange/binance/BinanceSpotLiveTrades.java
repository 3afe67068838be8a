package io.tradeflood.exchange.binance;

import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Trade;
import io.tradeflood.turn.Turn;
import java.util.OptionalLong;

/** Single trades of spot as they happen. */
public interface BinanceSpotLiveTrades extends LiveBinding<BinanceSpotStream, NowQuery, Trade> {
  @Override
  default Turn<Feed<Trade>> plan(BinanceSpotStream binance, NowQuery query) {
    return binance
        .trades(binance.nameOf(query.symbol()))
        .map(trades -> trades.map(BinanceModels::trade));
  }

  @Override
  default Continuity continuity() {
    return Continuity.EVERY;
  }

  @Override
  default OptionalLong numberOf(Trade trade) {
    return OptionalLong.of(Long.parseLong(trade.id()));
  }
}
