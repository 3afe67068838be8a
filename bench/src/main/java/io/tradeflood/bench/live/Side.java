package io.tradeflood.bench.live;

import java.util.List;

/** Who keeps a book from a tape. */
interface Side {
  /** Begins with the snapshot and goes through all messages. */
  void pass() throws Exception;

  /** The best levels of the book as it is, {@code bid price size}, the best first. */
  List<String> said();
}
