package io.tradeflood.simulator.market;

/** A market place with instruments, trades and prices of its own. */
public enum Venue {
  BINANCE_SPOT,
  BINANCE_USDM,
  BINANCE_COINM,
  BITGET_SPOT,
  BITGET_USDT_FUTURES,
  BITGET_COIN_FUTURES,
  BITGET_USDC_FUTURES,
  OANDA;

  /** Bitget's numbers of trades are beyond what a floating-point number can hold. */
  private static final long BITGET_FIRST = 1_100_000_000_000_000_001L;

  /** What the venue numbers the first trade of each instrument with. */
  public long firstTradeId() {
    return switch (this) {
      case BINANCE_SPOT, BINANCE_USDM, BINANCE_COINM, OANDA -> 0;
      case BITGET_SPOT, BITGET_USDT_FUTURES, BITGET_COIN_FUTURES, BITGET_USDC_FUTURES ->
          BITGET_FIRST;
    };
  }

  /**
   * By how much the number of a book's update is above that of the one before: where several books
   * are counted together, the numbers of one have holes.
   */
  public long updateStride() {
    return switch (this) {
      case BINANCE_SPOT, OANDA -> 1;
      case BINANCE_USDM, BINANCE_COINM -> 3;
      case BITGET_SPOT, BITGET_USDT_FUTURES, BITGET_COIN_FUTURES, BITGET_USDC_FUTURES -> 7;
    };
  }
}
