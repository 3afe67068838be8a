package io.tradeflood.exchange.binance;

/** Aggregates of trades of COIN-M, in contracts. */
public interface BinanceCoinAggTrades extends BinanceContractAggTrades<BinanceCoinRest> {}
