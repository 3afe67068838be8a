package io.tradeflood.binding;

import io.tradeflood.connector.Connector;
import io.tradeflood.live.BookRules;
import io.tradeflood.live.BookStream;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Symbol;
import io.tradeflood.turn.Turn;
import java.util.Optional;

/**
 * An order book, kept from a stream of changes. The library keeps the book: it buffers, fetches,
 * checks and begins anew; nothing is told before it is whole. The binding says where the changes
 * come from and by what rules they follow one another.
 */
public non-sealed interface BookBinding<C extends Connector>
    extends Binding<C, BookQuery, OrderBook> {

  /** The stream of the whole book's changes. */
  Turn<BookStream> changes(C connector, Symbol symbol);

  /**
   * Where the book begins, if the stream does not say so itself: a book with a sequence on the same
   * count as the changes. Fetched when the stream is connected, and again whenever it breaks.
   */
  default Optional<Turn<OrderBook>> snapshot(C connector, Symbol symbol) {
    return Optional.empty();
  }

  /** By what rules the changes follow one another. */
  BookRules rules();
}
