package io.tradeflood.simulator.market;

import java.util.ArrayList;
import java.util.List;

/**
 * What the holders of a perpetual contract pay each other: at full hours of UTC, once per funding
 * interval.
 */
public final class Fundings {
  /** The decimals of a rate. */
  public static final int SCALE = 8;

  private static final double UNITS = 1e8;
  private static final double DAILY_INTEREST = 0.0003;
  private static final double DAMPING = 0.0005;
  private static final double CAP = 0.003;

  private final Instrument instrument;
  private final ReferencePrices prices;

  /**
   * One payment.
   *
   * @param time milliseconds since 1970
   * @param rate in units of {@link #SCALE}
   * @param markPrice in units of {@link ReferencePrices#SCALE}
   */
  public record Funding(long time, long rate, long markPrice) {}

  Fundings(Instrument instrument, ReferencePrices prices) {
    this.instrument = instrument;
    this.prices = prices;
  }

  /** Milliseconds from one payment to the next. */
  public long interval() {
    return instrument.fundingHours() * Grid.HOUR;
  }

  /** The moment of the first payment after the given one. */
  public long nextAfter(long time) {
    return Math.floorDiv(time, interval()) * interval() + interval();
  }

  /** The payment that was due at the given moment: a multiple of the interval. */
  public Funding at(long time) {
    double sum = 0;
    int hours = instrument.fundingHours();
    for (int i = 1; i <= hours; i++) {
      sum += prices.value(ReferencePrices.Of.PREMIUM, time - i * Grid.HOUR);
    }
    double premium = sum / hours;
    double interest = DAILY_INTEREST * hours / 24;
    double rate = premium + Math.clamp(interest - premium, -DAMPING, DAMPING);
    return new Funding(
        time,
        Math.round(Math.clamp(rate, -CAP, CAP) * UNITS),
        prices.at(ReferencePrices.Of.MARK, time));
  }

  /** The payment of the moment or the last one before; of the listing where there was none yet. */
  public Funding last(long now) {
    return at(Math.max(Math.floorDiv(now, interval()) * interval(), first()));
  }

  /**
   * The payments from one moment to another, both inclusive and none after {@code now}, oldest
   * first, at most {@code limit}.
   */
  public List<Funding> between(long from, long to, long now, int limit) {
    List<Funding> fundings = new ArrayList<>();
    long end = Math.min(to, last(now).time());
    long start = Math.max(first(), Math.ceilDiv(Math.max(from, 0), interval()) * interval());
    for (long time = start; time <= end && time <= now && fundings.size() < limit; ) {
      fundings.add(at(time));
      time += interval();
    }
    return fundings;
  }

  /** The moment of the very first payment: one interval or less after the listing. */
  public long first() {
    return nextAfter(instrument.listed().toEpochMilli());
  }
}
