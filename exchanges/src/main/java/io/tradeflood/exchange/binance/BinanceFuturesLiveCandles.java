package io.tradeflood.exchange.binance;

import io.tradeflood.model.Interval;
import java.util.Map;

/** Candles of USDⓈ-M as they form. Those of mark and index prices are not streamed. */
public interface BinanceFuturesLiveCandles extends BinanceLiveCandles<BinanceFuturesStream> {
  @Override
  default Map<Interval, String> intervals() {
    return BinanceIntervals.FUTURES;
  }
}
