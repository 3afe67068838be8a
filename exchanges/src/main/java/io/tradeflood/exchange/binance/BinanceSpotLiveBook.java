package io.tradeflood.exchange.binance;

import io.tradeflood.live.BookRules;

/**
 * The whole book of spot. One of 5000 levels a side weighs five times as much as one of 1000, and
 * of a minute's weight 24 of them can be had rather than 120.
 */
public interface BinanceSpotLiveBook extends BinanceLiveBook<BinanceSpotStream> {
  @Override
  default BinanceRest rest() {
    return connector(BinanceSpotRest.class);
  }

  @Override
  default int depth(BinanceSpotStream binance) {
    return BinanceBooks.depth(binance, DEPTH, BinanceSpotRest.DEEPEST);
  }

  @Override
  default BookRules rules() {
    return BookRules.spanning().cutAt(depth(connector(BinanceSpotStream.class)));
  }
}
