package io.tradeflood;

import io.tradeflood.turn.Failure;
import java.util.List;
import java.util.Optional;

/**
 * What a request brought.
 *
 * @param request the question
 * @param rows ascending by time, each once; of a snapshot the one value
 * @param coverage what is known of each piece of the range that was asked for, ascending, without
 *     overlap; empty for what has no history
 * @param failure what went wrong first, if anything did; the rows are then what could be had
 */
public record Answer<M>(
    Request<M> request, List<M> rows, List<Coverage> coverage, Optional<Failure> failure) {
  public Answer {
    rows = List.copyOf(rows);
    coverage = List.copyOf(coverage);
  }

  /** Whether everything that was asked for, and exists, is here. */
  public boolean isWhole() {
    return failure.isEmpty() && coverage.stream().noneMatch(Coverage::isMissing);
  }

  /**
   * The rows, if all is here.
   *
   * @throws Failure what went wrong first
   */
  public List<M> orThrow() {
    if (failure.isPresent()) throw failure.get();
    return rows;
  }
}
