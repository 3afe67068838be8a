package io.tradeflood.simulator.market;

/**
 * The fair price of an instrument at each minute's start, in the quote asset. Between two starts
 * the caller interpolates, so the end of a minute is the start of the next. A path remembers where
 * it was read last and belongs to one thread.
 */
final class PricePath {
  private static final long MINUTE_2021 = 26_823_360;
  private static final double A_MINUTE_IN_YEARS = 1 / 525_960.0;

  /** Octaves below a day: what sets one venue or one contract apart does not last. */
  private static final int SHORT_LIVED = 6;

  /** What a contract costs more than the thing itself, for each year until its delivery. */
  private static final double CARRY = 0.05;

  private final Asset base;
  private final Asset quote;
  private final Octaves baseCurve;
  private final Octaves quoteCurve;
  private final Octaves ownCurve;
  private final Own own;
  private final double ratio;

  /**
   * What sets the price at one place apart from the price in the world.
   *
   * @param share scales the curve that the place has for itself
   * @param delivery the minute of delivery; 0 where there is none
   */
  record Own(long key, double share, long delivery) {
    static final Own NONE = new Own(0, 0, 0);
  }

  PricePath(long seed, Asset base, Asset quote, Own own) {
    this.base = base;
    this.quote = quote;
    this.baseCurve = new Octaves(Noise.key(seed, base.name()), 0);
    this.quoteCurve = new Octaves(Noise.key(seed, quote.name()), 0);
    this.ownCurve = new Octaves(own.key(), SHORT_LIVED);
    this.own = own;
    this.ratio = base.price2021() / quote.price2021();
  }

  /** The price here. */
  double at(long minute) {
    return ratio * Noise.exp(logarithm(minute) + apart(minute));
  }

  /** The price in the world: of the index. */
  double world(long minute) {
    return ratio * Noise.exp(logarithm(minute));
  }

  /** By which part the price here is above the price in the world. */
  double premium(long minute) {
    return Noise.exp(apart(minute)) - 1;
  }

  private double apart(long minute) {
    double apart = own.share() == 0 ? 0 : own.share() * ownCurve.at(minute);
    return minute < own.delivery()
        ? apart + CARRY * (own.delivery() - minute) * A_MINUTE_IN_YEARS
        : apart;
  }

  private double logarithm(long minute) {
    double years = (minute - MINUTE_2021) * A_MINUTE_IN_YEARS;
    return moved(base, baseCurve, minute, years) - moved(quote, quoteCurve, minute, years);
  }

  private static double moved(Asset asset, Octaves curve, long minute, double years) {
    return asset.liveliness() == 0
        ? 0
        : asset.growth() * years + asset.liveliness() * curve.at(minute);
  }
}
