package io.tradeflood.exchange.binance;

import io.tradeflood.model.FundingRate;

/** The present funding rate of COIN-M. */
public interface BinanceCoinFunding
    extends BinanceContractFunding<BinanceCoinRest>, BinanceCoinPremiumNow<FundingRate> {}
