package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.PolledBinding;
import io.tradeflood.live.Pace;
import io.tradeflood.model.FundingRate;
import io.tradeflood.model.NowQuery;
import io.tradeflood.turn.Turn;
import java.time.Duration;
import java.time.Instant;

/** The present funding rate of perpetuals. */
public interface BitgetUnifiedFunding
    extends PolledBinding<BitgetUnifiedRest, NowQuery, FundingRate> {
  @Override
  default Pace pace() {
    return Pace.between(Duration.ofSeconds(5), Duration.ofSeconds(60));
  }

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
