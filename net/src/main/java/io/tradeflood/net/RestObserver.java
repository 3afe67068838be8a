package io.tradeflood.net;

/** Is told of each request that was sent. */
@FunctionalInterface
public interface RestObserver {
  /**
   * A try has ended. Called by the thread that made it, before its result is used: be quick, and do
   * not throw.
   */
  void attempted(Attempt attempt);
}
