package io.tradeflood.acme;

import io.tradeflood.binding.BookBinding;
import io.tradeflood.live.BookRules;
import io.tradeflood.live.BookStream;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Symbol;
import io.tradeflood.turn.Turn;
import java.util.Optional;

/** The book of Acme's spot market. */
public interface AcmeLiveBook extends BookBinding<AcmeStream> {
  @Override
  default Turn<BookStream> changes(AcmeStream acme, Symbol symbol) {
    return acme.book(symbol.toString());
  }

  @Override
  default Optional<Turn<OrderBook>> snapshot(AcmeStream acme, Symbol symbol) {
    return Optional.of(connector(AcmeRest.class).book(symbol.toString()));
  }

  @Override
  default BookRules rules() {
    return BookRules.spanning();
  }
}
