package io.tradeflood.simulator.market;

/**
 * How many things happen in each minute, with the running total known without counting: minutes,
 * hours and days come in pairs, and what one of a pair has too much, the other has too little.
 *
 * @param base the mean per minute
 * @param day how much a day may differ from the mean
 * @param hour how much an hour may differ from its day
 * @param minute how much a minute may differ from its hour
 */
record Tally(long key, int base, int day, int hour, int minute) {
  private static final int HOUR = 60;
  private static final int DAY = 1440;

  /** The number of things in the given minute, counted from 1970. */
  int in(long at) {
    return (int) (before(at + 1) - before(at));
  }

  /** The largest number that a minute can have. */
  int most() {
    return base + day + hour + minute;
  }

  /** The number of things before the given minute, from 1970 on. */
  long before(long at) {
    return before(hour(at), at);
  }

  /**
   * What the minutes of an hour have in common.
   *
   * @param start its first minute
   * @param before the number of things before it
   * @param rate the mean per minute in it
   */
  record Hour(long start, long before, int rate) {
    boolean has(long at) {
      return at >= start && at < start + HOUR;
    }
  }

  /** The hour of the given minute. */
  Hour hour(long at) {
    long dayPair = Math.floorDiv(at, 2L * DAY);
    long intoDays = at - dayPair * 2L * DAY;
    boolean secondDay = intoDays >= DAY;
    int ofDay = Noise.within(Noise.of(key, 1, dayPair), Math.min(day, base));
    int dayRate = secondDay ? base - ofDay : base + ofDay;

    long hourPair = Math.floorDiv(at, 2L * HOUR);
    boolean secondHour = at - hourPair * 2L * HOUR >= HOUR;
    int ofHour = Noise.within(Noise.of(key, 2, hourPair), Math.min(hour, dayRate));
    int rate = secondHour ? dayRate - ofHour : dayRate + ofHour;

    long start = Math.floorDiv(at, HOUR) * HOUR;
    long daysBefore = start - dayPair * 2L * DAY;
    long before =
        base * start
            + ofDay * (secondDay ? 2L * DAY - daysBefore : daysBefore)
            + (secondHour ? (long) ofHour * HOUR : 0);
    return new Hour(start, before, rate);
  }

  /** The number of things before a minute of the given hour. */
  long before(Hour its, long at) {
    long before = its.before + its.rate * (at - its.start);
    if ((at & 1) == 0) {
      return before;
    }
    return before
        + Noise.within(Noise.of(key, 3, Math.floorDiv(at, 2)), Math.min(minute, its.rate));
  }
}
