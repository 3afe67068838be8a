package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.PolledBinding;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Ticker;
import io.tradeflood.turn.Turn;

/** The ticker of all markets; all of a category at once where many are asked for. */
public interface BitgetUnifiedTicker extends PolledBinding<BitgetUnifiedRest, NowQuery, Ticker> {
  @Override
  default Turn<Ticker> plan(BitgetUnifiedRest bitget, NowQuery query) {
    String category = bitget.categoryOf(query.symbol());
    String name = bitget.nameOf(query.symbol());
    var rows = bitget.tickers(category, name).orFrom(bitget.tickers(category), all -> all);
    return BitgetFailures.naming(
            query.symbol(), bitget, rows.map(all -> BitgetReads.named(name, all)))
        .map(BitgetModels::ticker);
  }
}
