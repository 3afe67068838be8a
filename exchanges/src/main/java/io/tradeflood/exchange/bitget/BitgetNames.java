package io.tradeflood.exchange.bitget;

import io.tradeflood.model.Symbol;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The exchange's names of contracts, both ways. */
final class BitgetNames {
  private static final DateTimeFormatter DELIVERY =
      DateTimeFormatter.ofPattern("yyMMdd", Locale.ROOT);

  private BitgetNames() {}

  static String productType(Symbol symbol) {
    if (symbol.isInverse()) return BitgetMixRest.COIN;
    return symbol.quote().equals("USDC") ? BitgetMixRest.USDC : BitgetMixRest.USDT;
  }

  /**
   * {@code BTCUSDT}, {@code BTCUSD}, delivered {@code ETHUSD_231229}; settled in USDC {@code
   * BTCPERP}.
   */
  static String contract(Symbol symbol) {
    boolean inUsdc = symbol.isLinear() && symbol.quote().equals("USDC") && symbol.isSwap();
    return inUsdc
        ? symbol.base() + "PERP"
        : symbol.join("") + symbol.expiry().map(day -> "_" + DELIVERY.format(day)).orElse("");
  }

  /**
   * A contract's symbol, by its coins, the contracts it is one of, and the day in its name.
   *
   * @param inverse whether it is settled in its base currency
   */
  static Symbol contract(BitgetSymbol row, boolean inverse) {
    String settle = inverse ? row.baseCoin() : row.quoteCoin();
    String tail = row.symbol().substring(row.symbol().lastIndexOf('_') + 1);
    if (tail.matches("[0-9]{6}"))
      return Symbol.future(
          row.baseCoin(), row.quoteCoin(), settle, LocalDate.parse(tail, DELIVERY));
    return row.delivered() && row.delivery().isPresent()
        ? Symbol.future(
            row.baseCoin(),
            row.quoteCoin(),
            settle,
            LocalDate.ofInstant(row.delivery().get(), ZoneOffset.UTC))
        : Symbol.swap(row.baseCoin(), row.quoteCoin(), settle);
  }
}
