package io.tradeflood.simulator.market;

import java.time.Instant;

/**
 * Where the levels of an instrument's books can lie, and how much is there. Prices are counted in
 * steps of the instrument here.
 *
 * <p>The grid consists of cells: each begins at a number of at most 15 binary digits with zeros
 * behind them, so cells are as wide in proportion at every price, and each has one level. In the
 * course of {@link #life} steps every cell changes once, and a few cells change with each step:
 * which ones follows from the number of the step, without looking at the others.
 */
final class BookGrid {
  /** The cells a side that a book reaches, at least: on spot more than a snapshot of contracts. */
  private static final int SPOT_REACH = 1280;

  private static final int REACH = 900;

  /** A book's far ends move by so many cells at a time. */
  private static final int END_CELLS = 64;

  private static final int DIGITS = 14;
  private static final long NARROW = 1L << (DIGITS + 1);
  private static final long STRIDE = 389;

  private final Instrument instrument;
  private final long key;

  /** A prime number, so that the stride visits every remainder. */
  private final long life;

  private final long strideBack;
  private final long bestLife;
  private final long reach;
  private final long listed;
  private final long ended;

  BookGrid(Instrument instrument, long key) {
    this.instrument = instrument;
    this.key = key;
    this.life =
        switch (instrument.activity()) {
          case LIVELY -> 1021;
          case STEADY -> 4093;
          case QUIET -> 16_381;
        };
    this.bestLife =
        switch (instrument.activity()) {
          case LIVELY -> 8;
          case STEADY -> 40;
          case QUIET -> 400;
        };
    long inverse = 1;
    while (inverse * STRIDE % life != 1) {
      inverse++;
    }
    this.strideBack = inverse;
    this.reach = instrument.venue() == Venue.BINANCE_SPOT ? SPOT_REACH : REACH;
    this.listed = instrument.listed().toEpochMilli();
    this.ended = instrument.ended().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
  }

  /** The width of the cell with the given price. */
  static long width(long price) {
    return Math.max(1, Long.highestOneBit(price) >>> DIGITS);
  }

  /** The cell with the given price. */
  static long cell(long price) {
    return price & -width(price);
  }

  static long next(long cell) {
    return cell + width(cell);
  }

  static long previous(long cell) {
    return cell(cell - 1);
  }

  /** The lowest cell of a book with the given best bid. */
  long lowEnd(long bid) {
    long width = width(bid);
    long turn = Long.highestOneBit(bid);
    long before = (bid - turn) / width;
    long low =
        width == 1 || before >= reach
            ? bid - reach * width
            : turn - (reach - before) * width(turn - 1);
    return end(Math.max(1, low));
  }

  /** The cell above the highest one of a book with the given best ask. */
  long highEnd(long ask) {
    return end(ask + reach * width(ask));
  }

  private static long end(long price) {
    return Math.max(1, price & -(END_CELLS * width(price)));
  }

  /** The price of the level in a cell. */
  long price(long cell) {
    long width = width(cell);
    return width == 1 ? cell : cell + (Noise.of(key, cell) >>> 40) % width;
  }

  /** What is wanted in a cell after the given step; 0 for nothing. */
  long size(long cell, long step) {
    return sizeIn(cell, epoch(cell, step));
  }

  /** A number that changes when the size in the cell does. */
  long epoch(long cell, long step) {
    long phase = cell / width(cell) * strideBack % life;
    return (step + phase) / life;
  }

  /** What is wanted in a cell while it has the given number. */
  long sizeIn(long cell, long epoch) {
    long hash = Noise.of(key, cell, epoch);
    return (hash & 7) == 0 ? 0 : amount(hash);
  }

  /** What is wanted at a best price. */
  long bestSize(boolean bid, long trade, long step) {
    return amount(Noise.of(Noise.of(key, bid ? ~trade : trade), step / bestLife));
  }

  private long amount(long hash) {
    double u = Noise.unit(hash);
    return 1 + (long) (instrument.typicalSize() * (0.1 + 8 * u * u * u));
  }

  /** The steps between the best bid and the best ask after the given number of trades. */
  long spread(long trades) {
    return 1 + (Noise.of(key, trades) >>> 1) % 3;
  }

  /** Adds the prices of the cells, from one up to below another, that change with a step. */
  void changing(long low, long high, long step, Prices into) {
    long rest = Math.floorMod(-(step % life) * STRIDE, life);
    long cell = low;
    while (cell < high) {
      long width = width(cell);
      long end = Math.min(high, width == 1 ? NARROW : 2 * Long.highestOneBit(cell));
      long first = cell / width;
      for (long i = first + Math.floorMod(rest - first, life); i * width < end; i += life) {
        into.add(price(i * width));
      }
      cell = end;
    }
  }

  /** Adds the prices of all cells from one up to below another. */
  void all(long low, long high, Prices into) {
    for (long cell = low; cell < high; cell = next(cell)) {
      into.add(price(cell));
    }
  }

  boolean tradedAt(long time) {
    return time >= listed && time < ended;
  }

  long tick() {
    return instrument.tick();
  }

  long life() {
    return life;
  }
}
