package io.tradeflood.exchange.binance;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.OrderBook;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * The order book of contracts, at most 1000 levels a side.
 *
 * @param <C> the market
 */
public interface BinanceContractBook<C extends BinanceContractRest>
    extends SnapshotBinding<C, BookQuery, OrderBook> {
  @Override
  default Availability availability(C binance, BookQuery query, Instant now) {
    int deepest = BinanceContractRest.DEPTHS.getLast();
    return query.depth().orElse(1) <= deepest
        ? Availability.can()
        : Availability.cannot(
            "binance gives books of at most %d levels on futures: ask for a depth of that or less"
                .formatted(deepest));
  }

  @Override
  default Turn<OrderBook> plan(C binance, BookQuery query) {
    var depth = binance.depth(binance.nameOf(query.symbol()), atLeast(query.depth()));
    return BinanceFailures.naming(query.symbol(), binance, depth)
        .map(BinanceModels::book)
        .map(book -> book.top(query.depth().orElse(Integer.MAX_VALUE)));
  }

  private static OptionalInt atLeast(OptionalInt wanted) {
    return wanted.isEmpty()
        ? wanted
        : BinanceContractRest.DEPTHS.stream()
            .mapToInt(depth -> depth)
            .filter(depth -> depth >= wanted.getAsInt())
            .findFirst();
  }
}
