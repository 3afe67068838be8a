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
 * The whole book of USDⓈ-M, from its changes, each of which names the one before it. It begins with
 * a book by REST, of 1000 levels a side unless {@code bookDepth} is set for the stream; deeper than
 * that nothing is told.
 */
public interface BinanceFuturesLiveBook extends BookBinding<BinanceFuturesStream> {
  @Override
  default Turn<BookStream> changes(BinanceFuturesStream binance, Symbol symbol) {
    return binance.depthUpdates(binance.nameOf(symbol));
  }

  @Override
  default Optional<Turn<OrderBook>> snapshot(BinanceFuturesStream binance, Symbol symbol) {
    var rest = connector(BinanceFuturesRest.class);
    return Optional.of(
        BinanceFailures.naming(
                symbol, rest, rest.depth(rest.nameOf(symbol), OptionalInt.of(depth(binance))))
            .map(BinanceModels::book));
  }

  @Override
  default BookRules rules() {
    return BookRules.chained().cutAt(depth(connector(BinanceFuturesStream.class)));
  }

  private static int depth(BinanceFuturesStream binance) {
    int deepest = BinanceContractRest.DEPTHS.getLast();
    int wished = BinanceBooks.depth(binance, deepest, deepest);
    return BinanceContractRest.DEPTHS.stream()
        .filter(depth -> depth >= wished)
        .findFirst()
        .orElseThrow();
  }
}
