package io.tradeflood.history;

import io.tradeflood.model.TimeRange;
import java.time.Instant;

/**
 * One page of a history on a grid. A value: equal pages make equal calls.
 *
 * @param range what belongs to the page: the start inside, the end outside, both on the grid
 * @param limit how many rows to ask for at most; never less than the page can hold
 * @param ends how the endpoint reads its two bounds
 * @param recent whether it lies in the part that the binding declared as {@link Pages#recent
 *     recent}
 */
public record Page(TimeRange range, int limit, Pages.Ends ends, boolean recent) {
  /** The lower bound as the endpoint wants it sent, in whole milliseconds. */
  public Instant start() {
    return ends.startIncluded() ? range.start() : range.start().minusMillis(1);
  }

  /** The upper bound as the endpoint wants it sent, in whole milliseconds. */
  public Instant end() {
    return ends.endIncluded() ? range.end().minusMillis(1) : range.end();
  }
}
