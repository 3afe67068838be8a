package io.tradeflood.exchange.binance;

/** The clock of COIN-M. */
public interface BinanceCoinTime extends BinanceContractTime<BinanceCoinRest> {}
