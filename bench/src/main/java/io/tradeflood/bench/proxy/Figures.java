package io.tradeflood.bench.proxy;

import io.tradeflood.bench.Samples;
import java.util.EnumMap;
import java.util.Map;

/** What was measured of one side, round by round. Confined to one thread. */
final class Figures {
  /** What is measured. */
  enum Kind {
    SETUPS_PER_SECOND,
    MICROS_PER_SETUP,
    ASKS_PER_SECOND,
    P50_MICROS,
    P99_MICROS,
    MEGABYTES_ONE,
    MEGABYTES_EIGHT,
    KIB_PER_IDLE_TUNNEL
  }

  private final Map<Kind, Samples> samples = new EnumMap<>(Kind.class);

  Samples of(Kind kind) {
    return samples.computeIfAbsent(kind, _ -> new Samples());
  }

  boolean has(Kind kind) {
    return samples.containsKey(kind);
  }
}
