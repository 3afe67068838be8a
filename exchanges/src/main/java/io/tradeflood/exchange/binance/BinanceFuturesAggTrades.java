package io.tradeflood.exchange.binance;

/** Aggregates of trades of USDⓈ-M. */
public interface BinanceFuturesAggTrades extends BinanceContractAggTrades<BinanceFuturesRest> {}
