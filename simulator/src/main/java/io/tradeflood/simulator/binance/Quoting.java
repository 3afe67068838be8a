package io.tradeflood.simulator.binance;

import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.Venue;
import io.tradeflood.simulator.wire.Json;

/** How streams write numbers: spot with eight decimals, contracts with as many as the step has. */
record Quoting(Instrument instrument) {
  boolean isSpot() {
    return instrument.venue() == Venue.BINANCE_SPOT;
  }

  Json price(Json json, String name, long price) {
    return decimal(json.name(name), price, instrument.priceScale());
  }

  Json size(Json json, String name, long size) {
    return decimal(json.name(name), size, instrument.sizeScale());
  }

  Json quote(Json json, String name, long quote) {
    return decimal(json.name(name), quote, instrument.quoteScale());
  }

  /** A level of a book. */
  Json level(Json json, long price, long size) {
    decimal(json.beginArray(), price, instrument.priceScale());
    return decimal(json, size, instrument.sizeScale()).endArray();
  }

  private Json decimal(Json json, long mantissa, int scale) {
    return json.text(mantissa, scale, isSpot() ? 8 : scale);
  }

  /** Begins an event: its type, its moment, its symbol; contracts tell their kind as well. */
  Json event(Json json, String type, long time) {
    json.beginObject().field("e", type).field("E", time).field("s", instrument.symbol());
    return isSpot() ? json : json.field("st", 1).field("ps", instrument.pair());
  }
}
