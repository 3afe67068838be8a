package io.tradeflood;

import io.tradeflood.model.TimeRange;
import io.tradeflood.turn.Explanation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a plan would do, told before it does it. A value; written out, it is the text to show.
 *
 * @param requests what becomes of each request, in the order they were made
 * @param calls the calls that are made for all of them together
 */
public record PlanExplanation(List<Part> requests, Explanation calls) {
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
   * @param pages how many pages that takes, 0 if that is only known when it runs
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
      long rows) {

    /** Two or three lines of text. */
    @Override
    public String toString() {
      var text = new StringBuilder(query);
      if (availability != Availability.CANNOT) {
        text.append("\n    by ").append(binding).append(" on ").append(connector);
        if (rows > 0) text.append(": at most ").append(count(rows, "row"));
        if (pages > 0)
          text.append(rows > 0 ? " in " : ": ").append(count(pages, rows > 0 ? "page" : "call"));
      }
      if (!reason.isEmpty())
        text.append("\n    ")
            .append(availability == Availability.CANNOT ? "cannot: " : "not all: ")
            .append(reason);
      return text.toString();
    }

    private static String count(long number, String what) {
      return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }
  }

  /** Whether a request can be answered. */
  public enum Availability {
    CAN,
    PARTLY,
    CANNOT
  }

  /** The explanation as lines of text, with a line break behind each. */
  @Override
  public String toString() {
    var text = new StringBuilder("requests\n");
    for (Part part : requests) text.append("  ").append(part).append('\n');
    return text.append(calls).toString();
  }
}
