package io.tradeflood.exchange.binance;

/** Aggregates of trades of USDⓈ-M as they happen. */
public interface BinanceFuturesLiveAggTrades extends BinanceLiveAggTrades<BinanceFuturesStream> {}
