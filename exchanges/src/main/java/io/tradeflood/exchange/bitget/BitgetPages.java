package io.tradeflood.exchange.bitget;

import io.tradeflood.history.Pages;
import io.tradeflood.model.Interval;
import io.tradeflood.model.TimeRange;
import io.tradeflood.turn.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Pages of candles. The bounds of all endpoints are soft: each page is asked for with an interval
 * of slack, for which the sizes leave room, and the library cuts what is too much.
 */
final class BitgetPages {
  /** One row more than asked for may come on spot, where only the end counts. */
  static final int SPOT_SLACK = 1;

  /** One row more at each end may come of contracts. */
  static final int MIX_SLACK = 2;

  private static final Duration LONGEST = Duration.ofDays(90);

  private BitgetPages() {}

  static Pages spot(Interval interval) {
    var pages = Pages.grid(interval).cost(_ -> 1, 20, Duration.ofSeconds(1));
    return pages
        .sizes(BitgetSpotRest.HISTORY_CANDLES - SPOT_SLACK)
        .recent(
            BitgetIntervals.recent(interval),
            _ -> pages.sizes(BitgetSpotRest.CANDLES - SPOT_SLACK));
  }

  static Pages mix(Interval interval) {
    return windows(interval, BitgetMixRest.HISTORY_CANDLES, BitgetMixRest.CANDLES);
  }

  static Pages unified(Interval interval) {
    return windows(interval, BitgetUnifiedRest.HISTORY_CANDLES, BitgetUnifiedRest.CANDLES);
  }

  private static Pages windows(Interval interval, int older, int recent) {
    var pages =
        Pages.grid(interval)
            .cost(_ -> 1, 20, Duration.ofSeconds(1))
            .span(LONGEST.minus(interval.duration()));
    return pages
        .sizes(older - MIX_SLACK)
        .closedOnly()
        .recent(BitgetIntervals.recent(interval), _ -> pages.sizes(recent - MIX_SLACK));
  }

  /**
   * Asks again where recent candles seem to be none: the endpoint of older ones is looked into
   * before a hole is believed, first with one call, then, if there is anything, page by page.
   *
   * @param recent the answer that may lie
   * @param time where a row lies
   * @param older asks for what lies in a range, at most so many
   * @param size how many the other endpoint gives at most
   */
  static <R> Turn<List<R>> checked(
      Turn<List<R>> recent,
      Interval interval,
      TimeRange range,
      Function<R, Instant> time,
      Function<TimeRange, Turn<List<R>>> older,
      int size) {
    return recent.then(
        rows ->
            rows.isEmpty()
                ? older.apply(range).then(found -> rest(found, interval, range, time, older, size))
                : Turn.now(rows));
  }

  private static <R> Turn<List<R>> rest(
      List<R> found,
      Interval interval,
      TimeRange range,
      Function<R, Instant> time,
      Function<TimeRange, Turn<List<R>>> older,
      int size) {
    boolean hole = found.stream().map(time).noneMatch(range::contains);
    return hole || interval.count(range) <= size
        ? Turn.now(found)
        : Turn.concat(pieces(interval, range, size), older);
  }

  private static List<TimeRange> pieces(Interval interval, TimeRange range, int size) {
    var pieces = new ArrayList<TimeRange>();
    for (Instant start = range.start(); start.isBefore(range.end()); ) {
      Instant end = interval.plus(start, size);
      pieces.add(new TimeRange(start, end.isBefore(range.end()) ? end : range.end()));
      start = end;
    }
    return pieces;
  }
}
