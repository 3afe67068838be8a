package io.tradeflood.exchange.binance;

import io.tradeflood.binding.LiveBinding;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Row;
import java.util.OptionalLong;

/**
 * Rows as they happen, each of which counts; their ids are numbers without holes.
 *
 * @param <C> the market
 * @param <M> the model
 */
public interface BinanceLiveNumbered<C extends BinanceStream, M extends Row>
    extends LiveBinding<C, NowQuery, M> {
  @Override
  default Continuity continuity() {
    return Continuity.EVERY;
  }

  @Override
  default OptionalLong numberOf(M row) {
    return OptionalLong.of(Long.parseLong(row.id()));
  }
}
