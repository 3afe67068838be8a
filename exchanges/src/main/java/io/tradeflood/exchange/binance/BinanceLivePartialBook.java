package io.tradeflood.exchange.binance;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.OrderBook;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The best levels of a book, told whole each time: 5, 10 or 20 of a side ten times a second, or the
 * best one whenever it changes.
 *
 * @param <C> the market
 */
public interface BinanceLivePartialBook<C extends BinanceStream>
    extends LiveBinding<C, BookQuery, OrderBook> {
  /** How many levels there can be. */
  List<Integer> DEPTHS = List.of(1, 5, 10, 20);

  @Override
  default Availability availability(C binance, BookQuery query, Instant now) {
    return query.depth().isPresent() && DEPTHS.contains(query.depth().getAsInt())
        ? Availability.can()
        : Availability.cannot(
            "binance streams parts of a book of %s levels a side: ask for one of these"
                .formatted(DEPTHS.stream().map(String::valueOf).collect(Collectors.joining(", "))));
  }

  @Override
  default Turn<Feed<OrderBook>> plan(C binance, BookQuery query) {
    String name = binance.nameOf(query.symbol());
    int depth = query.depth().orElse(DEPTHS.getLast());
    var rows = depth == 1 ? binance.bookTickers(name) : binance.partialDepth(name, depth);
    return rows.map(books -> books.map(BinanceModels::book));
  }
}
