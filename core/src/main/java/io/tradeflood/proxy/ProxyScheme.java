package io.tradeflood.proxy;

import java.util.Map;

/** Chooses the way of each request by its type: a pure function. */
@FunctionalInterface
public interface ProxyScheme {
  /** The way for requests of the type. */
  Route route(RequestType type);

  /** Everything straight to the exchanges. */
  static ProxyScheme direct() {
    return _ -> Route.direct();
  }

  /** Everything by one way. */
  static ProxyScheme via(Route route) {
    return _ -> route;
  }

  /**
   * A route for each type, found by its longest beginning that is named: {@code binance.candles},
   * {@code binance}, {@code *} for the rest; what nobody names goes straight.
   *
   * @throws IllegalArgumentException if a name is no beginning of a type; the message is a line
   */
  static ProxyScheme byType(Map<String, Route> routes) {
    return new RoutesByType(routes);
  }
}
