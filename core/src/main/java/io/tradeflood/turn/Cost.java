package io.tradeflood.turn;

import java.time.Duration;

/**
 * What a call takes from a limit.
 *
 * @param limit the limit's name, unique for its scope, such as {@code binance.spot-rest weight}
 * @param amount how much is taken, not negative
 * @param capacity how much the limit gives in one window
 * @param window the length of the window
 */
public record Cost(String limit, long amount, long capacity, Duration window) {
  public Cost {
    if (amount < 0 || capacity < 1 || window.isNegative() || window.isZero())
      throw new IllegalArgumentException(
          "A cost needs an amount of at least 0, a capacity of at least 1 and a window, was %d of %d per %s for %s"
              .formatted(amount, capacity, window, limit));
  }
}
