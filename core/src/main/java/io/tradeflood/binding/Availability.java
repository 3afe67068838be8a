package io.tradeflood.binding;

import io.tradeflood.model.Interval;
import io.tradeflood.model.TimeRange;
import java.util.Collection;
import java.util.stream.Collectors;

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

  /**
   * Can, if the interval is one of those that are known; if not, the reason names them.
   *
   * @param what whose intervals they are, such as {@code acme's candles}
   */
  static Availability ofInterval(Interval asked, Collection<Interval> known, String what) {
    if (known.contains(asked)) return can();
    return cannot(
        "interval %s is not one of %s: ask for one of %s"
            .formatted(
                asked,
                what,
                known.stream().sorted().map(Interval::toString).collect(Collectors.joining(" "))));
  }
}
