package io.tradeflood.bench;

import java.io.IOException;

/** One benchmark: the same work done by us and by peers. */
@FunctionalInterface
public interface Bench {
  /**
   * Runs it.
   *
   * @throws IllegalStateException if something broke; the message says what
   */
  Report run(BenchOptions options) throws IOException, InterruptedException;
}
