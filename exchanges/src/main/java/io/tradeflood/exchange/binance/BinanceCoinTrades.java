package io.tradeflood.exchange.binance;

/** Trades of COIN-M, told as aggregates, in contracts. */
public interface BinanceCoinTrades extends BinanceContractTrades<BinanceCoinRest> {}
