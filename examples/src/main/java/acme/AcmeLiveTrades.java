package acme;

import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Side;
import io.tradeflood.model.Trade;
import io.tradeflood.turn.Turn;
import java.util.OptionalLong;

/** Acme's trades as they happen. */
public interface AcmeLiveTrades extends LiveBinding<AcmeStream, NowQuery, Trade> {
  @Override
  default Turn<Feed<Trade>> plan(AcmeStream acme, NowQuery query) {
    return acme.trades(query.symbol().join("-")).map(deals -> deals.map(AcmeLiveTrades::trade));
  }

  @Override
  default Continuity continuity() {
    return Continuity.EVERY;
  }

  @Override
  default OptionalLong numberOf(Trade trade) {
    return OptionalLong.of(Long.parseLong(trade.id()));
  }

  private static Trade trade(AcmeStream.Deal deal) {
    return new Trade(
        Long.toString(deal.number()),
        deal.time(),
        deal.price(),
        deal.size(),
        deal.bought() ? Side.BUY : Side.SELL);
  }
}
