package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.OpenInterest;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.Optional;

/** What is open in contracts, some times a second, changed or not. */
public interface BitgetLiveOpenInterest extends LiveBinding<BitgetStream, NowQuery, OpenInterest> {
  @Override
  default Availability availability(BitgetStream bitget, NowQuery query, Instant now) {
    return BitgetContracts.availability(query.symbol(), "open interest");
  }

  @Override
  default Turn<Feed<OpenInterest>> plan(BitgetStream bitget, NowQuery query) {
    return BitgetContracts.told(
        bitget,
        query.symbol(),
        row ->
            row.holdingAmount()
                .map(size -> new OpenInterest(row.ticker().time(), size, Optional.empty())));
  }
}
