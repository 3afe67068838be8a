package io.tradeflood.model;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which part of a history is asked for.
 *
 * <p>With a start, rows are taken from it on, oldest first; without one, the newest rows before the
 * end (or now) are taken, and a limit is needed to say how many: where there is none, {@link
 * #DEFAULT_LIMIT}. In every case the answer is ascending.
 *
 * @param from the first moment inside, if there is a start
 * @param to the first moment after it; empty means now
 * @param limit at most so many rows, at least 1
 */
public record Window(Optional<Instant> from, Optional<Instant> to, OptionalInt limit) {
  /** How many rows "the latest" are when nobody says. */
  public static final int DEFAULT_LIMIT = 100;

  public Window {
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get()))
      throw new IllegalArgumentException(
          "The window starts at %s and ends at %s: the start must be before the end"
              .formatted(from.get(), to.get()));
    if (limit.isPresent() && limit.getAsInt() < 1)
      throw new IllegalArgumentException(
          "A limit must be at least 1, was " + limit.getAsInt() + ": leave it out for no limit");
  }

  /** Everything in the range. */
  public static Window of(TimeRange range) {
    return new Window(Optional.of(range.start()), Optional.of(range.end()), OptionalInt.empty());
  }

  /** Everything from the moment until now. */
  public static Window since(Instant from) {
    return new Window(Optional.of(from), Optional.empty(), OptionalInt.empty());
  }

  /** The newest rows. */
  public static Window latest(int rows) {
    return new Window(Optional.empty(), Optional.empty(), OptionalInt.of(rows));
  }

  /** Everything of the last so long, seen from the clock's now. */
  public static Window last(Duration length, InstantSource clock) {
    return since(clock.instant().minus(length));
  }

  /** This window, cut to so many rows. */
  public Window limit(int rows) {
    return new Window(from, to, OptionalInt.of(rows));
  }

  /** Whether the newest rows are asked for rather than the rows from a start on. */
  public boolean isTail() {
    return from.isEmpty();
  }
}
