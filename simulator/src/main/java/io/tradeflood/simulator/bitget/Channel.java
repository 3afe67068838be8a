package io.tradeflood.simulator.bitget;

import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.wire.Json;

/**
 * What was subscribed to.
 *
 * @param product {@code SPOT}, {@code USDT-FUTURES} and so on
 * @param name {@code trade}, {@code books} and so on
 */
record Channel(String product, String name, Listing listing) {
  boolean isSpot() {
    return product.equals("SPOT");
  }

  /** Begins a push up to its list of data. */
  Json begin(Json json, boolean snapshot) {
    json.beginObject().field("action", snapshot ? "snapshot" : "update");
    return arg(json.name("arg")).name("data").beginArray();
  }

  /** Ends a push after its data. */
  void end(Json json, long time) {
    json.endArray().field("ts", time).endObject();
  }

  Json arg(Json json) {
    json.beginObject().field("instType", product).field("channel", name);
    return json.field("instId", listing.instrument().symbol()).endObject();
  }
}
