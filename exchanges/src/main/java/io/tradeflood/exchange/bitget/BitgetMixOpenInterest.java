package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.OpenInterest;
import io.tradeflood.turn.Turn;
import java.util.Optional;

/** What is open in contracts now; there is no history. */
public interface BitgetMixOpenInterest
    extends SnapshotBinding<BitgetMixRest, NowQuery, OpenInterest> {
  @Override
  default Turn<OpenInterest> plan(BitgetMixRest bitget, NowQuery query) {
    var open =
        bitget.openInterest(bitget.productTypeOf(query.symbol()), bitget.nameOf(query.symbol()));
    return BitgetFailures.naming(query.symbol(), bitget, open)
        .map(row -> new OpenInterest(row.time(), row.size(), Optional.empty()));
  }
}
