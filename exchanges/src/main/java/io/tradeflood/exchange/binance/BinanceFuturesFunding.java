package io.tradeflood.exchange.binance;

/** The present funding rate of USDⓈ-M. */
public interface BinanceFuturesFunding extends BinanceContractFunding<BinanceFuturesRest> {}
