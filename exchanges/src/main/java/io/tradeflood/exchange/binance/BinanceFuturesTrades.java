package io.tradeflood.exchange.binance;

/** Trades of USDⓈ-M, told as aggregates. */
public interface BinanceFuturesTrades extends BinanceContractTrades<BinanceFuturesRest> {}
