package io.tradeflood.turn;

import java.util.Optional;

/**
 * Watches a run, for a progress bar or a log. Called on the run's threads, several at once: it must
 * be quick and must not throw. Each call that reaches out is started and ended once, in this order.
 */
public interface TurnObserver {
  /** A call goes out. */
  default void started(Call<?> call) {}

  /** A call came back; with the failure if it failed. */
  default void ended(Call<?> call, Optional<Failure> failure) {}

  /** Watches nothing. */
  static TurnObserver none() {
    return new TurnObserver() {};
  }
}
