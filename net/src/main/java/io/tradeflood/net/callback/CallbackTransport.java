package io.tradeflood.net.callback;

import io.tradeflood.live.Feed;
import io.tradeflood.turn.Turn;
import java.util.OptionalInt;

/**
 * Listens for connectors; the one service that callback connectors need. Users set {@code
 * callback.listen} to an address and a port, such as {@code 127.0.0.1:8080}; it is listened at from
 * the first subscription on. Behind a proxy of their own they set {@code callback.proxy} to its
 * address: only its word is taken for where a post comes from.
 */
public interface CallbackTransport {
  /** What is posted to a connector from now on. */
  <T> Turn<Feed<T>> posts(CallbackConnector connector, CallbackConnector.PostReader<T> reader);

  /** The port that is listened at; empty before the first subscription. */
  OptionalInt port();
}
