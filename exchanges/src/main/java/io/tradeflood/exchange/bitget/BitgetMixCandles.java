package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.Availability;
import io.tradeflood.history.Pages;
import io.tradeflood.model.Candle;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.Interval;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Candles of contracts, since listing: recent ones by large pages, older ones by small ones. */
public interface BitgetMixCandles extends BitgetBars<BitgetMixRest, BitgetCandle, Candle> {
  @Override
  default Availability availability(BitgetMixRest bitget, CandleQuery query, Instant now) {
    return Availability.ofInterval(
        query.interval(), words().keySet(), "bitget's candles of contracts");
  }

  @Override
  default Pages pages(CandleQuery query) {
    return BitgetPages.mix(query.interval());
  }

  @Override
  default Map<Interval, String> words() {
    return BitgetIntervals.MIX;
  }

  @Override
  default Turn<List<BitgetCandle>> recent(BitgetMixRest bitget, CandleQuery query, Ask ask) {
    return bitget.candles(
        bitget.productTypeOf(query.symbol()),
        ask.symbol(),
        ask.granularity(),
        ask.start(),
        ask.end(),
        ask.limit());
  }

  @Override
  default Turn<List<BitgetCandle>> older(BitgetMixRest bitget, CandleQuery query, Ask ask) {
    return bitget.historyCandles(
        bitget.productTypeOf(query.symbol()),
        ask.symbol(),
        ask.granularity(),
        ask.start(),
        ask.end(),
        ask.limit());
  }

  @Override
  default Instant timeOf(BitgetCandle row) {
    return row.time();
  }

  @Override
  default Candle bar(Interval interval, BitgetCandle row) {
    return BitgetModels.candle(interval, row);
  }
}
