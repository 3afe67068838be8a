package io.tradeflood.exchange.binance;

/** Funding rates of COIN-M. */
public interface BinanceCoinFundingHistory extends BinanceContractFundingHistory<BinanceCoinRest> {}
