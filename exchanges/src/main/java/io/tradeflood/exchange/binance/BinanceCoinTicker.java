package io.tradeflood.exchange.binance;

/** The ticker of COIN-M, in contracts. */
public interface BinanceCoinTicker extends BinanceContractTicker<BinanceCoinRest> {}
