package io.tradeflood.simulator.stream;

import io.tradeflood.simulator.wire.Json;

/** Where a source says something. */
public interface Outlet {
  /** Where the next message is to be written. */
  Json begin();

  /** Sends the message that was begun. */
  void send();

  /** Whether the message that was begun is to have a wrong checksum. */
  boolean spoilsChecksum();
}
