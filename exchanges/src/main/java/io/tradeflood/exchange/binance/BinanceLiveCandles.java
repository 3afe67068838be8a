package io.tradeflood.exchange.binance;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.BarQuery;
import io.tradeflood.model.Candle;
import io.tradeflood.model.Interval;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.Map;

/**
 * Candles as they form. The exchange says itself when one has closed.
 *
 * @param <C> the market
 */
public interface BinanceLiveCandles<C extends BinanceStream>
    extends LiveBinding<C, BarQuery, Candle> {
  /** The market's intervals, by the exchange's words for them. */
  Map<Interval, String> intervals();

  @Override
  default Availability availability(C binance, BarQuery query, Instant now) {
    return Availability.ofInterval(
        query.interval(), intervals().keySet(), "binance's streams of candles");
  }

  @Override
  default Turn<Feed<Candle>> plan(C binance, BarQuery query) {
    return binance
        .klines(
            binance.nameOf(query.symbol()), BinanceIntervals.word(intervals(), query.interval()))
        .map(events -> events.map(event -> BinanceModels.candle(query.interval(), event)));
  }

  @Override
  default Continuity continuity() {
    return Continuity.BARS;
  }
}
