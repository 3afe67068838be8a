package io.tradeflood.exchange.binance;

/** The order book of COIN-M, in contracts. */
public interface BinanceCoinBook extends BinanceContractBook<BinanceCoinRest> {}
