package io.tradeflood.exchange.binance;

/** Candles of USDⓈ-M. */
public interface BinanceFuturesCandles extends BinanceContractCandles<BinanceFuturesRest> {}
