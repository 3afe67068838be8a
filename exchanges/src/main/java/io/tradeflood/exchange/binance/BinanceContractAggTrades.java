package io.tradeflood.exchange.binance;

import io.tradeflood.binding.SequenceBinding;
import io.tradeflood.model.AggTrade;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.TimeRange;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Aggregates of trades of contracts, of the last 24 hours, by id.
 *
 * @param <C> the market
 */
public interface BinanceContractAggTrades<C extends BinanceContractRest>
    extends SequenceBinding<C, SeriesQuery, AggTrade> {
  @Override
  default int pageSize() {
    return BinanceContractRest.TRADES;
  }

  @Override
  default Optional<TimeRange> reach(SeriesQuery query, Instant now) {
    return Optional.of(BinanceTape.reach(now));
  }

  @Override
  default Turn<OptionalLong> firstAt(C binance, SeriesQuery query, Instant moment) {
    return BinanceFailures.naming(
        query.symbol(),
        binance,
        BinanceTape.firstAt(binance, binance.nameOf(query.symbol()), moment));
  }

  @Override
  default Turn<List<AggTrade>> plan(C binance, SeriesQuery query, long first, int count) {
    return trades(binance, query, OptionalLong.of(first), count);
  }

  @Override
  default Turn<List<AggTrade>> latest(C binance, SeriesQuery query, int count) {
    return trades(binance, query, OptionalLong.empty(), Math.min(count, pageSize()));
  }

  @Override
  default long numberOf(AggTrade trade) {
    return Long.parseLong(trade.id());
  }

  private static Turn<List<AggTrade>> trades(
      BinanceContractRest binance, SeriesQuery query, OptionalLong fromId, int count) {
    var rows = binance.aggTrades(binance.nameOf(query.symbol()), fromId, count);
    return BinanceFailures.naming(query.symbol(), binance, rows)
        .map(trades -> trades.stream().map(BinanceModels::aggTrade).toList());
  }
}
