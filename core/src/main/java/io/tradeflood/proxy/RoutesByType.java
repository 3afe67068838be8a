package io.tradeflood.proxy;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A route for each type, found by its longest beginning: {@code binance.candles}, {@code binance},
 * {@code *}.
 */
record RoutesByType(Map<String, Route> routes) implements ProxyScheme {
  private static final String ANY = "*";

  RoutesByType {
    var read = new TreeMap<String, Route>();
    routes.forEach(
        (beginning, route) -> {
          if (!beginning.equals(ANY) && !beginning.matches("[^.*\\s]+(\\.[^.*\\s]+)*"))
            throw new IllegalArgumentException(
                "A route is for a type such as acme.candles, its beginning such as acme, or *,"
                    + " was \"%s\"".formatted(beginning));
          if (read.put(RequestType.label(beginning), route) != null)
            throw new IllegalArgumentException(
                "There are two routes for %s: leave one out".formatted(beginning));
        });
    routes = Map.copyOf(read);
  }

  @Override
  public Route route(RequestType type) {
    for (String beginning = type.label(); ; ) {
      var route = Optional.ofNullable(routes.get(beginning));
      if (route.isPresent()) return route.get();
      int dot = beginning.lastIndexOf('.');
      if (dot < 0) return routes.getOrDefault(ANY, Route.direct());
      beginning = beginning.substring(0, dot);
    }
  }

  @Override
  public String toString() {
    return new TreeMap<>(routes).toString();
  }
}
