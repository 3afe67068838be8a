package io.tradeflood.bench;

import java.util.HashMap;
import java.util.Map;

/**
 * Samples of several things. Confined to one thread.
 *
 * @param <K> what tells the things apart
 */
public final class SamplesBy<K> {
  private final Map<K, Samples> samples = new HashMap<>();

  /** The samples of a thing; none at first. */
  public Samples of(K thing) {
    return samples.computeIfAbsent(thing, _ -> new Samples());
  }
}
