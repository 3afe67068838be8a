package io.tradeflood.exchange.binance;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.HistoryBinding;
import io.tradeflood.history.Page;
import io.tradeflood.history.Pages;
import io.tradeflood.model.Candle;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.Interval;
import io.tradeflood.turn.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Candles of spot, since listing. */
public interface BinanceSpotCandles extends HistoryBinding<BinanceSpotRest, CandleQuery, Candle> {
  @Override
  default Availability availability(BinanceSpotRest binance, CandleQuery query, Instant now) {
    return Availability.ofInterval(
        query.interval(), BinanceIntervals.SPOT.keySet(), "binance's spot candles");
  }

  @Override
  default Pages pages(CandleQuery query) {
    return Pages.grid(query.interval())
        .sizes(BinanceSpotRest.PAGE)
        .cost(_ -> BinanceSpotRest.KLINES_WEIGHT, BinanceSpotRest.CAPACITY, Duration.ofMinutes(1))
        .ends(true, true);
  }

  @Override
  default Turn<List<Candle>> plan(BinanceSpotRest binance, CandleQuery query, Page page) {
    var rows =
        binance.klines(
            binance.nameOf(query.symbol()),
            BinanceIntervals.word(BinanceIntervals.SPOT, query.interval()),
            page.start(),
            page.end(),
            page.limit());
    return BinanceFailures.naming(query.symbol(), binance, rows)
        .map(klines -> klines.stream().map(kline -> candle(query.interval(), kline)).toList());
  }

  @Override
  default Optional<Turn<Instant>> clock(BinanceSpotRest binance) {
    return Optional.of(binance.time());
  }

  private static Candle candle(Interval interval, BinanceKline row) {
    return new Candle(
        interval,
        row.openTime(),
        row.open(),
        row.high(),
        row.low(),
        row.close(),
        row.volume(),
        Optional.of(row.turnover()),
        OptionalLong.of(row.trades()),
        true,
        "rest");
  }
}
