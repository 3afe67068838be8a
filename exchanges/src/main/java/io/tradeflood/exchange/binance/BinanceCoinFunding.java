package io.tradeflood.exchange.binance;

/** The present funding rate of COIN-M. */
public interface BinanceCoinFunding extends BinanceContractFunding<BinanceCoinRest> {}
