package io.tradeflood.exchange.binance;

import io.tradeflood.live.BookRules;

/** The whole book of USDⓈ-M. Each change names the one before it. */
public interface BinanceFuturesLiveBook extends BinanceLiveBook<BinanceFuturesStream> {
  @Override
  default BinanceRest rest() {
    return connector(BinanceFuturesRest.class);
  }

  @Override
  default int depth(BinanceFuturesStream binance) {
    int wished = BinanceBooks.depth(binance, DEPTH, BinanceContractRest.DEPTHS.getLast());
    return BinanceContractRest.DEPTHS.stream()
        .filter(depth -> depth >= wished)
        .findFirst()
        .orElseThrow();
  }

  @Override
  default BookRules rules() {
    return BookRules.chained().cutAt(depth(connector(BinanceFuturesStream.class)));
  }
}
