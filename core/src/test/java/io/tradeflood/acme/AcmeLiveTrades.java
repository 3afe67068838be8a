package io.tradeflood.acme;

import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Trade;
import io.tradeflood.turn.Turn;
import java.util.OptionalLong;

/** Trades as they happen. */
public interface AcmeLiveTrades extends LiveBinding<AcmeStream, NowQuery, Trade> {
  @Override
  default Turn<Feed<Trade>> plan(AcmeStream acme, NowQuery query) {
    return acme.trades(query.symbol().toString()).map(feed -> feed.map(AcmeTrades::trade));
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
