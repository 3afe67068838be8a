package io.tradeflood;

import io.tradeflood.model.TimeRange;
import java.util.List;
import java.util.Optional;

/**
 * What a plan would do, told before it does it; after a run, also what was done. A value; written
 * out, it is the text to show.
 *
 * @param requests what becomes of each request, in the order they were made
 */
public record PlanExplanation(List<Part> requests) {
  public PlanExplanation {
    requests = List.copyOf(requests);
  }

  /**
   * What becomes of one request.
   *
   * @param exchange the exchange's id
   * @param model the word for the model
   * @param query the question
   * @param availability whether it can be answered
   * @param reason why not, or why not all of it, and what would work instead; empty if all of it
   *     can
   * @param binding the binding that answers, empty if none can
   * @param connector the host name of its connector, empty if none can
   * @param range what is fetched of the range that was asked for, where there is one
   * @param pages how many pages that takes
   * @param rows how many rows that gives at most, 0 if unknown
   */
  public record Part(
      String exchange,
      String model,
      String query,
      Availability availability,
      String reason,
      String binding,
      String connector,
      Optional<TimeRange> range,
      long pages,
      long rows) {}

  /** Whether a request can be answered. */
  public enum Availability {
    CAN,
    PARTLY,
    CANNOT
  }
}
