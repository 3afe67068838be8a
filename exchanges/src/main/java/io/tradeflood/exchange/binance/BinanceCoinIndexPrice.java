package io.tradeflood.exchange.binance;

import io.tradeflood.model.IndexPrice;

/** The index price of COIN-M. */
public interface BinanceCoinIndexPrice
    extends BinanceContractIndexPrice<BinanceCoinRest>, BinanceCoinPremiumNow<IndexPrice> {}
