package io.tradeflood.simulator.binance;

import java.util.Optional;
import java.util.Set;

/**
 * One path.
 *
 * @param parameters the names it knows
 * @param weight what a request weighs, by its parameters
 * @param limit a limit that it has for itself
 * @param counted whether the used weight is told in the header
 */
record Endpoint(
    Set<String> parameters, Weight weight, Optional<String> limit, boolean counted, Answer answer) {

  /** What a request weighs. */
  @FunctionalInterface
  interface Weight {
    int of(Params params);
  }

  /** What is answered. */
  @FunctionalInterface
  interface Answer {
    Page to(Params params);
  }

  static Endpoint of(Set<String> parameters, int weight, Answer answer) {
    return of(parameters, params -> weight, answer);
  }

  static Endpoint of(Set<String> parameters, Weight weight, Answer answer) {
    return new Endpoint(parameters, weight, Optional.empty(), true, answer);
  }

  Endpoint limitedBy(String name) {
    return new Endpoint(parameters, weight, Optional.of(name), counted, answer);
  }

  Endpoint uncounted() {
    return new Endpoint(parameters, weight, limit, false, answer);
  }
}
