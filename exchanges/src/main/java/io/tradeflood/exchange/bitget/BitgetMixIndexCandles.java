package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.Availability;
import io.tradeflood.history.Pages;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.IndexCandle;
import io.tradeflood.model.Interval;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Index candles of contracts, since listing: recent ones by large pages, older ones by small ones.
 */
public interface BitgetMixIndexCandles
    extends BitgetBars<BitgetMixRest, BitgetPriceCandle, IndexCandle> {
  @Override
  default Availability availability(BitgetMixRest bitget, CandleQuery query, Instant now) {
    return Availability.ofInterval(
        query.interval(), words().keySet(), "bitget's index candles of contracts");
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
  default Turn<List<BitgetPriceCandle>> recent(BitgetMixRest bitget, CandleQuery query, Ask ask) {
    return bitget.priceCandles(
        "index",
        bitget.productTypeOf(query.symbol()),
        ask.symbol(),
        ask.granularity(),
        ask.start(),
        ask.end(),
        ask.limit());
  }

  @Override
  default Turn<List<BitgetPriceCandle>> older(BitgetMixRest bitget, CandleQuery query, Ask ask) {
    return bitget.historyIndexCandles(
        bitget.productTypeOf(query.symbol()),
        ask.symbol(),
        ask.granularity(),
        ask.start(),
        ask.end(),
        ask.limit());
  }

  @Override
  default Instant timeOf(BitgetPriceCandle row) {
    return row.time();
  }

  @Override
  default IndexCandle bar(Interval interval, BitgetPriceCandle row) {
    return BitgetModels.indexCandle(interval, row);
  }
}
