package io.tradeflood.exchange.binance;

/** Candles of mark prices of USDⓈ-M. */
public interface BinanceFuturesMarkCandles extends BinanceContractMarkCandles<BinanceFuturesRest> {}
