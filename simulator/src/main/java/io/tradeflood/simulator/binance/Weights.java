package io.tradeflood.simulator.binance;

import java.util.OptionalLong;

/**
 * Weights that depend on the parameters. What is wrong in a parameter is not for the weight to say.
 */
final class Weights {
  private static final String SYMBOL = "symbol";

  private Weights() {}

  /** Spot depth: 5, 25, 50, 250 for up to 100, 500, 1000, 5000 levels. */
  static int spotDepth(Params params) {
    long limit = limit(params).orElse(100);
    if (limit <= 100) {
      return 5;
    }
    if (limit <= 500) {
      return 25;
    }
    return limit <= 1000 ? 50 : 250;
  }

  /** Futures depth: 2, 5, 10, 20 for up to 50, 100, 500, 1000 levels. */
  static int futuresDepth(Params params) {
    long limit = limit(params).orElse(500);
    if (limit <= 50) {
      return 2;
    }
    if (limit <= 100) {
      return 5;
    }
    return limit <= 500 ? 10 : 20;
  }

  /** Futures candles: 1 below 100, 2 below 500, 5 up to 1000, 10 beyond. */
  static int futuresKlines(Params params) {
    long limit = limit(params).orElse(500);
    if (limit < 100) {
      return 1;
    }
    if (limit < 500) {
      return 2;
    }
    return limit <= 1000 ? 5 : 10;
  }

  /** Spot statistics of a day: 2 for up to 20 symbols, 40 for up to 100, 80 beyond. */
  static int spotDay(Params params) {
    if (params.text(SYMBOL).isPresent()) {
      return 2;
    }
    if (params.text("symbols").isEmpty()) {
      return 80;
    }
    int symbols = symbols(params);
    if (symbols <= 20) {
      return 2;
    }
    return symbols <= 100 ? 40 : 80;
  }

  /** Spot statistics of a window: 4 a symbol, at most 200. */
  static int spotWindow(Params params) {
    return params.text("symbols").isEmpty() ? 4 : Math.min(200, 4 * symbols(params));
  }

  /** One weight with a symbol, another for all. */
  static Endpoint.Weight oneOrAll(int one, int all) {
    return params -> params.text(SYMBOL).isPresent() ? one : all;
  }

  private static int symbols(Params params) {
    return (int) params.text("symbols").orElse("").chars().filter(c -> c == ',').count() + 1;
  }

  private static OptionalLong limit(Params params) {
    try {
      return params.text("limit").stream().mapToLong(Long::parseLong).findFirst();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
