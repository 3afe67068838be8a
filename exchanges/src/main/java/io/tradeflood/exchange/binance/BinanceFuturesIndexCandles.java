package io.tradeflood.exchange.binance;

/** Candles of index prices of USDⓈ-M. */
public interface BinanceFuturesIndexCandles
    extends BinanceContractIndexCandles<BinanceFuturesRest> {}
