package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.MarkPrice;
import io.tradeflood.model.NowQuery;
import io.tradeflood.turn.Turn;

/** The mark price of contracts. */
public interface BitgetMixMarkPrice extends SnapshotBinding<BitgetMixRest, NowQuery, MarkPrice> {
  @Override
  default Turn<MarkPrice> plan(BitgetMixRest bitget, NowQuery query) {
    var prices =
        bitget.symbolPrice(bitget.productTypeOf(query.symbol()), bitget.nameOf(query.symbol()));
    return BitgetFailures.naming(query.symbol(), bitget, prices)
        .map(row -> new MarkPrice(row.time(), row.markPrice()));
  }
}
