package io.tradeflood.exchange.binance;

import io.tradeflood.model.TimeRange;
import io.tradeflood.turn.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Finds the first aggregate of a moment although windows must be shorter than an hour. */
final class BinanceTape {
  private static final Duration RETENTION = Duration.ofHours(24);
  private static final Duration WINDOW = Duration.ofHours(1);

  private BinanceTape() {}

  static TimeRange reach(Instant now) {
    return new TimeRange(now.minus(RETENTION), now.plus(RETENTION));
  }

  /**
   * Most often something traded within the hour. If not, the newest aggregates tell whether there
   * is any after the moment and, in a quiet market, which; if they do not reach back so far, the
   * hours after the moment are looked through one by one, at most 24.
   */
  static Turn<OptionalLong> firstAt(BinanceContractRest binance, String name, Instant moment) {
    return in(binance, name, moment)
        .then(
            id ->
                id.isPresent()
                    ? Turn.now(id)
                    : binance
                        .aggTrades(name, OptionalLong.empty(), BinanceContractRest.TRADES)
                        .then(newest -> among(binance, name, moment, newest)));
  }

  private static Turn<OptionalLong> in(BinanceContractRest binance, String name, Instant start) {
    return binance
        .aggTradesIn(name, start, start.plus(WINDOW).minusMillis(1), 1)
        .map(rows -> rows.stream().mapToLong(BinanceAggTrade::id).findFirst());
  }

  private static Turn<OptionalLong> among(
      BinanceContractRest binance, String name, Instant moment, List<BinanceAggTrade> newest) {
    if (newest.isEmpty() || newest.getLast().time().isBefore(moment))
      return Turn.now(OptionalLong.empty());
    if (newest.getFirst().time().isBefore(moment)) {
      return Turn.now(
          newest.stream()
              .filter(trade -> !trade.time().isBefore(moment))
              .mapToLong(BinanceAggTrade::id)
              .findFirst());
    }
    return hourAfterHour(binance, name, moment.plus(WINDOW), newest.getFirst());
  }

  /** Ends at an aggregate that is known to come after the moment. */
  private static Turn<OptionalLong> hourAfterHour(
      BinanceContractRest binance, String name, Instant start, BinanceAggTrade known) {
    if (known.time().isBefore(start)) return Turn.now(OptionalLong.of(known.id()));
    return in(binance, name, start)
        .then(
            id ->
                id.isPresent()
                    ? Turn.now(id)
                    : hourAfterHour(binance, name, start.plus(WINDOW), known));
  }
}
