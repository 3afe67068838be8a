package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.OrderBook;
import io.tradeflood.turn.Turn;
import java.util.Optional;
import java.util.OptionalInt;

/** The order book of contracts; how deep the deepest one is, is not documented. */
public interface BitgetMixBook extends SnapshotBinding<BitgetMixRest, BookQuery, OrderBook> {
  @Override
  default Turn<OrderBook> plan(BitgetMixRest bitget, BookQuery query) {
    var book =
        bitget.mergeDepth(
            bitget.productTypeOf(query.symbol()),
            bitget.nameOf(query.symbol()),
            atLeast(query.depth()));
    return BitgetFailures.naming(query.symbol(), bitget, book)
        .map(BitgetModels::book)
        .map(all -> all.top(query.depth().orElse(Integer.MAX_VALUE)));
  }

  private static Optional<String> atLeast(OptionalInt wanted) {
    if (wanted.isEmpty()) return Optional.empty();
    return Optional.of(
        BitgetMixRest.DEPTHS.stream()
            .filter(depth -> depth >= wanted.getAsInt())
            .findFirst()
            .map(depth -> Integer.toString(depth))
            .orElse("max"));
  }
}
