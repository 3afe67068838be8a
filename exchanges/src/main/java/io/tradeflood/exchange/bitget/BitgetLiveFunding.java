package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.FundingRate;
import io.tradeflood.model.NowQuery;
import io.tradeflood.turn.Turn;
import java.time.Instant;

/** The present funding rate of perpetuals, some times a second, changed or not. */
public interface BitgetLiveFunding extends LiveBinding<BitgetStream, NowQuery, FundingRate> {
  @Override
  default Availability availability(BitgetStream bitget, NowQuery query, Instant now) {
    return BitgetFundings.availability(query.symbol());
  }

  @Override
  default Turn<Feed<FundingRate>> plan(BitgetStream bitget, NowQuery query) {
    return BitgetContracts.told(
        bitget,
        query.symbol(),
        row ->
            row.fundingRate()
                .map(rate -> new FundingRate(row.ticker().time(), rate, row.nextFundingTime())));
  }
}
