package io.tradeflood.bench.history;

import java.time.Duration;
import java.time.Instant;

/**
 * The minutes that are read.
 *
 * @param from the first, UTC
 * @param to the first that is not read
 */
record Span(Instant from, Instant to) {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  static Span between(String from, String to) {
    return new Span(Instant.parse(from + "T00:00:00Z"), Instant.parse(to + "T00:00:00Z"));
  }

  long minutes() {
    return Duration.between(from, to).dividedBy(MINUTE);
  }

  @Override
  public String toString() {
    return from.toString().substring(0, 10) + " to " + to.toString().substring(0, 10);
  }
}
