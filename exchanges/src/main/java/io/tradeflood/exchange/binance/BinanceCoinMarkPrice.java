package io.tradeflood.exchange.binance;

/** The mark price of COIN-M. */
public interface BinanceCoinMarkPrice extends BinanceContractMarkPrice<BinanceCoinRest> {}
