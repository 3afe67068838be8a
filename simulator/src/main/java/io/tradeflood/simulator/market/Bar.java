package io.tradeflood.simulator.market;

/**
 * What the trades of a span of time come to. Prices and volumes are whole numbers in the scales of
 * the instrument; without trades all four prices are the last price before.
 *
 * @param openTime milliseconds since 1970
 * @param quoteVolume the sum of what the trades are worth, see {@link Instrument#value}
 * @param takerVolume the part of the volume that a taker bought
 * @param dollarVolume the quote volume in dollars, in the scale of the quote volume
 * @param firstTrade the number of the first trade in the span, or of the next one after it
 */
public record Bar(
    long openTime,
    long open,
    long high,
    long low,
    long close,
    long volume,
    long quoteVolume,
    long takerVolume,
    long takerQuoteVolume,
    long dollarVolume,
    int count,
    long firstTrade) {

  /** The number of the last trade; one below the first where there was none. */
  public long lastTrade() {
    return firstTrade + count - 1;
  }

  static Bar flat(long openTime, long price, long nextTrade) {
    return new Bar(openTime, price, price, price, price, 0, 0, 0, 0, 0, 0, nextTrade);
  }

  Bar at(long time) {
    return new Bar(
        time,
        open,
        high,
        low,
        close,
        volume,
        quoteVolume,
        takerVolume,
        takerQuoteVolume,
        dollarVolume,
        count,
        firstTrade);
  }

  Bar then(Bar later) {
    if (later.count == 0) {
      return this;
    }
    if (count == 0) {
      return later.at(openTime);
    }
    return new Bar(
        openTime,
        open,
        Math.max(high, later.high),
        Math.min(low, later.low),
        later.close,
        volume + later.volume,
        Math.addExact(quoteVolume, later.quoteVolume),
        takerVolume + later.takerVolume,
        takerQuoteVolume + later.takerQuoteVolume,
        dollarVolume + later.dollarVolume,
        count + later.count,
        firstTrade);
  }
}
