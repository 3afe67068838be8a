package io.tradeflood.exchange.binance;

import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.MarkPrice;
import io.tradeflood.model.NowQuery;
import io.tradeflood.turn.Turn;

/** The mark price of USDⓈ-M, every second. */
public interface BinanceFuturesLiveMarkPrice
    extends LiveBinding<BinanceFuturesStream, NowQuery, MarkPrice> {
  @Override
  default Turn<Feed<MarkPrice>> plan(BinanceFuturesStream binance, NowQuery query) {
    return binance
        .markPrices(binance.nameOf(query.symbol()))
        .map(rows -> rows.map(row -> new MarkPrice(row.time(), row.markPrice())));
  }
}
