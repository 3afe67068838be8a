package io.tradeflood.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What traded in one interval.
 *
 * @param interval the length of the candle
 * @param time its start, UTC
 * @param open the first price
 * @param high the highest price
 * @param low the lowest price
 * @param close the last price so far
 * @param volume what traded, in the base currency (in contracts where the exchange counts so)
 * @param quoteVolume the same in the quote currency, where the exchange says it
 * @param trades how many trades, where the exchange says it
 * @param closed whether the candle is final
 * @param origin the way by which it came, such as {@code rest}
 */
public record Candle(
    Interval interval,
    Instant time,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    BigDecimal volume,
    Optional<BigDecimal> quoteVolume,
    OptionalLong trades,
    boolean closed,
    String origin)
    implements Bar<Candle> {

  /** A closed candle that came by REST, with nothing but what every exchange gives. */
  public Candle(
      Interval interval,
      Instant time,
      BigDecimal open,
      BigDecimal high,
      BigDecimal low,
      BigDecimal close,
      BigDecimal volume) {
    this(
        interval,
        time,
        open,
        high,
        low,
        close,
        volume,
        Optional.empty(),
        OptionalLong.empty(),
        true,
        "rest");
  }

  @Override
  public Candle closed(boolean closed) {
    return closed == this.closed
        ? this
        : new Candle(
            interval, time, open, high, low, close, volume, quoteVolume, trades, closed, origin);
  }
}
