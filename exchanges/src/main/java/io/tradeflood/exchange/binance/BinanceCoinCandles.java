package io.tradeflood.exchange.binance;

/** Candles of COIN-M; their volume is in contracts. */
public interface BinanceCoinCandles extends BinanceContractCandles<BinanceCoinRest> {}
