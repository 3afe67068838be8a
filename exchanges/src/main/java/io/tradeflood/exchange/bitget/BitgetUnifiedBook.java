package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.OrderBook;
import io.tradeflood.turn.Turn;
import java.time.Instant;

/** The order book of all markets, at most 200 levels a side. */
public interface BitgetUnifiedBook
    extends SnapshotBinding<BitgetUnifiedRest, BookQuery, OrderBook> {
  @Override
  default Availability availability(BitgetUnifiedRest bitget, BookQuery query, Instant now) {
    return query.depth().orElse(1) <= BitgetUnifiedRest.DEEPEST
        ? Availability.can()
        : Availability.cannot(
            "bitget-unified gives books of at most %d levels: ask for a depth of that or less"
                .formatted(BitgetUnifiedRest.DEEPEST));
  }

  @Override
  default Turn<OrderBook> plan(BitgetUnifiedRest bitget, BookQuery query) {
    var book =
        bitget.orderbook(
            bitget.categoryOf(query.symbol()), bitget.nameOf(query.symbol()), query.depth());
    return BitgetFailures.naming(query.symbol(), bitget, book)
        .map(BitgetModels::book)
        .map(all -> all.top(query.depth().orElse(Integer.MAX_VALUE)));
  }
}
