package io.tradeflood.acme;

import io.tradeflood.binding.CursorBinding;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.TimeRange;
import io.tradeflood.turn.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Fills of Acme, by a cursor; each walk may be asked for ten minutes. */
public interface AcmeFills extends CursorBinding<AcmeRest, SeriesQuery, Fill> {
  @Override
  default Order order() {
    return Order.NEWEST_FIRST;
  }

  @Override
  default Optional<TimeRange> reach(SeriesQuery query, Instant now) {
    return Optional.of(new TimeRange(AcmeServer.FIRST_TRADE, now));
  }

  @Override
  default Optional<Duration> span() {
    return Optional.of(Duration.ofMinutes(10));
  }

  @Override
  default int pageSize() {
    return 40;
  }

  @Override
  default Turn<Step<Fill>> plan(
      AcmeRest acme, SeriesQuery query, TimeRange range, Optional<String> cursor, int wanted) {
    return acme.fills(query.symbol().join("-"), range.start(), range.end(), cursor)
        .map(
            page ->
                new Step<>(
                    page.numbers().stream()
                        .map(n -> new Fill(n.toString(), AcmeServer.FIRST_TRADE.plusSeconds(n)))
                        .toList(),
                    page.next()));
  }
}
