package io.tradeflood.connector;

import io.tradeflood.model.Symbol;
import java.util.List;

/**
 * Talks to one exchange in one mode. An interface that extends this one, however indirectly, and
 * carries {@link Exchange} is found and used; it is implemented by the library, so it has no state,
 * and an interface that extends it in turn replaces it, method by method.
 *
 * <p>Its methods marked {@link io.tradeflood.turn.TurnExecution} are its endpoints: they describe
 * what to ask, in the exchange's own words, and return {@link io.tradeflood.turn.Turn}.
 */
public interface Connector {
  /** How it talks. */
  Mode mode();

  /** Where it stands: its names, its settings, its services. Supplied by the library. */
  ConnectorContext context();

  /**
   * The exchange's own address, for listings; empty where there is none. Said without a {@link
   * #context}: it does not tell of addresses that users set.
   */
  default String address() {
    return "";
  }

  /** The limits that the exchange sets on this connector's calls. */
  default List<Limit> limits() {
    return List.of();
  }

  /**
   * Whether instruments of this kind are traded where it connects to: one exchange's spot and
   * futures markets are often two connectors. Says nothing of whether the instrument exists.
   */
  default boolean covers(Symbol symbol) {
    return true;
  }
}
