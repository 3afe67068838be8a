package io.tradeflood.binding;

import io.tradeflood.connector.Connector;
import io.tradeflood.model.RangeQuery;
import io.tradeflood.model.Row;
import io.tradeflood.model.TimeRange;
import io.tradeflood.turn.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A history that must be walked: each answer says where the next one begins. The library walks
 * until the range or the limit is full, sorts, filters and removes doubles.
 */
public non-sealed interface CursorBinding<C extends Connector, Q extends RangeQuery, M extends Row>
    extends Binding<C, Q, M> {

  /** Which way the walk goes. */
  Order order();

  /** The part of the past that can be had; empty means all. */
  default Optional<TimeRange> reach(Q query, Instant now) {
    return Optional.empty();
  }

  /** The longest range that one walk may be asked for; longer ones are cut. Empty means any. */
  default Optional<Duration> span() {
    return Optional.empty();
  }

  /** Roughly how many rows one answer holds, for the explanation. */
  int pageSize();

  /**
   * One step.
   *
   * @param range what the whole walk is after
   * @param cursor where the step before said to go on; empty at the start
   * @param wanted how many more rows are wanted, at least 1, {@link Integer#MAX_VALUE} for all
   */
  Turn<Step<M>> plan(C connector, Q query, TimeRange range, Optional<String> cursor, int wanted);

  /** Which way a walk goes. */
  enum Order {
    OLDEST_FIRST,
    NEWEST_FIRST
  }

  /**
   * What a step gave.
   *
   * @param rows in any order
   * @param next where to go on; empty at the end
   */
  record Step<M>(List<M> rows, Optional<String> next) {
    public Step {
      rows = List.copyOf(rows);
    }
  }
}
