package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.OrderBook;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The best 1, 5 or 15 levels of a book, told whole each time. */
public interface BitgetLivePartialBook extends LiveBinding<BitgetStream, BookQuery, OrderBook> {
  /** How many levels there can be. */
  List<Integer> DEPTHS = List.of(1, 5, 15);

  @Override
  default Availability availability(BitgetStream bitget, BookQuery query, Instant now) {
    return query.depth().isPresent() && DEPTHS.contains(query.depth().getAsInt())
        ? Availability.can()
        : Availability.cannot(
            "bitget streams parts of a book of %s levels a side: ask for one of these"
                .formatted(DEPTHS.stream().map(String::valueOf).collect(Collectors.joining(", "))));
  }

  @Override
  default Turn<Feed<OrderBook>> plan(BitgetStream bitget, BookQuery query) {
    return bitget
        .partialBooks(
            bitget.typeOf(query.symbol()),
            bitget.nameOf(query.symbol()),
            query.depth().orElse(DEPTHS.getLast()))
        .map(books -> books.map(BitgetModels::book));
  }
}
