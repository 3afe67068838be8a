package io.tradeflood.bench;

import java.io.IOException;
import java.util.List;

/** One benchmark: the same work done by us and by peers. */
@FunctionalInterface
public interface Bench {
  /** The cases that can be measured alone; none by default. */
  default List<String> cases() {
    return List.of();
  }

  /**
   * Runs it.
   *
   * @throws IllegalStateException if something broke; the message says what
   */
  Report run(BenchOptions options) throws IOException, InterruptedException;
}
