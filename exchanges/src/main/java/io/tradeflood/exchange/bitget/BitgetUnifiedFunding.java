package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.FundingRate;
import io.tradeflood.model.NowQuery;
import io.tradeflood.turn.Turn;
import java.time.Instant;

/** The present funding rate of perpetuals. */
public interface BitgetUnifiedFunding
    extends SnapshotBinding<BitgetUnifiedRest, NowQuery, FundingRate> {
  @Override
  default Availability availability(BitgetUnifiedRest bitget, NowQuery query, Instant now) {
    return BitgetFundings.availability(query.symbol());
  }

  @Override
  default Turn<FundingRate> plan(BitgetUnifiedRest bitget, NowQuery query) {
    var rate = bitget.currentFundRate(bitget.nameOf(query.symbol()));
    return BitgetFailures.naming(query.symbol(), bitget, rate).map(BitgetModels::fundingRate);
  }
}
