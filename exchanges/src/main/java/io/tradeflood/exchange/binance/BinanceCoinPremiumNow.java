package io.tradeflood.exchange.binance;

import io.tradeflood.binding.PolledBinding;
import io.tradeflood.live.Pace;
import io.tradeflood.model.NowQuery;
import java.time.Duration;

/**
 * What COIN-M's premium index has, of which there is no stream here. A question weighs 10, so it is
 * asked no more than twelve times a minute.
 *
 * @param <M> the model
 */
public interface BinanceCoinPremiumNow<M> extends PolledBinding<BinanceCoinRest, NowQuery, M> {
  @Override
  default Pace pace() {
    return Pace.between(Duration.ofSeconds(5), Duration.ofSeconds(60));
  }
}
