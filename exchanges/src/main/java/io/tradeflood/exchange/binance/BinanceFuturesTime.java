package io.tradeflood.exchange.binance;

/** The clock of USDⓈ-M. */
public interface BinanceFuturesTime extends BinanceContractTime<BinanceFuturesRest> {}
