package io.tradeflood.turn;

import java.util.List;

/**
 * What an {@link Act} would do, told before it is done.
 *
 * @param what the act in the words of its protocol, such as {@code GET
 *     https://api.acme.example/candles?symbol=BTC-USDT}; without secrets
 * @param requestType the word by which routes and limits are chosen, such as {@code acme.candles}
 * @param route the way it would take, such as {@code direct}; without secrets
 * @param costs what it takes from which limits
 */
public record Description(String what, String requestType, String route, List<Cost> costs) {
  public Description {
    costs = List.copyOf(costs);
  }

  /** An act that is not limited and goes nowhere. */
  public static Description of(String what) {
    return new Description(what, "local", "direct", List.of());
  }
}
