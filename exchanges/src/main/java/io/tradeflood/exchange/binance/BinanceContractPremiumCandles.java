package io.tradeflood.exchange.binance;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.HistoryBinding;
import io.tradeflood.history.Page;
import io.tradeflood.history.Pages;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.Interval;
import io.tradeflood.model.PremiumCandle;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Candles of premium indices of contracts, since listing.
 *
 * @param <C> the market
 */
public interface BinanceContractPremiumCandles<C extends BinanceContractRest>
    extends HistoryBinding<C, CandleQuery, PremiumCandle> {
  @Override
  default Availability availability(C binance, CandleQuery query, Instant now) {
    return BinanceContractPages.availability(query, "premium candles");
  }

  @Override
  default Pages pages(CandleQuery query) {
    return BinanceContractPages.klines(query);
  }

  @Override
  default Turn<List<PremiumCandle>> plan(C binance, CandleQuery query, Page page) {
    var rows =
        binance.premiumIndexKlines(
            binance.nameOf(query.symbol()),
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

  private static PremiumCandle candle(Interval interval, BinancePriceKline row) {
    return new PremiumCandle(
        interval, row.openTime(), row.open(), row.high(), row.low(), row.close());
  }
}
