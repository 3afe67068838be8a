package io.tradeflood.acme;

import io.tradeflood.binding.PolledBinding;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Trade;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Turn;

/** The last trade of Acme, of which a stream tells too. */
public interface AcmePolledTrades extends PolledBinding<AcmeRest, NowQuery, Trade> {
  @Override
  default Turn<Trade> plan(AcmeRest acme, NowQuery query) {
    throw new Failure.Bug("the stream tells it");
  }
}
