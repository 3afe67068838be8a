package io.tradeflood.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The open orders of an instrument, summed by price.
 *
 * @param time when it was so, UTC, where the exchange says it
 * @param sequence the exchange's number of this state, where it has one; grows with each change
 * @param bids who buys, the highest price first
 * @param asks who sells, the lowest price first
 */
@ModelName("book")
public record OrderBook(
    Optional<Instant> time, OptionalLong sequence, List<Level> bids, List<Level> asks) {

  public OrderBook {
    bids = List.copyOf(bids);
    asks = List.copyOf(asks);
  }

  /** All that is wanted at one price. */
  @AsArray
  public record Level(BigDecimal price, BigDecimal size) {}

  /** This book with at most so many levels a side. */
  public OrderBook top(int levels) {
    return levels >= bids.size() && levels >= asks.size()
        ? this
        : new OrderBook(
            time,
            sequence,
            bids.subList(0, Math.min(levels, bids.size())),
            asks.subList(0, Math.min(levels, asks.size())));
  }
}
