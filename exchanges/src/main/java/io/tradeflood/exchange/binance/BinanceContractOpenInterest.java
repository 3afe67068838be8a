package io.tradeflood.exchange.binance;

import io.tradeflood.binding.PolledBinding;
import io.tradeflood.live.Pace;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.OpenInterest;
import io.tradeflood.turn.Turn;
import java.time.Duration;
import java.util.Optional;

/**
 * What is open in contracts now; no stream tells it.
 *
 * @param <C> the market
 */
public interface BinanceContractOpenInterest<C extends BinanceContractRest>
    extends PolledBinding<C, NowQuery, OpenInterest> {
  @Override
  default Pace pace() {
    return Pace.between(Duration.ofSeconds(3), Duration.ofSeconds(30));
  }

  @Override
  default Turn<OpenInterest> plan(C binance, NowQuery query) {
    return BinanceFailures.naming(
            query.symbol(), binance, binance.openInterest(binance.nameOf(query.symbol())))
        .map(row -> new OpenInterest(row.time(), row.openInterest(), Optional.empty()));
  }
}
