package io.tradeflood.exchange.binance;

/** The index price of COIN-M. */
public interface BinanceCoinIndexPrice extends BinanceContractIndexPrice<BinanceCoinRest> {}
