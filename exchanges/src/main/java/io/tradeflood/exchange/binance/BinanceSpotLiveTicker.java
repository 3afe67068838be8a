package io.tradeflood.exchange.binance;

/** The ticker of spot, every second. */
public interface BinanceSpotLiveTicker extends BinanceLiveTicker<BinanceSpotStream> {}
