package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.HistoryBinding;
import io.tradeflood.history.Page;
import io.tradeflood.history.Pages;
import io.tradeflood.model.Candle;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.TimeRange;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Candles of spot, since listing: recent ones by large pages, older ones by small ones. */
public interface BitgetSpotCandles extends HistoryBinding<BitgetSpotRest, CandleQuery, Candle> {
  @Override
  default Availability availability(BitgetSpotRest bitget, CandleQuery query, Instant now) {
    return Availability.ofInterval(
        query.interval(), BitgetIntervals.SPOT.keySet(), "bitget's spot candles");
  }

  @Override
  default Pages pages(CandleQuery query) {
    return BitgetPages.spot(query.interval());
  }

  @Override
  default Turn<List<Candle>> plan(BitgetSpotRest bitget, CandleQuery query, Page page) {
    var rows =
        page.recent()
            ? recent(bitget, query, page)
            : older(bitget, query, page.range(), page.limit());
    return BitgetFailures.naming(query.symbol(), bitget, rows)
        .map(
            found ->
                found.stream().map(row -> BitgetModels.candle(query.interval(), row)).toList());
  }

  private static Turn<List<BitgetCandle>> recent(
      BitgetSpotRest bitget, CandleQuery query, Page page) {
    int size = BitgetSpotRest.HISTORY_CANDLES - BitgetPages.SPOT_SLACK;
    return BitgetPages.checked(
        bitget.candles(
            bitget.nameOf(query.symbol()),
            word(query),
            page.end(),
            page.limit() + BitgetPages.SPOT_SLACK),
        query.interval(),
        page.range(),
        BitgetCandle::time,
        range -> older(bitget, query, range, size),
        size);
  }

  private static Turn<List<BitgetCandle>> older(
      BitgetSpotRest bitget, CandleQuery query, TimeRange range, int limit) {
    return bitget.historyCandles(
        bitget.nameOf(query.symbol()), word(query), range.end(), limit + BitgetPages.SPOT_SLACK);
  }

  private static String word(CandleQuery query) {
    return BitgetIntervals.word(BitgetIntervals.SPOT, query.interval());
  }

  @Override
  default Optional<Turn<Instant>> clock(BitgetSpotRest bitget) {
    return Optional.of(bitget.time());
  }
}
