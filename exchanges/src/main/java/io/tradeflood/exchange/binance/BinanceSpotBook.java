package io.tradeflood.exchange.binance;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.OrderBook;
import io.tradeflood.turn.Turn;
import java.time.Instant;

/** The order book of spot, at most 5000 levels a side, without a time. */
public interface BinanceSpotBook extends SnapshotBinding<BinanceSpotRest, BookQuery, OrderBook> {
  @Override
  default Availability availability(BinanceSpotRest binance, BookQuery query, Instant now) {
    return query.depth().orElse(1) <= BinanceSpotRest.DEEPEST
        ? Availability.can()
        : Availability.cannot(
            "binance gives books of at most %d levels on spot: ask for a depth of that or less"
                .formatted(BinanceSpotRest.DEEPEST));
  }

  @Override
  default Turn<OrderBook> plan(BinanceSpotRest binance, BookQuery query) {
    var depth = binance.depth(binance.nameOf(query.symbol()), query.depth());
    return BinanceFailures.naming(query.symbol(), binance, depth).map(BinanceModels::book);
  }
}
