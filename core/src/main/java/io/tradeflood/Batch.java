package io.tradeflood;

import io.tradeflood.turn.Failure;
import java.util.List;
import java.util.Optional;

/**
 * A piece of an answer: the rows of a page.
 *
 * @param rows ascending, none of them in a piece before
 * @param coverage what is known of the piece of the range, ascending
 * @param failure why rows are missing, if they are
 */
record Batch<M>(List<M> rows, List<Coverage> coverage, Optional<Failure> failure) {
  static <M> Batch<M> of(List<M> rows, List<Coverage> coverage) {
    return new Batch<>(rows, coverage, Optional.empty());
  }

  static <M> Batch<M> failed(Failure failure, List<Coverage> coverage) {
    return new Batch<>(List.of(), coverage, Optional.of(failure));
  }
}
