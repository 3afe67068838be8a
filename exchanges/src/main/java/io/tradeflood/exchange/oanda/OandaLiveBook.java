package io.tradeflood.exchange.oanda;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.OrderBook;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What OANDA would trade at which price, some levels a side, whole each time. */
public interface OandaLiveBook extends LiveBinding<OandaStream, BookQuery, OrderBook> {
  @Override
  default Availability availability(OandaStream oanda, BookQuery query, Instant now) {
    return oanda.lacks().map(Availability::cannot).orElseGet(Availability::can);
  }

  @Override
  default Turn<Feed<OrderBook>> plan(OandaStream oanda, BookQuery query) {
    int depth = query.depth().orElse(Integer.MAX_VALUE);
    return oanda
        .prices(oanda.nameOf(query.symbol()))
        .map(prices -> prices.map(price -> book(price).top(depth)));
  }

  private static OrderBook book(OandaPrice price) {
    return new OrderBook(
        Optional.of(price.time()), OptionalLong.empty(), price.bids(), price.asks());
  }
}
