package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.IndexPrice;
import io.tradeflood.model.NowQuery;
import io.tradeflood.turn.Turn;
import java.time.Instant;

/** The index price behind contracts, some times a second. */
public interface BitgetLiveIndexPrice extends LiveBinding<BitgetStream, NowQuery, IndexPrice> {
  @Override
  default Availability availability(BitgetStream bitget, NowQuery query, Instant now) {
    return BitgetContracts.availability(query.symbol(), "index prices");
  }

  @Override
  default Turn<Feed<IndexPrice>> plan(BitgetStream bitget, NowQuery query) {
    return BitgetContracts.told(
        bitget,
        query.symbol(),
        row -> row.indexPrice().map(price -> new IndexPrice(row.ticker().time(), price)));
  }
}
