package io.tradeflood.simulator.market;

import java.util.Arrays;

/**
 * A continuous random curve over minutes: smooth noise in octaves from two years down to three
 * minutes. It has no memory, so any minute costs the same; read in order it costs less, since a
 * cell of an octave is looked up once.
 */
final class Octaves {
  private static final long[] PERIOD = {
    1_051_200, 288_000, 86_400, 28_800, 10_080, 2_880, 840, 240, 80, 25, 8, 3
  };
  private static final double[] AMPLITUDE = {
    0.30, 0.20, 0.12, 0.07, 0.04, 0.025, 0.014, 0.008, 0.005, 0.0028, 0.0016, 0.0009
  };

  private static final double[] BY_PERIOD =
      Arrays.stream(PERIOD).mapToDouble(p -> 1.0 / p).toArray();

  private static final long HOUR = 60;
  private static final double BY_HOUR = 1.0 / HOUR;

  /** The first octave that is not slow: below a day. */
  private static final int SLOW = 6;

  private final long key;
  private final int first;
  private final long[] start = new long[PERIOD.length];
  private final double[] left = new double[PERIOD.length];
  private final double[] slope = new double[PERIOD.length];
  private long hour = Long.MIN_VALUE / 2;
  private double slow;
  private double slowSlope;

  /** The curve of {@code key} from the octave {@code first} on: 0 is the slowest. */
  Octaves(long key, int first) {
    this.key = key;
    this.first = first;
    Arrays.fill(start, Long.MIN_VALUE / 2);
  }

  double at(long minute) {
    long into = minute - hour;
    if (into < 0 || into >= HOUR) {
      enter(minute);
      into = minute - hour;
    }
    return slow + slowSlope * into + sum(Math.max(first, SLOW), PERIOD.length, minute);
  }

  /** The slow octaves are near enough to straight lines from one hour to the next. */
  private void enter(long minute) {
    hour = Math.floorDiv(minute, HOUR) * HOUR;
    slow = sum(first, SLOW, hour);
    slowSlope = (sum(first, SLOW, hour + HOUR) - slow) * BY_HOUR;
  }

  private double sum(int from, int to, long minute) {
    double sum = 0;
    for (int octave = from; octave < to; octave++) {
      long into = minute - start[octave];
      if (into < 0 || into >= PERIOD[octave]) {
        into = enter(octave, minute);
      }
      double f = into * BY_PERIOD[octave];
      sum += left[octave] + slope[octave] * (f * f * (3 - 2 * f));
    }
    return sum;
  }

  private long enter(int octave, long minute) {
    long cell = Math.floorDiv(minute, PERIOD[octave]);
    double a = AMPLITUDE[octave] * Noise.signed(Noise.of(key, octave, cell));
    double b = AMPLITUDE[octave] * Noise.signed(Noise.of(key, octave, cell + 1));
    start[octave] = cell * PERIOD[octave];
    left[octave] = a;
    slope[octave] = b - a;
    return minute - start[octave];
  }
}
