package io.tradeflood.model;

import io.tradeflood.model.OrderBook.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What changed of an order book by one message of the exchange. Sizes are absolute; a size of 0
 * takes the level away. Who applies all changes since a whole one has the book.
 *
 * @param whole whether this is the whole book, which replaces all that was known before: the first
 *     one, and the first one after the book had to begin anew
 * @param time when it was so, UTC, where the exchange says it
 * @param first the exchange's number of the first change in it, where it has one; the same as the
 *     last one if it is whole
 * @param last the exchange's number of the last change in it, where it has one
 * @param bids levels of who buys; of a whole one the highest price first
 * @param asks levels of who sells; of a whole one the lowest price first
 */
@ModelName("bookChange")
public record BookChange(
    boolean whole,
    Optional<Instant> time,
    OptionalLong first,
    OptionalLong last,
    List<Level> bids,
    List<Level> asks) {

  public BookChange {
    bids = List.copyOf(bids);
    asks = List.copyOf(asks);
  }
}
