package io.tradeflood.exchange.binance;

import io.tradeflood.binding.SequenceBinding;
import io.tradeflood.model.AggTrade;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Aggregates of trades of spot, since listing, by id. */
public interface BinanceSpotAggTrades
    extends SequenceBinding<BinanceSpotRest, SeriesQuery, AggTrade> {
  @Override
  default int pageSize() {
    return BinanceSpotRest.PAGE;
  }

  @Override
  default Turn<OptionalLong> firstAt(BinanceSpotRest binance, SeriesQuery query, Instant moment) {
    return rows(binance, query, OptionalLong.empty(), Optional.of(moment), 1)
        .map(rows -> rows.stream().mapToLong(BinanceAggTrade::id).findFirst());
  }

  @Override
  default Turn<List<AggTrade>> plan(
      BinanceSpotRest binance, SeriesQuery query, long first, int count) {
    return aggTrades(rows(binance, query, OptionalLong.of(first), Optional.empty(), count));
  }

  @Override
  default Turn<List<AggTrade>> latest(BinanceSpotRest binance, SeriesQuery query, int count) {
    return aggTrades(
        rows(binance, query, OptionalLong.empty(), Optional.empty(), Math.min(count, pageSize())));
  }

  @Override
  default long numberOf(AggTrade trade) {
    return Long.parseLong(trade.id());
  }

  private static Turn<List<BinanceAggTrade>> rows(
      BinanceSpotRest binance,
      SeriesQuery query,
      OptionalLong fromId,
      Optional<Instant> startTime,
      int limit) {
    return BinanceFailures.naming(
        query.symbol(),
        binance,
        binance.aggTrades(binance.nameOf(query.symbol()), fromId, startTime, limit));
  }

  private static Turn<List<AggTrade>> aggTrades(Turn<List<BinanceAggTrade>> rows) {
    return rows.map(trades -> trades.stream().map(BinanceModels::aggTrade).toList());
  }
}
