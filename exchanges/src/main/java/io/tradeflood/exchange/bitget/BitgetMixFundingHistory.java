package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.CursorBinding;
import io.tradeflood.model.FundingRate;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.TimeRange;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.Optional;

/** Funding rates of perpetuals, since listing, by pages that are numbered from the newest on. */
public interface BitgetMixFundingHistory
    extends CursorBinding<BitgetMixRest, SeriesQuery, FundingRate> {
  @Override
  default Availability availability(BitgetMixRest bitget, SeriesQuery query, Instant now) {
    return BitgetFundings.availability(query.symbol());
  }

  @Override
  default CursorBinding.Order order() {
    return CursorBinding.Order.NEWEST_FIRST;
  }

  @Override
  default int pageSize() {
    return BitgetMixRest.FUNDINGS;
  }

  @Override
  default Turn<CursorBinding.Step<FundingRate>> plan(
      BitgetMixRest bitget,
      SeriesQuery query,
      TimeRange range,
      Optional<String> cursor,
      int wanted) {
    int page = cursor.map(Integer::parseInt).orElse(1);
    var rows =
        bitget.historyFundRate(
            bitget.productTypeOf(query.symbol()), bitget.nameOf(query.symbol()), pageSize(), page);
    return BitgetFailures.naming(query.symbol(), bitget, rows)
        .map(found -> BitgetFundings.step(found, pageSize(), page, range));
  }
}
