package io.tradeflood.bench;

import java.util.ArrayList;
import java.util.List;

/** What was measured, several times. Confined to one thread. */
public final class Samples {
  private final List<Double> values = new ArrayList<>();

  /** One more. */
  public void add(double value) {
    values.add(value);
  }

  /** The least: what is left when nothing else disturbs. */
  public double least() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /** The most. */
  public double most() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /**
   * The median of the quotients of each with the other's of the same round.
   *
   * @param other of as many rounds
   */
  public double ratioTo(Samples other) {
    var ratios = new Samples();
    int rounds = Math.min(values.size(), other.values.size());
    for (int i = 0; i < rounds; i++) ratios.add(values.get(i) / other.values.get(i));
    return ratios.median();
  }

  /** The median. */
  public double median() {
    var sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
