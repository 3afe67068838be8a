package io.tradeflood.simulator.stream;

import io.tradeflood.simulator.wire.Json;

/** How an exchange talks on one connection. Everything is called on the thread that speaks. */
public interface Dialect {
  /** The beginning of the paths of its streams, without the slash that follows. */
  String path();

  Rules rules();

  /** The connection has just opened. */
  void opened(Session session);

  /** The client said something. */
  void heard(Session session, String text);

  /** Writes what comes before a message of a stream. */
  void beforeMessage(Json json, Subscription subscription);

  /** Writes what comes after it. */
  void afterMessage(Json json, Subscription subscription);

  /** Says that the connection will soon be closed, if the exchange does. */
  void closingSoon(Session session);
}
