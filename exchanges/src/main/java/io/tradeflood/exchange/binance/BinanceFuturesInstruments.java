package io.tradeflood.exchange.binance;

/** What is traded on USDⓈ-M. */
public interface BinanceFuturesInstruments extends BinanceContractInstruments<BinanceFuturesRest> {}
