package io.tradeflood.acme;

import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.IndexPrice;
import io.tradeflood.model.NowQuery;
import io.tradeflood.turn.Turn;
import java.math.BigDecimal;

/** The index price of Acme, now. */
public interface AcmeTickers extends SnapshotBinding<AcmeRest, NowQuery, IndexPrice> {
  @Override
  default Turn<IndexPrice> plan(AcmeRest acme, NowQuery query) {
    return acme.ticker(query.symbol().join("-"))
        .map(text -> new IndexPrice(AcmeServer.FIRST_TRADE, new BigDecimal(text)));
  }
}
