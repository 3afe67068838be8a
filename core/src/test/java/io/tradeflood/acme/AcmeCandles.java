package io.tradeflood.acme;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.HistoryBinding;
import io.tradeflood.history.Page;
import io.tradeflood.history.Pages;
import io.tradeflood.model.Candle;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.Interval;
import io.tradeflood.turn.Turn;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Candles of Acme. */
public interface AcmeCandles extends HistoryBinding<AcmeRest, CandleQuery, Candle> {
  @Override
  default Availability availability(AcmeRest acme, CandleQuery query, Instant now) {
    return query.interval().equals(Interval.S1)
        ? Availability.cannot("acme has no candles of 1s: ask for 1m")
        : Availability.can();
  }

  @Override
  default Pages pages(CandleQuery query) {
    return Pages.grid(query.interval())
        .sizes(50, AcmeRest.PAGE)
        .cost(limit -> limit <= 50 ? 1 : 2, 1_000, Duration.ofMinutes(1))
        .ends(true, true)
        .retention(Duration.ofDays(400));
  }

  @Override
  default Turn<List<Candle>> plan(AcmeRest acme, CandleQuery query, Page page) {
    return acme.candles(
            query.symbol().join("-"), query.interval(), page.start(), page.end(), page.limit())
        .map(bars -> bars.stream().map(bar -> candle(query.interval(), bar)).toList());
  }

  @Override
  default Optional<Turn<Instant>> clock(AcmeRest acme) {
    return Optional.of(acme.time());
  }

  /** A candle whose prices are its number. */
  static Candle candle(Interval interval, Instant time) {
    var number = BigDecimal.valueOf(interval.index(time));
    return new Candle(interval, time, number, number, number, number, BigDecimal.ONE);
  }
}
