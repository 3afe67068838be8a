package io.tradeflood.live;

import io.tradeflood.model.TimeRange;
import java.util.Optional;

/**
 * Fetches what a stream missed, by the model's history.
 *
 * @param <M> the model
 */
@FunctionalInterface
public interface Refill<M> {
  /**
   * Begins to fetch and returns at once. The taker is told on another thread, rows ascending, then
   * the end, once.
   */
  void fetch(TimeRange range, Taker<M> taker);

  /** Why nothing can ever be fetched; empty if something may be. Then nobody has to wait for it. */
  default Optional<String> lack() {
    return Optional.empty();
  }

  /** There is no history to fetch from. */
  static <M> Refill<M> none(String reason) {
    return new Refill<>() {
      @Override
      public void fetch(TimeRange range, Taker<M> taker) {
        taker.end(lack());
      }

      @Override
      public Optional<String> lack() {
        return Optional.of(reason);
      }
    };
  }

  /** Takes what was fetched. */
  interface Taker<M> {
    /** A row. */
    void row(M row);

    /**
     * There are no more rows.
     *
     * @param whyNot why some could not be had, one line; empty if all are there
     */
    void end(Optional<String> whyNot);
  }
}
