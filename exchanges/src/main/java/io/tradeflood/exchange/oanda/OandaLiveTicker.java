package io.tradeflood.exchange.oanda;

import io.tradeflood.binding.Availability;
import io.tradeflood.binding.LiveBinding;
import io.tradeflood.live.Feed;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Ticker;
import io.tradeflood.turn.Turn;
import java.time.Instant;
import java.util.Optional;

/** The best prices, as they change; nothing else of a ticker is told. */
public interface OandaLiveTicker extends LiveBinding<OandaStream, NowQuery, Ticker> {
  @Override
  default Availability availability(OandaStream oanda, NowQuery query, Instant now) {
    return oanda.lacks().map(Availability::cannot).orElseGet(Availability::can);
  }

  @Override
  default Turn<Feed<Ticker>> plan(OandaStream oanda, NowQuery query) {
    return oanda
        .prices(oanda.nameOf(query.symbol()))
        .map(prices -> prices.map(OandaLiveTicker::ticker));
  }

  private static Ticker ticker(OandaPrice price) {
    var bid = price.bids().stream().findFirst();
    var ask = price.asks().stream().findFirst();
    return new Ticker(
        price.time(),
        bid.map(OrderBook.Level::price),
        bid.map(OrderBook.Level::size),
        ask.map(OrderBook.Level::price),
        ask.map(OrderBook.Level::size),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
