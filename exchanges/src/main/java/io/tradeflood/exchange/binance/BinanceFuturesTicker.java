package io.tradeflood.exchange.binance;

/** The ticker of USDⓈ-M. */
public interface BinanceFuturesTicker extends BinanceContractTicker<BinanceFuturesRest> {}
