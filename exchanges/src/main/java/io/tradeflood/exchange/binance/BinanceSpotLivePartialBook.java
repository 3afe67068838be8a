package io.tradeflood.exchange.binance;

/** The best levels of a book of spot. They come without a time. */
public interface BinanceSpotLivePartialBook extends BinanceLivePartialBook<BinanceSpotStream> {}
