package io.tradeflood.exchange.binance;

import io.tradeflood.binding.Availability;
import io.tradeflood.history.Pages;
import io.tradeflood.model.CandleQuery;
import java.time.Duration;

/** What the pages of all candles of contracts have in common. */
final class BinanceContractPages {
  /** The largest page of each weight. */
  private static final Integer[] SIZES = {99, 499, 1000, 1500};

  private BinanceContractPages() {}

  static Availability availability(CandleQuery query, String what) {
    return Availability.ofInterval(
        query.interval(),
        BinanceIntervals.FUTURES.keySet(),
        "binance's %s of futures".formatted(what));
  }

  /** COIN-M gives no more than 200 days at once, USDⓈ-M as many as fit in a page. */
  static Pages klines(CandleQuery query) {
    var pages =
        Pages.grid(query.interval())
            .sizes(SIZES)
            .cost(
                BinanceContractRest::klinesWeight,
                BinanceContractRest.CAPACITY,
                Duration.ofMinutes(1))
            .ends(true, true);
    return query.symbol().isInverse() ? pages.span(Duration.ofDays(200)) : pages;
  }

  static String word(CandleQuery query) {
    return BinanceIntervals.word(BinanceIntervals.FUTURES, query.interval());
  }
}
