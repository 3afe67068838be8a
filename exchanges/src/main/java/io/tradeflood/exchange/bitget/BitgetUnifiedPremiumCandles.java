package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.Availability;
import io.tradeflood.history.Pages;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.Interval;
import io.tradeflood.model.PremiumCandle;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Premium candles of all markets, since listing: recent ones by large pages, older ones by small
 * ones.
 */
public interface BitgetUnifiedPremiumCandles
    extends BitgetBars<BitgetUnifiedRest, BitgetPriceCandle, PremiumCandle> {
  @Override
  default Availability availability(BitgetUnifiedRest bitget, CandleQuery query, Instant now) {
    if (query.symbol().isSpot())
      return Availability.cannot(
          "premium candles are told of contracts only: ask for the perpetual, such as %s:%s"
              .formatted(query.symbol(), query.symbol().quote()));
    return Availability.ofInterval(
        query.interval(), words().keySet(), "bitget-unified's premium candles");
  }

  @Override
  default Pages pages(CandleQuery query) {
    return BitgetPages.unified(query.interval());
  }

  @Override
  default Map<Interval, String> words() {
    return BitgetIntervals.UNIFIED;
  }

  @Override
  default Turn<List<BitgetPriceCandle>> recent(
      BitgetUnifiedRest bitget, CandleQuery query, Ask ask) {
    return bitget.priceCandles(
        "PREMIUM",
        bitget.categoryOf(query.symbol()),
        ask.symbol(),
        ask.granularity(),
        ask.start(),
        ask.end(),
        ask.limit());
  }

  @Override
  default Turn<List<BitgetPriceCandle>> older(
      BitgetUnifiedRest bitget, CandleQuery query, Ask ask) {
    return bitget.historyPriceCandles(
        "PREMIUM",
        bitget.categoryOf(query.symbol()),
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
  default PremiumCandle bar(Interval interval, BitgetPriceCandle row) {
    return BitgetModels.premiumCandle(interval, row);
  }
}
