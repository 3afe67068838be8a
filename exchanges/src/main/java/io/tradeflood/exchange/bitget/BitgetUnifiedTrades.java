package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.CursorBinding;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Trade;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.Optional;

/** The newest trades of all markets; there is no history of them here. */
public interface BitgetUnifiedTrades extends CursorBinding<BitgetUnifiedRest, SeriesQuery, Trade> {
  @Override
  default Availability availability(BitgetUnifiedRest bitget, SeriesQuery query, Instant now) {
    boolean newest =
        query.window().isTail()
            && query.window().to().isEmpty()
            && query.window().limit().orElse(pageSize()) <= pageSize();
    return newest
        ? Availability.can()
        : Availability.cannot(
            "bitget-unified gives the newest %d trades only: leave out the times, or ask bitget, which keeps 90 days"
                .formatted(pageSize()));
  }

  @Override
  default CursorBinding.Order order() {
    return CursorBinding.Order.NEWEST_FIRST;
  }

  @Override
  default int pageSize() {
    return BitgetUnifiedRest.TRADES;
  }

  @Override
  default Turn<CursorBinding.Step<Trade>> plan(
      BitgetUnifiedRest bitget,
      SeriesQuery query,
      TimeRange range,
      Optional<String> cursor,
      int wanted) {
    var rows =
        bitget.fills(
            bitget.categoryOf(query.symbol()),
            bitget.nameOf(query.symbol()),
            Math.min(wanted, pageSize()));
    return BitgetFailures.naming(query.symbol(), bitget, rows)
        .map(
            found ->
                new CursorBinding.Step<>(
                    found.stream().map(BitgetModels::trade).toList(), Optional.empty()));
  }
}
