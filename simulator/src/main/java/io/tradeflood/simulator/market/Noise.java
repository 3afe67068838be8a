package io.tradeflood.simulator.market;

/** Pseudo-random numbers as pure functions of their arguments; the same on every machine. */
final class Noise {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double LN2 = 0.6931471805599453;
  private static final double ONE_BY_LN2 = 1.4426950408889634;
  private static final double[] TAYLOR = {
    1,
    1,
    1 / 2.0,
    1 / 6.0,
    1 / 24.0,
    1 / 120.0,
    1 / 720.0,
    1 / 5040.0,
    1 / 40_320.0,
    1 / 362_880.0,
    1 / 3_628_800.0,
    1 / 39_916_800.0
  };

  private Noise() {}

  /** The finaliser of SplitMix64. */
  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  static long of(long key, long a) {
    return mix(key + GOLDEN * (a + 1));
  }

  static long of(long key, long a, long b) {
    return mix(of(key, a) + GOLDEN * (b + 1));
  }

  static long key(long seed, String name) {
    long hash = seed ^ 0xCBF29CE484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = mix((hash ^ name.charAt(i)) + GOLDEN);
    }
    return hash;
  }

  /** Uniform in [0, 1). */
  static double unit(long hash) {
    return (hash >>> 11) * 0x1.0p-53;
  }

  /** Uniform in [-1, 1). */
  static double signed(long hash) {
    return (hash >> 10) * 0x1.0p-53;
  }

  /** Uniform over the whole numbers from {@code -bound} to {@code bound}. */
  static int within(long hash, int bound) {
    return below(hash, 2 * bound + 1) - bound;
  }

  /** Uniform over the whole numbers from 0 to below {@code bound}. */
  static int below(long hash, int bound) {
    return (int) ((hash >>> 32) * bound >>> 32);
  }

  /**
   * e to the power of {@code x} by plain arithmetic only. {@link Math#exp} may differ by a bit from
   * one machine to the next, and a bit is enough to move a price by a tick.
   */
  static double exp(double x) {
    double k = Math.rint(x * ONE_BY_LN2);
    double r = x - k * LN2;
    double sum = TAYLOR[TAYLOR.length - 1];
    for (int i = TAYLOR.length - 2; i >= 0; i--) {
      sum = TAYLOR[i] + sum * r;
    }
    return sum * Double.longBitsToDouble(((long) k + 1023) << 52);
  }
}
