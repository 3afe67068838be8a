package io.tradeflood.simulator.market;

/** How many contracts are open. It moves at full minutes. */
public final class OpenInterest {
  private static final int TYPICAL_POSITIONS = 40_000;

  private final Instrument instrument;
  private final long key;

  OpenInterest(Instrument instrument, long key) {
    this.instrument = instrument;
    this.key = key;
  }

  /** When it moved last, at a time. */
  public static long since(long time) {
    return time - Math.floorMod(time, Grid.MINUTE);
  }

  /** In units of the instrument's size scale. */
  public long at(long time) {
    double curve = Noise.exp(new Octaves(key, 1).at(Math.floorDiv(time, Grid.MINUTE)));
    return Math.round(curve * instrument.typicalSize() * TYPICAL_POSITIONS);
  }
}
