package io.tradeflood.exchange.binance;

/** What is open on USDⓈ-M now. */
public interface BinanceFuturesOpenInterest
    extends BinanceContractOpenInterest<BinanceFuturesRest> {}
