package io.tradeflood.exchange.binance;

/** Candles of mark prices of COIN-M. */
public interface BinanceCoinMarkCandles extends BinanceContractMarkCandles<BinanceCoinRest> {}
