package io.tradeflood.exchange.binance;

/** The order book of USDⓈ-M. */
public interface BinanceFuturesBook extends BinanceContractBook<BinanceFuturesRest> {}
