package io.tradeflood.exchange.binance;

import io.tradeflood.binding.BookBinding;
import io.tradeflood.live.BookRules;
import io.tradeflood.live.BookStream;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Symbol;
import io.tradeflood.turn.Turn;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The whole book of spot, from its changes. It begins with a book by REST, of 1000 levels a side
 * unless {@code bookDepth} is set for the stream: one of 5000 weighs five times as much, and of a
 * minute's weight 24 of them can be had rather than 120. Deeper than that nothing is told.
 */
public interface BinanceSpotLiveBook extends BookBinding<BinanceSpotStream> {
  /** How deep a book begins unless somebody set it. */
  int DEPTH = 1000;

  @Override
  default Turn<BookStream> changes(BinanceSpotStream binance, Symbol symbol) {
    return binance.depthUpdates(binance.nameOf(symbol));
  }

  @Override
  default Optional<Turn<OrderBook>> snapshot(BinanceSpotStream binance, Symbol symbol) {
    var rest = connector(BinanceSpotRest.class);
    return Optional.of(
        BinanceFailures.naming(
                symbol, rest, rest.depth(rest.nameOf(symbol), OptionalInt.of(depth(binance))))
            .map(BinanceModels::book));
  }

  @Override
  default BookRules rules() {
    return BookRules.spanning().cutAt(depth(connector(BinanceSpotStream.class)));
  }

  private static int depth(BinanceSpotStream binance) {
    return BinanceBooks.depth(binance, DEPTH, BinanceSpotRest.DEEPEST);
  }
}
