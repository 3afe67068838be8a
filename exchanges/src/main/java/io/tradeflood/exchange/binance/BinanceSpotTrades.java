package io.tradeflood.exchange.binance;

import io.tradeflood.binding.SequenceBinding;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.Trade;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Single trades of spot, since listing, by id. The id at a moment is that of the first trade of the
 * first aggregate from then on: only aggregates can be asked for by time.
 */
public interface BinanceSpotTrades extends SequenceBinding<BinanceSpotRest, SeriesQuery, Trade> {
  @Override
  default int pageSize() {
    return BinanceSpotRest.PAGE;
  }

  @Override
  default Turn<OptionalLong> firstAt(BinanceSpotRest binance, SeriesQuery query, Instant moment) {
    String name = binance.nameOf(query.symbol());
    var rows = binance.aggTrades(name, OptionalLong.empty(), Optional.of(moment), 1);
    return BinanceFailures.naming(query.symbol(), binance, rows)
        .then(found -> firstTrade(binance, name, found));
  }

  /** A few aggregates are invalid and have no trades: then the next one tells. */
  private static Turn<OptionalLong> firstTrade(
      BinanceSpotRest binance, String name, List<BinanceAggTrade> found) {
    if (found.isEmpty()) return Turn.now(OptionalLong.empty());
    var first = found.getFirst();
    if (first.firstId() >= 0) return Turn.now(OptionalLong.of(first.firstId()));
    return binance
        .aggTrades(name, OptionalLong.of(first.id() + 1), Optional.empty(), 1)
        .then(next -> firstTrade(binance, name, next));
  }

  @Override
  default Turn<List<Trade>> plan(
      BinanceSpotRest binance, SeriesQuery query, long first, int count) {
    return trades(
        binance, query, binance.historicalTrades(binance.nameOf(query.symbol()), first, count));
  }

  @Override
  default Turn<List<Trade>> latest(BinanceSpotRest binance, SeriesQuery query, int count) {
    return trades(
        binance,
        query,
        binance.trades(binance.nameOf(query.symbol()), Math.min(count, pageSize())));
  }

  @Override
  default long numberOf(Trade trade) {
    return Long.parseLong(trade.id());
  }

  private static Turn<List<Trade>> trades(
      BinanceSpotRest binance, SeriesQuery query, Turn<List<BinanceTrade>> rows) {
    return BinanceFailures.naming(query.symbol(), binance, rows)
        .map(trades -> trades.stream().map(BinanceModels::trade).toList());
  }
}
