package io.tradeflood.bench.json;

import java.util.List;
import java.util.Locale;

/** A kind of page, and where the exchange serves it. */
enum Kind {
  KLINES("/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=1000"),
  DEPTH("/api/v3/depth?symbol=BTCUSDT&limit=1000"),
  TRADES("/fapi/v1/aggTrades?symbol=BTCUSDT&limit=1000");

  static final List<Kind> ALL = List.of(values());

  private final String path;

  Kind(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How many rows it has: levels of both sides are rows too. */
  int rows() {
    return this == DEPTH ? 2000 : 1000;
  }
}
