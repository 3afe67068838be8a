package io.tradeflood.exchange.binance;

/** Candles of premium indices of USDⓈ-M. */
public interface BinanceFuturesPremiumCandles
    extends BinanceContractPremiumCandles<BinanceFuturesRest> {}
