package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.IndexPrice;
import io.tradeflood.model.NowQuery;
import io.tradeflood.turn.Turn;

/** The index price behind contracts. */
public interface BitgetMixIndexPrice extends SnapshotBinding<BitgetMixRest, NowQuery, IndexPrice> {
  @Override
  default Turn<IndexPrice> plan(BitgetMixRest bitget, NowQuery query) {
    var prices =
        bitget.symbolPrice(bitget.productTypeOf(query.symbol()), bitget.nameOf(query.symbol()));
    return BitgetFailures.naming(query.symbol(), bitget, prices)
        .map(row -> new IndexPrice(row.time(), row.indexPrice()));
  }
}
