package io.tradeflood.model;

/**
 * Asks for bars of one length: candles of trades, of a mark or of an index price, or any other
 * series on an interval's grid.
 */
public record CandleQuery(Symbol symbol, Interval interval, Window window) implements RangeQuery {
  /** All bars that start in the range. */
  public CandleQuery(Symbol symbol, Interval interval, TimeRange range) {
    this(symbol, interval, Window.of(range));
  }
}
