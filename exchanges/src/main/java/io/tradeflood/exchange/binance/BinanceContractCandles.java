package io.tradeflood.exchange.binance;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.HistoryBinding;
import io.tradeflood.history.Page;
import io.tradeflood.history.Pages;
import io.tradeflood.model.Candle;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Candles of contracts, since listing.
 *
 * @param <C> the market
 */
public interface BinanceContractCandles<C extends BinanceContractRest>
    extends HistoryBinding<C, CandleQuery, Candle> {
  @Override
  default Availability availability(C binance, CandleQuery query, Instant now) {
    return BinanceContractPages.availability(query, "candles");
  }

  @Override
  default Pages pages(CandleQuery query) {
    return BinanceContractPages.klines(query);
  }

  @Override
  default Turn<List<Candle>> plan(C binance, CandleQuery query, Page page) {
    var rows =
        binance.klines(
            binance.nameOf(query.symbol()),
            BinanceContractPages.word(query),
            page.start(),
            page.end(),
            page.limit());
    return BinanceFailures.naming(query.symbol(), binance, rows)
        .map(klines -> klines.stream().map(kline -> candle(query, kline)).toList());
  }

  @Override
  default Optional<Turn<Instant>> clock(C binance) {
    return Optional.of(binance.time());
  }

  private static Candle candle(CandleQuery query, BinanceKline row) {
    return new Candle(
        query.interval(),
        row.openTime(),
        row.open(),
        row.high(),
        row.low(),
        row.close(),
        row.volume(),
        query.symbol().isLinear() ? Optional.of(row.turnover()) : Optional.empty(),
        OptionalLong.of(row.trades()),
        true,
        "rest");
  }
}
