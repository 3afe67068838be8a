package io.tradeflood.acme;

import io.tradeflood.binding.PolledBinding;
import io.tradeflood.live.Pace;
import io.tradeflood.model.MarkPrice;
import io.tradeflood.model.NowQuery;
import io.tradeflood.turn.Turn;
import java.math.BigDecimal;
import java.time.Duration;

/** The mark price of Acme, which no stream tells. */
public interface AcmeMarks extends PolledBinding<AcmeRest, NowQuery, MarkPrice> {
  @Override
  default Pace pace() {
    return Pace.between(Duration.ofMillis(1), Duration.ofMillis(4));
  }

  @Override
  default Turn<MarkPrice> plan(AcmeRest acme, NowQuery query) {
    return acme.mark(query.symbol().join("-"))
        .map(price -> new MarkPrice(AcmeServer.FIRST_TRADE, BigDecimal.valueOf(price)));
  }
}
