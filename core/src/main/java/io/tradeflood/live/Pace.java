package io.tradeflood.live;

import io.tradeflood.turn.Failure;
import java.time.Duration;

/**
 * How often something is asked again and again: sooner while there is news, later without.
 *
 * @param shortest the shortest pause between an answer and the next question
 * @param longest the longest
 * @param quiet a question that has no answer for so long is told
 */
public record Pace(Duration shortest, Duration longest, Duration quiet) {
  /** From one to thirty seconds. */
  public static final Pace STANDARD = between(Duration.ofSeconds(1), Duration.ofSeconds(30));

  public Pace {
    if (shortest.isNegative() || shortest.compareTo(longest) > 0)
      throw new Failure.Bug(
          "A poll must wait between a shorter and a longer time, was %s and %s"
              .formatted(shortest, longest));
  }

  /** Pauses between these. */
  public static Pace between(Duration shortest, Duration longest) {
    return new Pace(shortest, longest, Duration.ofSeconds(30));
  }

  /** No pause at all: the other side holds its answers back, at most so long. */
  public static Pace held(Duration most) {
    return new Pace(Duration.ZERO, Duration.ZERO, most.plusSeconds(30));
  }

  /** The pause after this one. */
  Duration after(Duration pause, boolean news) {
    var next = news ? pause.dividedBy(2) : pause.plus(pause.dividedBy(2)).plusMillis(1);
    if (next.compareTo(shortest) < 0) return shortest;
    return next.compareTo(longest) > 0 ? longest : next;
  }
}
