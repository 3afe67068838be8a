package io.tradeflood.simulator.market;

import java.time.Instant;

/** What the tests of the market have in common. */
final class Markets {
  static final long NOW = Instant.parse("2025-03-14T09:26:53.589Z").toEpochMilli();
  static final Market MARKET = new Market(7);

  private Markets() {}

  static Listing spot(String symbol) {
    return MARKET.find(Venue.BINANCE_SPOT, symbol, NOW).orElseThrow();
  }

  static Listing contract(String symbol) {
    return MARKET.find(Venue.BINANCE_USDM, symbol, NOW).orElseThrow();
  }
}
