package io.tradeflood.exchange.binance;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.CursorBinding;
import io.tradeflood.model.FundingRate;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.TimeRange;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.Optional;

/**
 * Funding rates of perpetuals, since listing, walked from the newest on.
 *
 * @param <C> the market
 */
public interface BinanceContractFundingHistory<C extends BinanceContractRest>
    extends CursorBinding<C, SeriesQuery, FundingRate> {
  @Override
  default Availability availability(C binance, SeriesQuery query, Instant now) {
    return BinanceFundings.availability(query.symbol());
  }

  @Override
  default CursorBinding.Order order() {
    return CursorBinding.Order.NEWEST_FIRST;
  }

  @Override
  default int pageSize() {
    return BinanceContractRest.FUNDINGS;
  }

  @Override
  default Turn<CursorBinding.Step<FundingRate>> plan(
      C binance, SeriesQuery query, TimeRange range, Optional<String> cursor, int wanted) {
    return BinanceFailures.naming(
        query.symbol(),
        binance,
        BinanceFundings.step(binance, binance.nameOf(query.symbol()), range, cursor, wanted));
  }
}
