package io.tradeflood.exchange.binance;

/** The ticker of USDⓈ-M, every two seconds, without best prices: a book of depth 1 has those. */
public interface BinanceFuturesLiveTicker extends BinanceLiveTicker<BinanceFuturesStream> {}
