package io.tradeflood.simulator.binance;

import io.tradeflood.simulator.wire.Json;

/** An answer with the number of rows in it. */
record Page(Json json, int rows) {
  static Page of(Json json) {
    return new Page(json, 1);
  }
}
