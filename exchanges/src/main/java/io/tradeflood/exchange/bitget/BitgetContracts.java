package io.tradeflood.exchange.bitget;

import io.tradeflood.binding.Availability;
import io.tradeflood.live.Feed;
import io.tradeflood.model.Symbol;
import io.tradeflood.turn.Turn;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the tickers of contracts tell beside the last 24 hours. */
final class BitgetContracts {
  private BitgetContracts() {}

  static Availability availability(Symbol symbol, String what) {
    return symbol.isSpot()
        ? Availability.cannot(
            "bitget tells %s of contracts only, and %s is none: ask for its perpetual"
                .formatted(what, symbol))
        : Availability.can();
  }

  /** A model of each ticker that tells of it. */
  static <M> Turn<Feed<M>> told(
      BitgetStream bitget, Symbol symbol, Function<BitgetTickerEvent, Optional<M>> model) {
    return bitget
        .tickers(bitget.typeOf(symbol), bitget.nameOf(symbol))
        .map(rows -> rows.flatMap(row -> model.apply(row).map(List::of).orElseGet(List::of)));
  }
}
