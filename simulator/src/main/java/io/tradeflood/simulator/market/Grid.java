package io.tradeflood.simulator.market;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** Where candles begin. Times are milliseconds since 1970 UTC. */
public sealed interface Grid {

  long SECOND = 1_000;
  long MINUTE = 60 * SECOND;
  long HOUR = 60 * MINUTE;
  long DAY = 24 * HOUR;

  /** The start of the candle that the given moment falls into. */
  long floor(long time);

  /**
   * The start of the candle that lies {@code steps} candles after the one that starts at {@code
   * open}.
   */
  long step(long open, long steps);

  /** The start of the candle after the one that starts at {@code open}. */
  default long next(long open) {
    return step(open, 1);
  }

  /** The first start at or after the given moment. */
  default long ceiling(long time) {
    long floor = floor(time);
    return floor == time ? time : next(floor);
  }

  /** The same grid for somebody whose clock is {@code ahead} milliseconds ahead of UTC. */
  Grid shifted(long ahead);

  /** Candles of one length, the first one counted from 1970. */
  static Grid every(long length) {
    return new Fixed(length, 0);
  }

  /** Weeks from Monday to Sunday. */
  static Grid weeks() {
    return new Fixed(7 * DAY, 4 * DAY);
  }

  /** Calendar months. */
  static Grid months() {
    return new Months(0);
  }

  /**
   * Candles of one length.
   *
   * @param anchor a moment at which a candle starts
   */
  record Fixed(long length, long anchor) implements Grid {
    @Override
    public long floor(long time) {
      return time - Math.floorMod(time - anchor, length);
    }

    @Override
    public long step(long open, long steps) {
      return open + steps * length;
    }

    @Override
    public Grid shifted(long ahead) {
      return new Fixed(length, anchor - ahead);
    }
  }

  /**
   * Calendar months.
   *
   * @param ahead how far the calendar is ahead of UTC
   */
  record Months(long ahead) implements Grid {
    @Override
    public long floor(long time) {
      return start(month(time));
    }

    @Override
    public long step(long open, long steps) {
      return start(month(open).plusMonths(steps));
    }

    @Override
    public Grid shifted(long further) {
      return new Months(ahead + further);
    }

    private YearMonth month(long time) {
      return YearMonth.from(Instant.ofEpochMilli(time + ahead).atOffset(ZoneOffset.UTC));
    }

    private long start(YearMonth month) {
      return month.atDay(1).toEpochDay() * DAY - ahead;
    }
  }
}
