package io.tradeflood.exchange.binance;

import io.tradeflood.model.MarkPrice;

/** The mark price of COIN-M. */
public interface BinanceCoinMarkPrice
    extends BinanceContractMarkPrice<BinanceCoinRest>, BinanceCoinPremiumNow<MarkPrice> {}
