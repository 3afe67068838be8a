package io.tradeflood.exchange.binance;

/** What is traded on COIN-M. */
public interface BinanceCoinInstruments extends BinanceContractInstruments<BinanceCoinRest> {}
