package io.tradeflood.exchange.binance;

import io.tradeflood.turn.Failure;

/** How deep books begin. */
final class BinanceBooks {
  /** By this name users set it, for a stream. */
  private static final String SETTING = "bookDepth";

  private BinanceBooks() {}

  /** What the user set, or else the standard. */
  static int depth(BinanceStream binance, int standard, int deepest) {
    String set = binance.context().settings().get(SETTING).orElse(String.valueOf(standard));
    int depth = set.matches("[0-9]{1,6}") ? Integer.parseInt(set) : 0;
    if (depth < 1 || depth > deepest)
      throw new Failure.Unsupported(
          "%s of %s is %s: set a number of levels from 1 to %d"
              .formatted(SETTING, binance.context().hostName(), set, deepest));
    return depth;
  }
}
