package io.tradeflood.simulator.limit;

import java.time.Duration;

/**
 * How the limits of the exchanges are kept.
 *
 * @param on whether anybody is refused; weights are counted in any case
 * @param scale by which every limit is multiplied
 * @param patience how many requests beyond the limit a client may send in one window before it is
 *     banned
 */
public record LimitOptions(boolean on, double scale, int patience) {
  private static final int COMMON_PATIENCE = 20;

  /** As the exchanges say. */
  public static final LimitOptions REAL = new LimitOptions(true, 1, COMMON_PATIENCE);

  /** Nobody is refused. */
  public static final LimitOptions OFF = new LimitOptions(false, 1, COMMON_PATIENCE);

  public LimitOptions {
    if (!(scale > 0)) {
      throw new IllegalArgumentException("The scale of limits must be above 0, was " + scale);
    }
    if (patience < 0) {
      throw new IllegalArgumentException("The patience must not be below 0, was " + patience);
    }
  }

  /** The same with every limit multiplied. */
  public LimitOptions scaled(double factor) {
    return new LimitOptions(on, factor, patience);
  }

  /** The same with another patience. */
  public LimitOptions withPatience(int requests) {
    return new LimitOptions(on, scale, requests);
  }

  /** A limit as it is kept: never below 1. */
  public long limit(long real) {
    return Math.max(1, Math.round(real * scale));
  }

  /** A window over a limit that is this much in reality. */
  public Window window(String name, long real, Duration length) {
    return new Window(name, limit(real), length);
  }
}
