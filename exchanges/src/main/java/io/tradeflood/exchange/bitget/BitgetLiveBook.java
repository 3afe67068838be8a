package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.BookBinding;
import io.tradeflood.live.BookRules;
import io.tradeflood.live.BookStream;
import io.tradeflood.live.InterleavedCrc;
import io.tradeflood.model.Symbol;
import io.tradeflood.turn.Turn;

/**
 * The whole book of spot and of contracts, from its changes. The stream begins with the book
 * itself; its numbers grow with holes, so that they tell what is old, and a checksum tells what is
 * missing.
 */
public interface BitgetLiveBook extends BookBinding<BitgetStream> {
  /** How many levels of each side the checksum is of. */
  int CHECKED = 25;

  @Override
  default Turn<BookStream> changes(BitgetStream bitget, Symbol symbol) {
    return bitget.books(bitget.typeOf(symbol), bitget.nameOf(symbol));
  }

  @Override
  default BookRules rules() {
    return BookRules.growing().with(new InterleavedCrc(CHECKED));
  }
}
