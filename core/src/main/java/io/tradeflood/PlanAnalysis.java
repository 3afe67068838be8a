package io.tradeflood;

import io.tradeflood.turn.Analysis;

/**
 * What a run did so far, beside what was planned. A value; written out, it is the text to show.
 *
 * @param plan what was planned
 * @param calls what was done
 * @param rows how many rows were given out
 */
public record PlanAnalysis(PlanExplanation plan, Analysis calls, long rows) {
  /** The analysis as lines of text, with a line break behind each. */
  @Override
  public String toString() {
    return "%s%srows given: %d%n".formatted(plan, calls, rows).replace("\r\n", "\n");
  }
}
