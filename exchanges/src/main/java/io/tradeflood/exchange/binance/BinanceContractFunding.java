package io.tradeflood.exchange.binance;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.FundingRate;
import io.tradeflood.model.NowQuery;
import io.tradeflood.turn.Turn;
import java.time.Instant;

/**
 * The present funding rate of perpetuals.
 *
 * @param <C> the market
 */
public interface BinanceContractFunding<C extends BinanceContractRest>
    extends SnapshotBinding<C, NowQuery, FundingRate> {
  @Override
  default Availability availability(C binance, NowQuery query, Instant now) {
    return BinanceFundings.availability(query.symbol());
  }

  @Override
  default Turn<FundingRate> plan(C binance, NowQuery query) {
    return BinanceFailures.naming(
            query.symbol(), binance, BinanceReads.premium(binance, binance.nameOf(query.symbol())))
        .map(BinanceFundings::now);
  }
}
