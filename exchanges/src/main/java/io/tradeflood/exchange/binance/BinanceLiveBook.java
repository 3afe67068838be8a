package io.tradeflood.exchange.binance;

import io.tradeflood.binding.BookBinding;
import io.tradeflood.live.BookStream;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Symbol;
import io.tradeflood.turn.Turn;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The whole book, from its changes. It begins with a book by REST, of {@link #DEPTH} levels a side
 * unless {@code bookDepth} is set for the stream; deeper than that nothing is told.
 *
 * @param <C> the market
 */
public interface BinanceLiveBook<C extends BinanceStream> extends BookBinding<C> {
  /** How deep a book begins unless somebody set it. */
  int DEPTH = 1000;

  /** Where the market's books begin. */
  BinanceRest rest();

  /** How deep a book begins: what the user set, or the next depth above it that there is. */
  int depth(C binance);

  @Override
  default Turn<BookStream> changes(C binance, Symbol symbol) {
    return binance.depthUpdates(binance.nameOf(symbol));
  }

  @Override
  default Optional<Turn<OrderBook>> snapshot(C binance, Symbol symbol) {
    var rest = rest();
    var depth = rest.depth(rest.nameOf(symbol), OptionalInt.of(depth(binance)));
    return Optional.of(BinanceFailures.naming(symbol, rest, depth).map(BinanceModels::book));
  }
}
