package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Ticker;
import io.tradeflood.turn.Turn;

/** The ticker of contracts; all of a product type at once where many are asked for. */
public interface BitgetMixTicker extends SnapshotBinding<BitgetMixRest, NowQuery, Ticker> {
  @Override
  default Turn<Ticker> plan(BitgetMixRest bitget, NowQuery query) {
    String productType = bitget.productTypeOf(query.symbol());
    String name = bitget.nameOf(query.symbol());
    var rows = bitget.ticker(productType, name).orFrom(bitget.tickers(productType), all -> all);
    return BitgetFailures.naming(
            query.symbol(), bitget, rows.map(all -> BitgetReads.named(name, all)))
        .map(BitgetModels::ticker);
  }
}
