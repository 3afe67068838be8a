package io.tradeflood.exchange.binance;

import io.tradeflood.model.Symbol;

/** The exchange's names of instruments. */
final class BinanceNames {
  private BinanceNames() {}

  /** Base and quote, glued. */
  static String spot(Symbol symbol) {
    return symbol.join("");
  }

  /** {@code BTCUSDT}, or with its day of delivery {@code BTCUSDT_261225}. */
  static String futures(Symbol symbol) {
    return symbol.join("")
        + symbol.expiry().map(day -> "_" + BinanceContractRest.DELIVERY.format(day)).orElse("");
  }
}
