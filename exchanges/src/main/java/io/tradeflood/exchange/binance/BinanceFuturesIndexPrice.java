package io.tradeflood.exchange.binance;

/** The index price of USDⓈ-M. */
public interface BinanceFuturesIndexPrice extends BinanceContractIndexPrice<BinanceFuturesRest> {}
