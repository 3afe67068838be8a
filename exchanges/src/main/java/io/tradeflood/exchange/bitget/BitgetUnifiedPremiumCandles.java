package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.HistoryBinding;
import io.tradeflood.history.Page;
import io.tradeflood.history.Pages;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.PremiumCandle;
import io.tradeflood.model.TimeRange;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Premium candles of all markets, since listing: recent ones by large pages, older ones by small
 * ones.
 */
public interface BitgetUnifiedPremiumCandles
    extends HistoryBinding<BitgetUnifiedRest, CandleQuery, PremiumCandle> {
  @Override
  default Availability availability(BitgetUnifiedRest bitget, CandleQuery query, Instant now) {
    if (query.symbol().isSpot())
      return Availability.cannot(
          "premium candles are told of contracts only: ask for the perpetual, such as %s:%s"
              .formatted(query.symbol(), query.symbol().quote()));
    return Availability.ofInterval(
        query.interval(), BitgetIntervals.UNIFIED.keySet(), "bitget-unified's premium candles");
  }

  @Override
  default Pages pages(CandleQuery query) {
    return BitgetPages.unified(query.interval());
  }

  @Override
  default Turn<List<PremiumCandle>> plan(BitgetUnifiedRest bitget, CandleQuery query, Page page) {
    var rows =
        page.recent()
            ? recent(bitget, query, page)
            : older(bitget, query, page.range(), page.limit());
    return BitgetFailures.naming(query.symbol(), bitget, rows)
        .map(
            found ->
                found.stream()
                    .map(row -> BitgetModels.premiumCandle(query.interval(), row))
                    .toList());
  }

  private static Turn<List<BitgetPriceCandle>> recent(
      BitgetUnifiedRest bitget, CandleQuery query, Page page) {
    int size = BitgetUnifiedRest.HISTORY_CANDLES - BitgetPages.MIX_SLACK;
    return BitgetPages.checked(
        bitget.priceCandles(
            "PREMIUM",
            bitget.categoryOf(query.symbol()),
            bitget.nameOf(query.symbol()),
            word(query),
            query.interval().plus(page.start(), -1),
            page.end(),
            page.limit() + BitgetPages.MIX_SLACK),
        query.interval(),
        page.range(),
        BitgetPriceCandle::time,
        range -> older(bitget, query, range, size),
        size);
  }

  private static Turn<List<BitgetPriceCandle>> older(
      BitgetUnifiedRest bitget, CandleQuery query, TimeRange range, int limit) {
    return bitget.historyPriceCandles(
        "PREMIUM",
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
