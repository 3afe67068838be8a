package io.tradeflood.proxyter.gateway;

import java.util.List;
import java.util.Optional;

/**
 * Who would serve a request, and why not the others.
 *
 * @param route the route that serves the type
 * @param origin our name for the target
 * @param chosen who would be chosen now: the likeliest, where it is drawn by lot
 * @param why there is nobody, if there is nobody
 * @param candidates all members of the route's groups, in their order
 */
public record Explanation(
    String route,
    String origin,
    Optional<String> chosen,
    Optional<String> why,
    List<Candidate> candidates) {

  /** How a reason begins that is only a matter of limits. */
  static final String FULL = "no room";

  public Explanation {
    candidates = List.copyOf(candidates);
  }

  /**
   * A member of a group.
   *
   * @param whyNot why it cannot serve; empty if it can
   * @param score the lower the better
   * @param chance by which it would be chosen now, 0 to 1: those that carry nothing draw lots
   */
  public record Candidate(
      String group, String proxy, Optional<String> whyNot, double score, double chance) {
    boolean isFull() {
      return whyNot.filter(why -> why.startsWith(FULL)).isPresent();
    }
  }
}
