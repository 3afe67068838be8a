package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.BarQuery;
import io.tradeflood.model.Candle;
import io.tradeflood.turn.Turn;
import java.time.Instant;

/**
 * Candles of spot and of contracts as they form. The exchange tells all of them open: one has
 * closed when the next one comes.
 */
public interface BitgetLiveCandles extends LiveBinding<BitgetStream, BarQuery, Candle> {
  @Override
  default Availability availability(BitgetStream bitget, BarQuery query, Instant now) {
    return Availability.ofInterval(
        query.interval(), BitgetIntervals.STREAM.keySet(), "bitget's streams of candles");
  }

  @Override
  default Turn<Feed<Candle>> plan(BitgetStream bitget, BarQuery query) {
    return bitget
        .candles(
            bitget.typeOf(query.symbol()),
            bitget.nameOf(query.symbol()),
            BitgetIntervals.word(BitgetIntervals.STREAM, query.interval()))
        .map(rows -> rows.map(row -> BitgetModels.formingCandle(query.interval(), row)));
  }

  @Override
  default Continuity continuity() {
    return Continuity.UNMARKED_BARS;
  }
}
