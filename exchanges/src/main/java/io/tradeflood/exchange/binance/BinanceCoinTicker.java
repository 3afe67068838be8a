package io.tradeflood.exchange.binance;

import io.tradeflood.binding.PolledBinding;
import io.tradeflood.live.Pace;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Ticker;
import java.time.Duration;

/** The ticker of COIN-M, in contracts; there is no stream of it here. */
public interface BinanceCoinTicker
    extends BinanceContractTicker<BinanceCoinRest>,
        PolledBinding<BinanceCoinRest, NowQuery, Ticker> {
  @Override
  default Pace pace() {
    return Pace.between(Duration.ofSeconds(2), Duration.ofSeconds(30));
  }
}
