package io.tradeflood.exchange.binance;

import io.tradeflood.model.Interval;
import java.util.Map;

/** Candles of spot as they form. */
public interface BinanceSpotLiveCandles extends BinanceLiveCandles<BinanceSpotStream> {
  @Override
  default Map<Interval, String> intervals() {
    return BinanceIntervals.SPOT;
  }
}
