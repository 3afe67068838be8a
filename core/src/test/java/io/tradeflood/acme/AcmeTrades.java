package io.tradeflood.acme;

import io.tradeflood.binding.SequenceBinding;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.Side;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Trade;
import io.tradeflood.turn.Turn;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Trades of Acme, by number. */
public interface AcmeTrades extends SequenceBinding<AcmeRest, SeriesQuery, Trade> {
  @Override
  default int pageSize() {
    return 100;
  }

  @Override
  default Optional<TimeRange> reach(SeriesQuery query, Instant now) {
    return Optional.of(new TimeRange(AcmeServer.FIRST_TRADE, now));
  }

  @Override
  default Turn<OptionalLong> firstAt(AcmeRest acme, SeriesQuery query, Instant moment) {
    return acme.tradeAt(query.symbol().join("-"), moment);
  }

  @Override
  default Turn<List<Trade>> plan(AcmeRest acme, SeriesQuery query, long first, int count) {
    return acme.trades(query.symbol().join("-"), first, count).map(AcmeTrades::trades);
  }

  @Override
  default Turn<List<Trade>> latest(AcmeRest acme, SeriesQuery query, int count) {
    return acme.newestTrades(query.symbol().join("-"), count).map(AcmeTrades::trades);
  }

  @Override
  default long numberOf(Trade row) {
    return Long.parseLong(row.id());
  }

  /** Trades with these numbers. */
  static List<Trade> trades(List<Long> numbers) {
    return numbers.stream().map(AcmeTrades::trade).toList();
  }

  /** The trade with the number. */
  static Trade trade(long number) {
    return new Trade(
        String.valueOf(number),
        AcmeServer.FIRST_TRADE.plusSeconds(number),
        BigDecimal.valueOf(number),
        BigDecimal.ONE,
        Side.BUY);
  }
}
