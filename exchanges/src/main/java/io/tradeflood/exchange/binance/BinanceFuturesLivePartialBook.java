package io.tradeflood.exchange.binance;

/** The best levels of a book of USDⓈ-M. */
public interface BinanceFuturesLivePartialBook
    extends BinanceLivePartialBook<BinanceFuturesStream> {}
