package io.tradeflood;

import io.tradeflood.live.Feed;
import java.util.List;

/**
 * Requests that are watched: their feeds go on until this is closed. Equal requests, also of other
 * watches, share what comes from the exchange.
 */
public interface Watch extends AutoCloseable {
  /** The requests, in the order they were made. */
  List<Request<?>> requests();

  /**
   * The feed of one of the requests. One that cannot be had ends at once, with the reason; one that
   * the exchange refuses ends when it does, and the others go on.
   *
   * @throws IllegalArgumentException if it is none of the requests
   */
  <M> Feed<M> feed(Request<M> request);

  /** Lets go of the feeds: their readers are told the end. */
  @Override
  void close();
}
