package io.tradeflood.exchange.binance;

/** Candles of premium indices of COIN-M. */
public interface BinanceCoinPremiumCandles extends BinanceContractPremiumCandles<BinanceCoinRest> {}
