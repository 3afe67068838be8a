package io.tradeflood.exchange.binance;

import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.IndexPrice;
import io.tradeflood.model.NowQuery;
import io.tradeflood.turn.Turn;

/** The index price behind contracts of USDⓈ-M, every second. */
public interface BinanceFuturesLiveIndexPrice
    extends LiveBinding<BinanceFuturesStream, NowQuery, IndexPrice> {
  @Override
  default Turn<Feed<IndexPrice>> plan(BinanceFuturesStream binance, NowQuery query) {
    return binance
        .markPrices(binance.nameOf(query.symbol()))
        .map(rows -> rows.map(row -> new IndexPrice(row.time(), row.indexPrice())));
  }
}
