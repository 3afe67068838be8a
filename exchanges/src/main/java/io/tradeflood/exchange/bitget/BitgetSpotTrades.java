package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.CursorBinding;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Trade;
import io.tradeflood.turn.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Trades of spot, of the last 90 days, walked from the newest on, week by week. Their times are
 * whole seconds: the endpoint of the newest trades has milliseconds, but one tape has one clock.
 */
public interface BitgetSpotTrades extends CursorBinding<BitgetSpotRest, SeriesQuery, Trade> {
  @Override
  default CursorBinding.Order order() {
    return CursorBinding.Order.NEWEST_FIRST;
  }

  @Override
  default Optional<TimeRange> reach(SeriesQuery query, Instant now) {
    return Optional.of(BitgetTape.reach(now));
  }

  @Override
  default Optional<Duration> span() {
    return Optional.of(BitgetTape.SPAN);
  }

  @Override
  default int pageSize() {
    return BitgetSpotRest.TRADES;
  }

  @Override
  default Turn<CursorBinding.Step<Trade>> plan(
      BitgetSpotRest bitget,
      SeriesQuery query,
      TimeRange range,
      Optional<String> cursor,
      int wanted) {
    int limit = Math.min(wanted, pageSize());
    var rows =
        bitget.fillsHistory(
            bitget.nameOf(query.symbol()), range.start(), range.end(), limit, cursor);
    return BitgetFailures.naming(query.symbol(), bitget, rows)
        .map(found -> BitgetTape.step(found, limit));
  }
}
