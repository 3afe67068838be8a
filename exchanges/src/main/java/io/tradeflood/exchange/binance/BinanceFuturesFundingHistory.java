package io.tradeflood.exchange.binance;

/** Funding rates of USDⓈ-M. */
public interface BinanceFuturesFundingHistory
    extends BinanceContractFundingHistory<BinanceFuturesRest> {}
