package io.tradeflood.binding;

import io.tradeflood.connector.Connector;
import io.tradeflood.model.RangeQuery;
import io.tradeflood.model.Row;
import io.tradeflood.model.TimeRange;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A history whose rows are numbered without holes: trades by id. The library finds the first and
 * the last number of a range, cuts what lies between into pages on a fixed grid and has them all at
 * once.
 */
public non-sealed interface SequenceBinding<
        C extends Connector, Q extends RangeQuery, M extends Row>
    extends Binding<C, Q, M> {

  /** How many rows one page holds at most. */
  int pageSize();

  /** The part of the past that can be had; empty means all. */
  default Optional<TimeRange> reach(Q query, Instant now) {
    return Optional.empty();
  }

  /** The number of the first row at or after the moment; empty if there is none yet. */
  Turn<OptionalLong> firstAt(C connector, Q query, Instant moment);

  /** The rows with the numbers from the first on, at most so many, ascending. */
  Turn<List<M>> plan(C connector, Q query, long first, int count);

  /** The newest rows, ascending; at least so many if the exchange gives them in one call. */
  Turn<List<M>> latest(C connector, Q query, int count);

  /** The number of a row. */
  long numberOf(M row);
}
