package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.OrderBook;
import io.tradeflood.turn.Turn;
import java.time.Instant;

/** The order book of spot, at most 150 levels a side. */
public interface BitgetSpotBook extends SnapshotBinding<BitgetSpotRest, BookQuery, OrderBook> {
  @Override
  default Availability availability(BitgetSpotRest bitget, BookQuery query, Instant now) {
    return query.depth().orElse(1) <= BitgetSpotRest.DEEPEST
        ? Availability.can()
        : Availability.cannot(
            "bitget gives books of at most %d levels on spot: ask for a depth of that or less"
                .formatted(BitgetSpotRest.DEEPEST));
  }

  @Override
  default Turn<OrderBook> plan(BitgetSpotRest bitget, BookQuery query) {
    var book = bitget.orderbook(bitget.nameOf(query.symbol()), query.depth());
    return BitgetFailures.naming(query.symbol(), bitget, book)
        .map(BitgetModels::book)
        .map(all -> all.top(query.depth().orElse(Integer.MAX_VALUE)));
  }
}
