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

/** Candles of all markets, since listing: recent ones by large pages, older ones by small ones. */
public interface BitgetUnifiedCandles
    extends HistoryBinding<BitgetUnifiedRest, CandleQuery, Candle> {
  @Override
  default Availability availability(BitgetUnifiedRest bitget, CandleQuery query, Instant now) {
    return Availability.ofInterval(
        query.interval(), BitgetIntervals.UNIFIED.keySet(), "bitget-unified's candles");
  }

  @Override
  default Pages pages(CandleQuery query) {
    return BitgetPages.unified(query.interval());
  }

  @Override
  default Turn<List<Candle>> plan(BitgetUnifiedRest bitget, CandleQuery query, Page page) {
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
      BitgetUnifiedRest bitget, CandleQuery query, Page page) {
    int size = BitgetUnifiedRest.HISTORY_CANDLES - BitgetPages.MIX_SLACK;
    return BitgetPages.checked(
        bitget.candles(
            bitget.categoryOf(query.symbol()),
            bitget.nameOf(query.symbol()),
            word(query),
            query.interval().plus(page.start(), -1),
            page.end(),
            page.limit() + BitgetPages.MIX_SLACK),
        query.interval(),
        page.range(),
        BitgetCandle::time,
        range -> older(bitget, query, range, size),
        size);
  }

  private static Turn<List<BitgetCandle>> older(
      BitgetUnifiedRest bitget, CandleQuery query, TimeRange range, int limit) {
    return bitget.historyCandles(
        bitget.categoryOf(query.symbol()),
        bitget.nameOf(query.symbol()),
        word(query),
        query.interval().plus(range.start(), -1),
        range.end(),
        limit + BitgetPages.MIX_SLACK);
  }

  private static String word(CandleQuery query) {
    return BitgetIntervals.word(BitgetIntervals.UNIFIED, query.interval());
  }

  @Override
  default Optional<Turn<Instant>> clock(BitgetUnifiedRest bitget) {
    return Optional.of(bitget.time());
  }
}
