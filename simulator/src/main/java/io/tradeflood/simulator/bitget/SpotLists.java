package io.tradeflood.simulator.bitget;

import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.Venue;
import io.tradeflood.simulator.wire.Json;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What there is on spot: symbols, coins, and the pairs that can be traded on margin. */
final class SpotLists {
  private SpotLists() {}

  /** {@code spot/public/symbols}. */
  static Page symbols(Params params, Json json) {
    List<Listing> listings = params.spots();
    json.beginArray();
    for (Listing listing : listings) {
      Instrument instrument = listing.instrument();
      boolean online = instrument.tradedAt(params.now());
      json.beginObject().field("symbol", instrument.symbol());
      json.field("baseCoin", instrument.base()).field("quoteCoin", instrument.quote());
      json.field("minTradeAmount", "0").field("maxTradeAmount", "900000000000000000000");
      json.field("takerFeeRate", "0.002").field("makerFeeRate", "0.002");
      json.name("pricePrecision").text(instrument.priceScale());
      json.name("quantityPrecision").text(instrument.sizeScale());
      json.name("quotePrecision").text(instrument.quoteScale());
      json.field("status", online ? "online" : "offline").field("minTradeUSDT", "1");
      json.field("buyLimitPriceRatio", "0.05").field("sellLimitPriceRatio", "0.05");
      json.field("areaSymbol", "no").field("orderQuantity", "200");
      json.name("openTime").text(instrument.listed().toEpochMilli());
      json.field(
          "offTime", instrument.ended().map(end -> Long.toString(end.toEpochMilli())).orElse(""));
      json.endObject();
    }
    return new Page(json.endArray(), listings.size());
  }

  /** {@code spot/public/coins}. */
  static Page coins(Params params, Json json) {
    Set<String> coins = new TreeSet<>();
    for (Listing listing : params.market().listed(Venue.BITGET_SPOT, params.now())) {
      coins.add(listing.instrument().base());
      coins.add(listing.instrument().quote());
    }
    params.text("coin").ifPresent(coin -> coins.removeIf(name -> !name.equals(coin)));
    json.beginArray();
    int number = 0;
    for (String coin : coins) {
      number++;
      json.beginObject().name("coinId").text(number).field("coin", coin);
      json.field("transfer", "true").name("chains").beginArray().beginObject();
      json.field("chain", coin).field("needTag", "false").field("withdrawable", "true");
      json.field("rechargeable", "true").field("withdrawFee", "0.0001");
      json.field("extraWithdrawFee", "0").field("depositConfirm", "1");
      json.field("withdrawConfirm", "1").field("minDepositAmount", "0.0001");
      json.field("minWithdrawAmount", "0.001").field("browserUrl", "");
      json.name("contractAddress").nothing().field("withdrawStep", "0");
      json.field("withdrawMinScale", "8").field("congestion", "normal").endObject().endArray();
      json.field("areaCoin", "no").endObject();
    }
    return new Page(json.endArray(), coins.size());
  }

  /** {@code margin/currencies}. */
  static Page margin(Params params, Json json) {
    json.beginArray();
    int rows = 0;
    for (Listing listing : params.market().listed(Venue.BITGET_SPOT, params.now())) {
      Instrument instrument = listing.instrument();
      if (instrument.tradedAt(params.now()) && instrument.quote().equals("USDT")) {
        json.beginObject().field("symbol", instrument.symbol());
        json.field("baseCoin", instrument.base()).field("quoteCoin", instrument.quote());
        json.field("maxCrossedLeverage", "3").field("maxIsolatedLeverage", "10");
        json.field("warningRiskRatio", "0.8").field("liquidationRiskRatio", "1");
        json.field("minTradeAmount", "0.0001").field("maxTradeAmount", "10000");
        json.field("takerFeeRate", "0.001").field("makerFeeRate", "0.001");
        json.name("pricePrecision").text(instrument.priceScale());
        json.name("quantityPrecision").text(instrument.sizeScale()).field("minTradeUSDT", "5");
        json.field("isBorrowable", true).field("userMinBorrow", "0.0001").field("status", "1");
        json.field("isIsolatedBaseBorrowable", true).field("isIsolatedQuoteBorrowable", true);
        json.field("isCrossBorrowable", true).endObject();
        rows++;
      }
    }
    return new Page(json.endArray(), rows);
  }
}
