package io.tradeflood.exchange.binance;

/** Aggregates of trades of spot as they happen. */
public interface BinanceSpotLiveAggTrades extends BinanceLiveAggTrades<BinanceSpotStream> {}
