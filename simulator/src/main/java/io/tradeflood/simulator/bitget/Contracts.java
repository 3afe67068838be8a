package io.tradeflood.simulator.bitget;

import io.tradeflood.simulator.market.Fundings;
import io.tradeflood.simulator.market.Grid;
import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.Kind;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.wire.Json;
import java.util.List;

/** What contracts there are, their open interest and their funding. */
final class Contracts {
  private Contracts() {}

  /** {@code mix/market/contracts}. */
  static Page list(Params params, Json json) {
    List<Listing> listings = params.contracts();
    json.beginArray();
    for (Listing listing : listings) {
      contract(json, listing.instrument());
    }
    return new Page(json.endArray(), listings.size());
  }

  private static void contract(Json json, Instrument instrument) {
    boolean perpetual = instrument.kind() == Kind.PERPETUAL;
    json.beginObject().field("symbol", instrument.symbol());
    json.field("baseCoin", instrument.base()).field("quoteCoin", instrument.quote());
    json.field("buyLimitPriceRatio", "0.05").field("sellLimitPriceRatio", "0.05");
    json.field("feeRateUpRatio", "0.005").field("makerFeeRate", "0.0002");
    json.field("takerFeeRate", "0.0006").field("openCostUpRatio", "0.01");
    json.name("supportMarginCoins").beginArray().value(instrument.settle()).endArray();
    json.name("minTradeNum").trimmed(1, instrument.sizeScale());
    json.name("priceEndStep").text(instrument.tick());
    json.name("volumePlace").text(instrument.sizeScale());
    json.name("pricePlace").text(instrument.priceScale());
    json.name("sizeMultiplier").trimmed(1, instrument.sizeScale());
    json.field("symbolType", perpetual ? "perpetual" : "delivery").field("minTradeUSDT", "5");
    json.field("maxSymbolOrderNum", "200").field("maxProductOrderNum", "1000");
    json.field("maxPositionNum", "150").field("symbolStatus", "normal").field("offTime", "-1");
    json.field("limitOpenTime", "-1");
    if (perpetual) {
      json.field("deliveryTime", "").field("deliveryStartTime", "").field("deliveryPeriod", "");
    } else {
      json.name("deliveryTime").text(instrument.ended().orElseThrow().toEpochMilli());
      json.name("deliveryStartTime").text(instrument.listed().toEpochMilli());
      json.field("deliveryPeriod", "this_quarter");
    }
    json.name("launchTime").text(instrument.listed().toEpochMilli());
    json.name("fundInterval").text(instrument.fundingHours());
    json.field("minLever", "1").field("maxLever", "125").field("posLimit", "0.1");
    json.field("maintainTime", "").field("openTime", "").field("isRwa", "NO").endObject();
  }

  /** {@code mix/market/open-interest}. */
  static Page openInterest(Params params, Json json) {
    Listing listing = params.contract();
    Instrument instrument = listing.instrument();
    json.beginObject().name("openInterestList").beginArray().beginObject();
    json.field("symbol", instrument.symbol());
    json.name("size").trimmed(listing.openInterest().at(params.now()), instrument.sizeScale());
    json.endObject().endArray().name("ts").text(params.now());
    return new Page(json.endObject(), 1);
  }

  /** The rate that the next payment would have if it were due now. */
  static long currentRate(Listing listing, long now) {
    return listing.fundings().at(now / Grid.MINUTE * Grid.MINUTE).rate();
  }

  /** {@code mix/market/current-fund-rate}. */
  static Page currentRates(Params params, Json json) {
    return currentRates(params, json, perpetuals(params));
  }

  /** {@code v3/market/current-fund-rate}: by name alone. */
  static Page unifiedRate(Params params, Json json) {
    return currentRates(params, json, List.of(perpetual(params.anyContract())));
  }

  private static Page currentRates(Params params, Json json, List<Listing> listings) {
    json.beginArray();
    for (Listing listing : listings) {
      json.beginObject().field("symbol", listing.instrument().symbol());
      json.name("fundingRate").trimmed(currentRate(listing, params.now()), Fundings.SCALE);
      json.name("fundingRateInterval").text(listing.instrument().fundingHours());
      json.name("nextUpdate").text(listing.fundings().nextAfter(params.now()));
      json.field("minFundingRate", "-0.003").field("maxFundingRate", "0.003").endObject();
    }
    return new Page(json.endArray(), listings.size());
  }

  /** {@code mix/market/funding-time}. */
  static Page fundingTime(Params params, Json json) {
    Listing listing = perpetual(params.contract());
    json.beginArray().beginObject().field("symbol", listing.instrument().symbol());
    json.name("nextFundingTime").text(listing.fundings().nextAfter(params.now()));
    json.name("ratePeriod").text(listing.instrument().fundingHours()).endObject();
    return new Page(json.endArray(), 1);
  }

  /** {@code mix/market/history-fund-rate}: pages by number, newest first. */
  static Page history(Params params, Json json) {
    Listing listing = perpetual(params.contract());
    int size = params.limit("pageSize", 20, 100);
    int page = params.limit("pageNo", 1, 1_000_000);
    Fundings fundings = listing.fundings();
    long last = fundings.nextAfter(params.now()) - fundings.interval();
    json.beginArray();
    int rows = 0;
    long time = last - (page - 1L) * size * fundings.interval();
    while (rows < size && time >= fundings.first()) {
      json.beginObject().field("symbol", listing.instrument().symbol());
      json.name("fundingRate").trimmed(fundings.at(time).rate(), Fundings.SCALE);
      json.name("fundingTime").text(time).endObject();
      rows++;
      time -= fundings.interval();
    }
    return new Page(json.endArray(), rows);
  }

  private static Listing perpetual(Listing listing) {
    if (listing.instrument().kind() != Kind.PERPETUAL) {
      throw BitgetError.unknown(listing.instrument().symbol());
    }
    return listing;
  }

  private static List<Listing> perpetuals(Params params) {
    if (params.text("symbol").isPresent()) {
      return List.of(perpetual(params.contract()));
    }
    return params.contracts().stream()
        .filter(listing -> listing.instrument().kind() == Kind.PERPETUAL)
        .toList();
  }
}
