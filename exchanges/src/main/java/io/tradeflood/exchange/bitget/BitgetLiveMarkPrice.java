package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.MarkPrice;
import io.tradeflood.model.NowQuery;
import io.tradeflood.turn.Turn;
import java.time.Instant;

/** The mark price of contracts, some times a second. */
public interface BitgetLiveMarkPrice extends LiveBinding<BitgetStream, NowQuery, MarkPrice> {
  @Override
  default Availability availability(BitgetStream bitget, NowQuery query, Instant now) {
    return BitgetContracts.availability(query.symbol(), "mark prices");
  }

  @Override
  default Turn<Feed<MarkPrice>> plan(BitgetStream bitget, NowQuery query) {
    return BitgetContracts.told(
        bitget,
        query.symbol(),
        row -> row.markPrice().map(price -> new MarkPrice(row.ticker().time(), price)));
  }
}
