package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.CursorBinding;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Trade;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How the tapes of spot and of contracts are walked. */
final class BitgetTape {
  /** The longest range of one question. */
  static final Duration SPAN = Duration.ofDays(7);

  /** A little less than the 90 days, which go on while the plan runs. */
  private static final Duration RETENTION = Duration.ofDays(90).minusMinutes(10);

  private BitgetTape() {}

  static TimeRange reach(Instant now) {
    return new TimeRange(now.minus(RETENTION), now.plus(Duration.ofDays(1)));
  }

  /** A page that is not full is the last one; otherwise it goes on before its oldest trade. */
  static CursorBinding.Step<Trade> step(List<BitgetTrade> newestFirst, int limit) {
    return new CursorBinding.Step<>(
        newestFirst.stream().map(BitgetModels::trade).toList(),
        newestFirst.size() < limit ? Optional.empty() : Optional.of(newestFirst.getLast().id()));
  }
}
