package io.tradeflood.simulator.bitget;

import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.Kind;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.wire.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What version 3 lists. */
final class UnifiedLists {
  private UnifiedLists() {}

  /** {@code v3/market/instruments}: of a category. */
  static Page instruments(Params params, Json json) {
    List<Listing> listings = params.allOfCategory();
    String category = params.required("category").toUpperCase(Locale.ROOT);
    json.beginArray();
    for (Listing listing : listings) {
      instrument(json, category, listing.instrument());
    }
    return new Page(json.endArray(), listings.size());
  }

  private static void instrument(Json json, String category, Instrument instrument) {
    json.beginObject().field("symbol", instrument.symbol()).field("category", category);
    json.field("baseCoin", instrument.base()).field("quoteCoin", instrument.quote());
    json.field("buyLimitPriceRatio", "0.05").field("sellLimitPriceRatio", "0.05");
    json.name("minOrderQty").trimmed(1, instrument.sizeScale());
    json.field("maxOrderQty", "1200");
    json.name("pricePrecision").text(instrument.priceScale());
    json.name("quantityPrecision").text(instrument.sizeScale());
    json.field("minOrderAmount", "5").field("maxSymbolOrderNum", "400").field("status", "online");
    json.field("maintainTime", "").field("symbolType", "crypto");
    if (instrument.kind() == Kind.SPOT) {
      json.name("quotePrecision").text(instrument.quoteScale());
    } else {
      contract(json, instrument);
    }
    json.endObject();
  }

  private static void contract(Json json, Instrument instrument) {
    boolean perpetual = instrument.kind() == Kind.PERPETUAL;
    json.field("isRwa", "NO").field("makerFeeRate", "0.0002").field("takerFeeRate", "0.0006");
    json.field("quotePrecision", "");
    json.name("priceMultiplier").trimmed(instrument.tick(), instrument.priceScale());
    json.name("quantityMultiplier").trimmed(1, instrument.sizeScale());
    json.field("type", perpetual ? "perpetual" : "delivery");
    json.field("offTime", "-1").field("limitOpenTime", "-1");
    json.field("deliveryTime", perpetual ? "" : millis(instrument.ended().orElseThrow()));
    json.field("deliveryStartTime", perpetual ? "" : millis(instrument.listed()));
    json.field("deliveryPeriod", perpetual ? "" : "this_quarter");
    json.field("launchTime", millis(instrument.listed()));
    json.name("fundInterval").text(instrument.fundingHours());
    json.field("minLeverage", "1").field("maxLeverage", "125");
  }

  private static String millis(Instant moment) {
    return Long.toString(moment.toEpochMilli());
  }
}
