package acme;

import io.tradeflood.exchange.bitget.BitgetBook;
import io.tradeflood.exchange.bitget.BitgetSpotRest;
import io.tradeflood.turn.Turn;
import java.util.OptionalInt;

/**
 * One endpoint of a built-in connector, replaced: however shallow a book is asked for, the request
 * is the same, so all who ask share it; the binding cuts it to their depth. Used wherever {@link
 * BitgetSpotRest} is, because it is one, and the most derived; everything else is inherited.
 */
public interface ThriftyBitget extends BitgetSpotRest {
  @Override
  default Turn<BitgetBook> orderbook(String symbol, OptionalInt limit) {
    return BitgetSpotRest.super.orderbook(symbol, OptionalInt.of(DEEPEST));
  }
}
