package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.HistoryBinding;
import io.tradeflood.history.Page;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.Interval;
import io.tradeflood.model.Row;
import io.tradeflood.model.TimeRange;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Bars since listing: recent ones by large pages, older ones by small ones. What differs between
 * candles of trades, of a mark, of an index and of a premium is which endpoint gives them.
 *
 * @param <C> the connector
 * @param <R> its row
 * @param <B> the bar
 */
public interface BitgetBars<C extends BitgetRest, R, B extends Row>
    extends HistoryBinding<C, CandleQuery, B> {

  /**
   * What an endpoint of bars is asked.
   *
   * @param symbol the exchange's name of the instrument
   * @param granularity the exchange's word for the interval
   * @param start one bar before the first that is wanted: bounds are soft
   * @param end the first moment that is not wanted
   * @param limit room for what the soft bounds may bring, included
   */
  record Ask(String symbol, String granularity, Instant start, Instant end, int limit) {}

  /** The exchange's words for the intervals. */
  Map<Interval, String> words();

  /** The endpoint of recent bars. */
  Turn<List<R>> recent(C bitget, CandleQuery query, Ask ask);

  /** The endpoint of older bars. */
  Turn<List<R>> older(C bitget, CandleQuery query, Ask ask);

  /** The start of a row's bar. */
  Instant timeOf(R row);

  /** The bar of a row. */
  B bar(Interval interval, R row);

  @Override
  default Turn<List<B>> plan(C bitget, CandleQuery query, Page page) {
    int size = pages(query).maximum();
    Turn<List<R>> rows =
        page.recent()
            ? BitgetPages.checked(
                recent(bitget, query, ask(bitget, query, page.range(), page.limit())),
                query.interval(),
                page.range(),
                this::timeOf,
                range -> older(bitget, query, ask(bitget, query, range, size)),
                size)
            : older(bitget, query, ask(bitget, query, page.range(), page.limit()));
    return BitgetFailures.naming(query.symbol(), bitget, rows)
        .map(found -> found.stream().map(row -> bar(query.interval(), row)).toList());
  }

  private Ask ask(C bitget, CandleQuery query, TimeRange range, int limit) {
    return new Ask(
        bitget.nameOf(query.symbol()),
        BitgetIntervals.word(words(), query.interval()),
        query.interval().plus(range.start(), -1),
        range.end(),
        limit + BitgetPages.MIX_SLACK);
  }

  @Override
  default Optional<Turn<Instant>> clock(C bitget) {
    return Optional.of(bitget.time());
  }
}
