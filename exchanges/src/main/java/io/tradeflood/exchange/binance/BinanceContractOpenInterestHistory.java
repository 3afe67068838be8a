package io.tradeflood.exchange.binance;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.HistoryBinding;
import io.tradeflood.history.Page;
import io.tradeflood.history.Pages;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.OpenInterest;
import io.tradeflood.model.Symbol;
import io.tradeflood.turn.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was open in contracts at the end of each period, of the last month.
 *
 * @param <C> the market
 */
public interface BinanceContractOpenInterestHistory<C extends BinanceContractRest>
    extends HistoryBinding<C, CandleQuery, OpenInterest> {
  @Override
  default Availability availability(C binance, CandleQuery query, Instant now) {
    return Availability.ofInterval(
        query.interval(), BinanceIntervals.PERIODS.keySet(), "binance's open interest");
  }

  @Override
  default Pages pages(CandleQuery query) {
    return Pages.grid(query.interval())
        .sizes(BinanceContractRest.OPEN_INTERESTS)
        .cost(_ -> 1, 1000, Duration.ofMinutes(5))
        .ends(true, true)
        .retention(Duration.ofDays(30));
  }

  @Override
  default Turn<List<OpenInterest>> plan(C binance, CandleQuery query, Page page) {
    return BinanceFailures.naming(query.symbol(), binance, rows(binance, query, page))
        .map(rows -> rows.stream().map(row -> openInterest(query.symbol(), row)).toList());
  }

  /** A page as the market asks for it. */
  Turn<List<BinanceOpenInterest>> rows(C binance, CandleQuery query, Page page);

  private static OpenInterest openInterest(Symbol symbol, BinanceOpenInterest row) {
    return new OpenInterest(
        row.time(), row.openInterest(), symbol.isLinear() ? row.value() : Optional.empty());
  }
}
