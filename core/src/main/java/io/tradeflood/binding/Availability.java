package io.tradeflood.binding;

import io.tradeflood.model.TimeRange;

/** Whether a query can be answered, said before anything is requested. */
public sealed interface Availability {
  /** The whole of it. */
  record Can() implements Availability {}

  /**
   * A part of it.
   *
   * @param range the part that can be had
   * @param reason why not the rest, and what would work instead
   */
  record Partly(TimeRange range, String reason) implements Availability {}

  /**
   * Nothing of it.
   *
   * @param reason why, and what would work instead
   */
  record Cannot(String reason) implements Availability {}

  static Availability can() {
    return new Can();
  }

  static Availability partly(TimeRange range, String reason) {
    return new Partly(range, reason);
  }

  static Availability cannot(String reason) {
    return new Cannot(reason);
  }
}
