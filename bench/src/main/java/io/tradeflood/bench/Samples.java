package io.tradeflood.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

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
    return medianOf(other, (own, its) -> own / its);
  }

  /**
   * The median of what each is more than the other's of the same round.
   *
   * @param other of as many rounds
   */
  public double excessOver(Samples other) {
    return medianOf(other, (own, its) -> own - its);
  }

  private double medianOf(Samples other, DoubleBinaryOperator compared) {
    var all = new Samples();
    int rounds = Math.min(values.size(), other.values.size());
    for (int i = 0; i < rounds; i++)
      all.add(compared.applyAsDouble(values.get(i), other.values.get(i)));
    return all.median();
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
