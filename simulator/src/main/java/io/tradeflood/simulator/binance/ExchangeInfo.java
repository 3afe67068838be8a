package io.tradeflood.simulator.binance;

import io.tradeflood.simulator.limit.LimitOptions;
import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.Kind;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.wire.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is traded, with its steps and the limits of the exchange. */
final class ExchangeInfo {
  /** The delivery date of a contract that is never delivered: the end of the year 2100. */
  private static final long NEVER = 4_133_404_800_000L;

  private static final List<String> SPOT_ORDERS =
      List.of(
          "LIMIT",
          "LIMIT_MAKER",
          "MARKET",
          "STOP_LOSS",
          "STOP_LOSS_LIMIT",
          "TAKE_PROFIT",
          "TAKE_PROFIT_LIMIT");
  private static final List<String> FUTURES_ORDERS =
      List.of(
          "LIMIT",
          "MARKET",
          "STOP",
          "STOP_MARKET",
          "TAKE_PROFIT",
          "TAKE_PROFIT_MARKET",
          "TRAILING_STOP_MARKET");

  private ExchangeInfo() {}

  /** {@code /api/v3/exchangeInfo}: all, one or several symbols, or those with a status. */
  static Page spot(Params params, LimitOptions limits) {
    List<Listing> listings = spotListings(params);
    Json json = new Json(64 * 1024).beginObject();
    json.field("timezone", "UTC").field("serverTime", params.stamp(params.now()));
    json.name("rateLimits").beginArray();
    rate(json, "REQUEST_WEIGHT", "MINUTE", 1, limits.limit(BinanceGuard.SPOT_WEIGHT));
    rate(json, "ORDERS", "SECOND", 10, 100);
    rate(json, "ORDERS", "DAY", 1, 200_000);
    rate(json, "RAW_REQUESTS", "MINUTE", 5, limits.limit(BinanceGuard.RAW_REQUESTS));
    json.endArray().name("exchangeFilters").beginArray().endArray();
    json.name("symbols").beginArray();
    for (Listing listing : listings) {
      spotSymbol(json, listing.instrument(), params);
    }
    return new Page(json.endArray().endObject(), listings.size());
  }

  private static List<Listing> spotListings(Params params) {
    var one = params.optionalListing();
    var some = params.optionalListings();
    String status = params.text("symbolStatus").orElse("");
    if (one.isPresent() || some.isPresent()) {
      if (!status.isEmpty() || params.text("permissions").isPresent()) {
        throw new BinanceError(400, -1128, "Combination of optional parameters invalid.");
      }
      return some.orElseGet(() -> List.of(one.orElseThrow()));
    }
    String permissions = params.text("permissions").orElse("SPOT");
    if (!permissions.contains("SPOT")) {
      return List.of();
    }
    List<Listing> listed = new ArrayList<>(Tickers.listed(params));
    listed.removeIf(
        listing -> !status.isEmpty() && !status.equals(spotStatus(listing.instrument(), params)));
    return listed;
  }

  private static String spotStatus(Instrument instrument, Params params) {
    return instrument.tradedAt(params.now()) ? "TRADING" : "BREAK";
  }

  private static void spotSymbol(Json json, Instrument instrument, Params params) {
    boolean trading = instrument.tradedAt(params.now());
    json.beginObject().field("symbol", instrument.symbol());
    json.field("status", spotStatus(instrument, params));
    json.field("baseAsset", instrument.base()).field("baseAssetPrecision", 8);
    json.field("quoteAsset", instrument.quote()).field("quotePrecision", 8);
    json.field("quoteAssetPrecision", 8).field("baseCommissionPrecision", 8);
    json.field("quoteCommissionPrecision", 8);
    strings(json.name("orderTypes"), SPOT_ORDERS);
    json.field("icebergAllowed", true).field("ocoAllowed", true).field("otoAllowed", true);
    json.field("quoteOrderQtyMarketAllowed", true).field("allowTrailingStop", true);
    json.field("cancelReplaceAllowed", true).field("amendAllowed", true);
    json.field("isSpotTradingAllowed", trading).field("isMarginTradingAllowed", false);
    json.name("filters").beginArray();
    json.beginObject().field("filterType", "PRICE_FILTER");
    eight(json, "minPrice", instrument.tick(), instrument.priceScale());
    json.field("maxPrice", "1000000.00000000");
    eight(json, "tickSize", instrument.tick(), instrument.priceScale()).endObject();
    json.beginObject().field("filterType", "LOT_SIZE");
    eight(json, "minQty", 1, instrument.sizeScale());
    json.field("maxQty", "92141578.00000000");
    eight(json, "stepSize", 1, instrument.sizeScale()).endObject();
    json.beginObject().field("filterType", "ICEBERG_PARTS").field("limit", 100).endObject();
    json.beginObject()
        .field("filterType", "NOTIONAL")
        .field("minNotional", minNotional(instrument));
    json.field("applyMinToMarket", true).field("maxNotional", "9000000.00000000");
    json.field("applyMaxToMarket", false).field("avgPriceMins", 5).endObject();
    json.beginObject().field("filterType", "MAX_NUM_ORDERS").field("maxNumOrders", 200).endObject();
    json.endArray().name("permissions").beginArray().endArray();
    json.name("permissionSets").beginArray().beginArray();
    if (!params.text("showPermissionSets").orElse("true").equals("false")) {
      json.value("SPOT");
    }
    json.endArray().endArray().field("defaultSelfTradePreventionMode", "EXPIRE_MAKER");
    strings(json.name("allowedSelfTradePreventionModes"), List.of("NONE", "EXPIRE_MAKER"));
    json.endObject();
  }

