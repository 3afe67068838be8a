package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Ticker;
import io.tradeflood.turn.Turn;

/** The ticker of spot; all tickers at once where many are asked for. */
public interface BitgetSpotTicker extends SnapshotBinding<BitgetSpotRest, NowQuery, Ticker> {
  @Override
  default Turn<Ticker> plan(BitgetSpotRest bitget, NowQuery query) {
    String name = bitget.nameOf(query.symbol());
    var rows = bitget.tickers(name).orFrom(bitget.tickers(), all -> all);
    return BitgetFailures.naming(
            query.symbol(), bitget, rows.map(all -> BitgetReads.named(name, all)))
        .map(BitgetModels::ticker);
  }
}
