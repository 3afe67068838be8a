package io.tradeflood.net;

/** Sends one request and takes its answer, once. Behind it stands the HTTP library. */
interface Wire extends AutoCloseable {
  /**
   * Sends the request and waits for the whole answer. Blocks; when interrupted it closes the
   * request.
   *
   * @throws WireFailure if there is no whole answer
   */
  WireReply exchange(WireRequest request) throws InterruptedException, WireFailure;

  /** Lets go of all connections and threads. */
  @Override
  void close();
}
