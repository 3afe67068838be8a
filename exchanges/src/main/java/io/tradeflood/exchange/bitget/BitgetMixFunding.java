package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.FundingRate;
import io.tradeflood.model.NowQuery;
import io.tradeflood.turn.Turn;
import java.time.Instant;

/** The present funding rate of perpetuals. */
public interface BitgetMixFunding extends SnapshotBinding<BitgetMixRest, NowQuery, FundingRate> {
  @Override
  default Availability availability(BitgetMixRest bitget, NowQuery query, Instant now) {
    return BitgetFundings.availability(query.symbol());
  }

  @Override
  default Turn<FundingRate> plan(BitgetMixRest bitget, NowQuery query) {
    var rate =
        bitget.currentFundRate(bitget.productTypeOf(query.symbol()), bitget.nameOf(query.symbol()));
    return BitgetFailures.naming(query.symbol(), bitget, rate).map(BitgetModels::fundingRate);
  }
}
