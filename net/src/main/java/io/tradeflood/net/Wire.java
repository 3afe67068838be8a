package io.tradeflood.net;

import java.net.URI;
import java.util.Map;

/** Sends one request and takes its answer, once. Behind it stands the HTTP library. */
interface Wire extends AutoCloseable {
  /** How long a post may take. */
  int POST_SECONDS = 5;

  /**
   * Sends the request and waits for the whole answer. Blocks; when interrupted it closes the
   * request.
   *
   * @throws WireFailure if there is no whole answer
   */
  WireReply exchange(WireRequest request) throws InterruptedException, WireFailure;

  /**
   * Sends a body to an address, straight, and waits for the answer, {@value #POST_SECONDS} seconds
   * at most.
   *
   * @throws WireFailure if there is no whole answer
   */
  HttpReply post(URI url, Map<String, String> headers, byte[] body)
      throws InterruptedException, WireFailure;

  /** Lets go of all connections and threads. */
  @Override
  void close();
}
