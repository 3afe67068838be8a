package io.tradeflood.proxy;

/** Chooses the way of each request by its type: a pure function. */
@FunctionalInterface
public interface ProxyScheme {
  /** The way for requests of the type. */
  Route route(RequestType type);

  /** Everything straight to the exchanges. */
  static ProxyScheme direct() {
    return _ -> Route.direct();
  }

  /** Everything through one proxy. */
  static ProxyScheme via(Route.Via proxy) {
    return _ -> proxy;
  }
}
