package io.tradeflood.exchange.binance;

/** Candles of index prices of COIN-M. */
public interface BinanceCoinIndexCandles extends BinanceContractIndexCandles<BinanceCoinRest> {}
