package io.tradeflood.exchange.binance;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.HistoryBinding;
import io.tradeflood.history.Page;
import io.tradeflood.history.Pages;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.IndexCandle;
import io.tradeflood.model.Interval;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Candles of index prices of contracts, since listing.
 *
 * @param <C> the market
 */
public interface BinanceContractIndexCandles<C extends BinanceContractRest>
    extends HistoryBinding<C, CandleQuery, IndexCandle> {
  @Override
  default Availability availability(C binance, CandleQuery query, Instant now) {
    return BinanceContractPages.availability(query, "index candles");
  }

  @Override
  default Pages pages(CandleQuery query) {
    return BinanceContractPages.klines(query);
  }

  @Override
  default Turn<List<IndexCandle>> plan(C binance, CandleQuery query, Page page) {
    var rows =
        binance.indexPriceKlines(
            binance.pairOf(query.symbol()),
            BinanceContractPages.word(query),
            page.start(),
            page.end(),
            page.limit());
    return BinanceFailures.naming(query.symbol(), binance, rows)
        .map(klines -> klines.stream().map(kline -> candle(query.interval(), kline)).toList());
  }

  @Override
  default Optional<Turn<Instant>> clock(C binance) {
    return Optional.of(binance.time());
  }

  private static IndexCandle candle(Interval interval, BinancePriceKline row) {
    return new IndexCandle(
        interval, row.openTime(), row.open(), row.high(), row.low(), row.close());
  }
}
