package io.tradeflood.cli;

import java.io.IOException;
import java.util.List;

/** Shows what comes. Used by one thread. */
interface LiveView extends AutoCloseable {
  /** Shows more, in order. */
  void show(List<Shown> more) throws IOException;

  /** Time has passed. */
  default void tick() throws IOException {}

  @Override
  void close() throws IOException;

  /** Something that came, and what it belongs to. */
  record Shown(Question question, Merged.Item item) {}
}
