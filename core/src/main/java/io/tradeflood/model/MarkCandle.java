package io.tradeflood.model;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * How a perpetual's or future's mark price moved in one interval. There is no volume: nothing
 * trades at it.
 *
 * @param interval the length of the candle
 * @param time its start, UTC
 * @param open the first value
 * @param high the highest value
 * @param low the lowest value
 * @param close the last value so far
 * @param closed whether the candle is final
 * @param origin the way by which it came, such as {@code rest}
 */
public record MarkCandle(
    Interval interval,
    Instant time,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    boolean closed,
    String origin)
    implements Bar<MarkCandle> {

  /** A closed candle that came by REST. */
  public MarkCandle(
      Interval interval,
      Instant time,
      BigDecimal open,
      BigDecimal high,
      BigDecimal low,
      BigDecimal close) {
    this(interval, time, open, high, low, close, true, "rest");
  }

  @Override
  public MarkCandle closed(boolean closed) {
    return closed == this.closed
        ? this
        : new MarkCandle(interval, time, open, high, low, close, closed, origin);
  }
}
