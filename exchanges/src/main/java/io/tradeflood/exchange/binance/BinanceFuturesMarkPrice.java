package io.tradeflood.exchange.binance;

/** The mark price of USDⓈ-M. */
public interface BinanceFuturesMarkPrice extends BinanceContractMarkPrice<BinanceFuturesRest> {}
