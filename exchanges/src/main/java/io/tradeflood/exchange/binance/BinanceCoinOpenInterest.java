package io.tradeflood.exchange.binance;

/** What is open on COIN-M now, in contracts. */
public interface BinanceCoinOpenInterest extends BinanceContractOpenInterest<BinanceCoinRest> {}
