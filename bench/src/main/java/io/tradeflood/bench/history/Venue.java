package io.tradeflood.bench.history;

import java.util.List;

/** Where minutes are read, and what that costs there at the least. */
enum Venue {
  /** Spot of Binance: a page of 1000 weighs 2, 6000 a minute. */
  BINANCE_SPOT(
      "binance",
      "BTC/USDT ETH/USDT BNB/USDT XRP/USDT DOGE/USDT",
      "binance spot weight",
      60,
      1000,
      2,
      1000),

  /** USD-M futures of Binance: the cheapest page is of 499, which weighs 2; 2400 a minute. */
  BINANCE_USDM(
      "binance",
      "BTC/USDT:USDT ETH/USDT:USDT XRP/USDT:USDT",
      "binance usdm weight",
      60,
      499,
      2,
      1500),

  /**
   * Spot of Bitget: a page is of 200, one of which makes sure of its bounds, which are soft; 20 a
   * second.
   */
  BITGET_SPOT("bitget", "BTC/USDT", "bitget /api/v2/spot/market/history-candles", 1, 199, 1, 200);

  private final String exchange;
  private final List<String> symbols;
  private final String limit;
  private final int windowSeconds;
  private final int page;
  private final int weight;
  private final int longest;

  Venue(
      String exchange,
      String symbols,
      String limit,
      int windowSeconds,
      int page,
      int weight,
      int longest) {
    this.exchange = exchange;
    this.symbols = List.of(symbols.split(" "));
    this.limit = limit;
    this.windowSeconds = windowSeconds;
    this.page = page;
    this.weight = weight;
    this.longest = longest;
  }

  String exchange() {
    return exchange;
  }

  /** What is traded there every minute. */
  List<String> symbols() {
    return symbols;
  }

  /** The simulator's name of the limit that is reached first. */
  String limit() {
    return limit;
  }

  int windowSeconds() {
    return windowSeconds;
  }

  /** The page size that peers are given: the longest. */
  int longestPage() {
    return longest;
  }

  /** How many requests so many rows need. */
  long requestsFor(long rows) {
    return Math.ceilDiv(rows, page);
  }

  /** What so many rows weigh at the least. */
  long weightOf(long rows) {
    return requestsFor(rows) * weight;
  }

  /** The connector's name, by which it is pointed elsewhere. */
  String hostName() {
    return switch (this) {
      case BINANCE_SPOT -> "binance.spot-rest";
      case BINANCE_USDM -> "binance.futures-rest";
      case BITGET_SPOT -> "bitget.spot-rest";
    };
  }

  String words() {
    return switch (this) {
      case BINANCE_SPOT -> "binance spot";
      case BINANCE_USDM -> "binance usd-m";
      case BITGET_SPOT -> "bitget spot";
    };
  }
}
