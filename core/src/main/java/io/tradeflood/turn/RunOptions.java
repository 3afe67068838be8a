package io.tradeflood.turn;

import java.time.Duration;
import java.util.Optional;

/**
 * How a run goes.
 *
 * @param within what has not ended by then fails as {@link Failure.Late}; empty for any time
 * @param into where the answers are recorded; empty for nowhere
 * @param from where the answers come from instead of from outside; empty for outside
 * @param observer who watches
 * @param parallelism how many acts of the run are out at once at most; limits of exchanges are kept
 *     by their transports
 * @param ahead how many turns of a sequence are begun before the first of them is taken
 */
public record RunOptions(
    Optional<Duration> within,
    Optional<Recording> into,
    Optional<Recording> from,
    TurnObserver observer,
    int parallelism,
    int ahead) {
  public RunOptions {
    if (parallelism < 1 || ahead < 1)
      throw new IllegalArgumentException(
          "A run needs a parallelism and an ahead of at least 1, were %d and %d"
              .formatted(parallelism, ahead));
  }

  /** Any time, unobserved, unrecorded, at most 1,024 acts at once, sequences 256 ahead. */
  public static RunOptions standard() {
    return new RunOptions(
        Optional.empty(), Optional.empty(), Optional.empty(), TurnObserver.none(), 1_024, 256);
  }

  /** No longer than this. */
  public RunOptions within(Duration longest) {
    return new RunOptions(Optional.of(longest), into, from, observer, parallelism, ahead);
  }

  /** Records every answer. */
  public RunOptions recording(Recording recording) {
    return new RunOptions(within, Optional.of(recording), from, observer, parallelism, ahead);
  }

  /** Takes every answer from a recording; a call that it lacks fails. */
  public RunOptions replaying(Recording recording) {
    return new RunOptions(within, into, Optional.of(recording), observer, parallelism, ahead);
  }

  /** Watched. */
  public RunOptions observed(TurnObserver by) {
    return new RunOptions(within, into, from, by, parallelism, ahead);
  }

  /** So many acts at once at most. */
  public RunOptions parallelism(int most) {
    return new RunOptions(within, into, from, observer, most, ahead);
  }

  /** Sequences so far ahead of who takes them. */
  public RunOptions ahead(int turns) {
    return new RunOptions(within, into, from, observer, parallelism, turns);
  }
}
