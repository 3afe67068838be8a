package io.tradeflood.simulator.market;

/** A market place with instruments, trades and prices of its own. */
public enum Venue {
  BINANCE_SPOT,
  BINANCE_USDM,
  BINANCE_COINM,
  BITGET_SPOT,
  BITGET_USDT_FUTURES,
  BITGET_COIN_FUTURES,
  BITGET_USDC_FUTURES
}
