package io.tradeflood.simulator.market;

/**
 * What the samples of a reference price in a span of time come to, in units of {@link
 * ReferencePrices#SCALE}.
 *
 * @param openTime milliseconds since 1970
 */
public record ReferenceBar(long openTime, long open, long high, long low, long close, int samples) {

  ReferenceBar at(long time) {
    return new ReferenceBar(time, open, high, low, close, samples);
  }

  ReferenceBar then(ReferenceBar later) {
    return new ReferenceBar(
        openTime,
        open,
        Math.max(high, later.high),
        Math.min(low, later.low),
        later.close,
        samples + later.samples);
  }
}