  private static String minNotional(Instrument instrument) {
    return instrument.quote().equals("BTC") || instrument.quote().equals("ETH")
        ? "0.00010000"
        : "5.00000000";
  }

  private static Json eight(Json json, String name, long mantissa, int scale) {
    return json.name(name).text(mantissa, scale, 8);
  }

  /**
   * {@code /fapi/v1/exchangeInfo} and {@code /dapi/v1/exchangeInfo}. Its time is that of the last
   * change of the list, not of now.
   */
  static Page futures(Params params, LimitOptions limits) {
    List<Listing> listings = Tickers.listed(params);
    Json json = new Json(64 * 1024).beginObject().field("timezone", "UTC");
    json.field("serverTime", params.now() / 60_000 * 60_000);
    if (!params.isCoin()) {
      json.field("futuresType", "U_MARGINED");
    }
    json.name("rateLimits").beginArray();
    rate(json, "REQUEST_WEIGHT", "MINUTE", 1, limits.limit(BinanceGuard.FUTURES_WEIGHT));
    rate(json, "ORDERS", "MINUTE", 1, 1200);
    rate(json, "ORDERS", "SECOND", 10, 300);
    json.endArray().name("exchangeFilters").beginArray().endArray();
    if (!params.isCoin()) {
      assets(json, listings);
    }
    json.name("symbols").beginArray();
    for (Listing listing : listings) {
      futuresSymbol(json, listing.instrument(), params.now());
    }
    return new Page(json.endArray().endObject(), listings.size());
  }

  private static void assets(Json json, List<Listing> listings) {
    Set<String> assets = new TreeSet<>();
    listings.forEach(listing -> assets.add(listing.instrument().settle()));
    json.name("assets").beginArray();
    for (String asset : assets) {
      json.beginObject().field("asset", asset).field("marginAvailable", true);
      json.field("autoAssetExchange", 0).endObject();
    }
    json.endArray();
  }

  private static void futuresSymbol(Json json, Instrument instrument, long now) {
    json.beginObject().field("symbol", instrument.symbol()).field("pair", instrument.pair());
    json.field("contractType", contractType(instrument, now));
    json.field(
        "deliveryDate",
        instrument.kind() == Kind.DELIVERY
            ? instrument.ended().orElseThrow().toEpochMilli()
            : NEVER);
    json.field("onboardDate", instrument.listed().toEpochMilli());
    if (instrument.countsContracts()) {
      json.field("contractStatus", "TRADING").field("contractSize", instrument.contractSize());
      json.field("equalQtyPrecision", 4);
    } else {
      json.field("status", "TRADING");
    }
    json.field("maintMarginPercent", "2.5000").field("requiredMarginPercent", "5.0000");
    json.field("baseAsset", instrument.base()).field("quoteAsset", instrument.quote());
    json.field("marginAsset", instrument.settle());
    json.field("pricePrecision", Math.min(8, instrument.priceScale() + 1));
    json.field("quantityPrecision", instrument.sizeScale());
    json.field("baseAssetPrecision", 8).field("quotePrecision", 8);
    json.field("underlyingType", "COIN");
    strings(json.name("underlyingSubType"), List.of("PoW"));
    json.field("settlePlan", 0);
    json.field("triggerProtect", "0.0500").field("liquidationFee", "0.012500");
    json.field("marketTakeBound", "0.05").field("maxMoveOrderLimit", 10_000);
    json.name("filters").beginArray();
    String tick = plain(instrument.tick(), instrument.priceScale());
    String step = plain(1, instrument.sizeScale());
    json.beginObject().field("filterType", "PRICE_FILTER").field("maxPrice", "1000000");
    json.field("minPrice", tick).field("tickSize", tick).endObject();
    json.beginObject().field("filterType", "LOT_SIZE").field("maxQty", "10000000");
    json.field("minQty", step).field("stepSize", step).endObject();
    json.beginObject().field("filterType", "MARKET_LOT_SIZE").field("maxQty", "1000000");
    json.field("minQty", step).field("stepSize", step).endObject();
    json.beginObject().field("filterType", "MAX_NUM_ORDERS").field("limit", 200).endObject();
    json.beginObject().field("filterType", "MIN_NOTIONAL").field("notional", "5").endObject();
    json.beginObject().field("filterType", "PERCENT_PRICE").field("multiplierUp", "1.0500");
    json.field("multiplierDown", "0.9500").field("multiplierDecimal", "4").endObject();
    json.endArray();
    strings(json.name("orderTypes"), FUTURES_ORDERS);
    strings(json.name("timeInForce"), List.of("GTC", "IOC", "FOK", "GTX", "GTD"));
    json.endObject();
  }

  /** {@code PERPETUAL}, or which of the quarters that are listed. */
  static String contractType(Instrument instrument, long now) {
    if (instrument.kind() == Kind.PERPETUAL) {
      return "PERPETUAL";
    }
    long left = instrument.ended().orElseThrow().toEpochMilli() - now;
    long half =
        (instrument.ended().orElseThrow().toEpochMilli() - instrument.listed().toEpochMilli()) / 2;
    return left <= half ? "CURRENT_QUARTER" : "NEXT_QUARTER";
  }

  private static String plain(long mantissa, int scale) {
    return BigDecimal.valueOf(mantissa, scale).toPlainString();
  }

  private static void rate(Json json, String type, String interval, int number, long limit) {
    json.beginObject().field("rateLimitType", type).field("interval", interval);
    json.field("intervalNum", number).field("limit", limit).endObject();
  }

  private static void strings(Json json, List<String> values) {
    json.beginArray();
    values.forEach(json::value);
    json.endArray();
  }
}
