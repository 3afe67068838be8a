package io.tradeflood.simulator.binance;

import io.tradeflood.simulator.market.Fundings;
import io.tradeflood.simulator.market.Grid;
import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.Kind;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.OpenInterest;
import io.tradeflood.simulator.market.ReferencePrices;
import io.tradeflood.simulator.wire.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What only contracts have: mark and index price, funding, open interest. */
final class Derivatives {
  private static final int COMMON_HOURS = 8;
  private static final long MONTH = 30 * Grid.DAY;

  private static final Map<String, Long> PERIODS =
      Map.of(
          "5m", 5 * Grid.MINUTE,
          "15m", 15 * Grid.MINUTE,
          "30m", 30 * Grid.MINUTE,
          "1h", Grid.HOUR,
          "2h", 2 * Grid.HOUR,
          "4h", 4 * Grid.HOUR,
          "6h", 6 * Grid.HOUR,
          "12h", 12 * Grid.HOUR,
          "1d", Grid.DAY);

  private Derivatives() {}

  /** {@code /fapi/v1/premiumIndex}. */
  static Page premiumIndex(Params params) {
    Json json = new Json(1024);
    Optional<Listing> one = params.optionalListing();
    if (one.isPresent() && !params.isCoin()) {
      premiumIndex(params, json, one.get());
      return Page.of(json);
    }
    List<Listing> all = one.map(List::of).orElseGet(() -> Tickers.listed(params));
    json.beginArray();
    all.forEach(listing -> premiumIndex(params, json, listing));
    return new Page(json.endArray(), all.size());
  }

  private static void premiumIndex(Params params, Json json, Listing listing) {
    Instrument instrument = listing.instrument();
    ReferencePrices prices = listing.prices();
    long now = params.now();
    Tickers.names(params, json.beginObject(), instrument);
    reference(json.name("markPrice"), prices.at(ReferencePrices.Of.MARK, now));
    reference(json.name("indexPrice"), prices.at(ReferencePrices.Of.INDEX, now));
    reference(json.name("estimatedSettlePrice"), prices.at(ReferencePrices.Of.INDEX, now));
    if (instrument.kind() == Kind.PERPETUAL) {
      rate(json.name("lastFundingRate"), listing.fundings().last(now).rate());
      rate(json.name("interestRate"), 10_000L * instrument.fundingHours() / COMMON_HOURS);
      json.field("nextFundingTime", listing.fundings().nextAfter(now));
    } else {
      json.field("lastFundingRate", "").field("interestRate", "").field("nextFundingTime", 0);
    }
    json.field("time", now / 1000 * 1000).endObject();
  }

  /**
   * {@code /fapi/v1/fundingRate}: ascending; without times the newest, 200 unless a limit is named.
   */
  static Page fundingRate(Params params) {
    Optional<Listing> one = params.optionalListing();
    OptionalLong start = params.time("startTime");
    OptionalLong end = params.time("endTime");
    boolean timeless = start.isEmpty() && end.isEmpty();
    int limit = params.limit(timeless ? 200 : 100, 1000);
    if (start.isPresent() && end.isPresent() && start.getAsLong() > end.getAsLong()) {
      throw new BinanceError(400, -1023, "Start time is greater than end time.");
    }
    List<Listing> listings =
        one.map(List::of).orElseGet(() -> Tickers.listed(params)).stream()
            .filter(listing -> listing.instrument().kind() == Kind.PERPETUAL)
            .toList();
    int each = one.isPresent() ? limit : Math.max(1, limit / Math.max(1, listings.size()));
    Json json = new Json(4096).beginArray();
    int rows = 0;
    for (Listing listing : listings) {
      for (Fundings.Funding funding : fundings(listing.fundings(), params, each)) {
        json.beginObject().field("symbol", listing.instrument().symbol());
        json.field("fundingTime", funding.time());
        rate(json.name("fundingRate"), funding.rate());
        reference(json.name("markPrice"), funding.markPrice());
        json.field("rateType", "Regular").endObject();
        rows++;
      }
    }
    return new Page(json.endArray(), rows);
  }

  private static List<Fundings.Funding> fundings(Fundings fundings, Params params, int limit) {
    long now = params.now();
    long end = Math.min(now, params.time("endTime").orElse(now));
    OptionalLong start = params.time("startTime");
    long from = start.orElse(fundings.nextAfter(end) - limit * fundings.interval());
    return fundings.between(from, end, now, limit);
  }

  /** {@code /fapi/v1/fundingInfo}: only what differs from eight hours. */
  static Page fundingInfo(Params params) {
    List<Listing> adjusted =
        Tickers.listed(params).stream()
            .filter(listing -> listing.instrument().kind() == Kind.PERPETUAL)
            .filter(listing -> listing.instrument().fundingHours() != COMMON_HOURS)
            .toList();
    Json json = new Json(1024).beginArray();
    for (Listing listing : adjusted) {
      json.beginObject().field("symbol", listing.instrument().symbol());
      json.field("adjustedFundingRateCap", "0.00300000");
      json.field("adjustedFundingRateFloor", "-0.00300000");
      json.field("fundingIntervalHours", listing.instrument().fundingHours());
      json.field("disclaimer", false).endObject();
    }
    return new Page(json.endArray(), adjusted.size());
  }

  /** {@code /fapi/v1/openInterest}: with the time of its last change. */
  static Page openInterest(Params params) {
    Listing listing = params.listing();
    Json json = new Json().beginObject();
    params.size(
        json.name("openInterest"), listing.instrument(), listing.openInterest().at(params.now()));
    Tickers.names(params, json, listing.instrument())
        .field("time", OpenInterest.since(params.now()));
    if (params.isCoin()) {
      json.field("contractType", ExchangeInfo.contractType(listing.instrument(), params.now()));
    }
    return Page.of(json.endObject());
  }

  /** Contracts settled in coins are named by their pair and their type. */
  private static Listing typed(Params params) {
    String pair = params.required("pair");
    String type = params.required("contractType");
    if (type.equals("PERPETUAL")) {
      return params.perpetual(pair);
    }
    return Tickers.listed(params).stream()
        .filter(listing -> listing.instrument().pair().equals(pair))
        .filter(
            listing -> ExchangeInfo.contractType(listing.instrument(), params.now()).equals(type))
        .findFirst()
        .orElseThrow(() -> new BinanceError(400, -1121, "Invalid symbol."));
  }

  /** {@code /futures/data/openInterestHist}: of the last 30 days. */
  static Page openInterestHistory(Params params) {
    Listing listing = params.isCoin() ? typed(params) : params.listing();
    Long period = PERIODS.get(params.required("period"));
    if (period == null) {
      throw BinanceError.invalid("period");
    }
    int limit = params.limit(30, 500);
    long now = params.now();
    OptionalLong start = params.time("startTime");
    long oldest = Math.max(now - MONTH, listing.instrument().listed().toEpochMilli());
    if (start.isPresent() && start.getAsLong() < now - MONTH) {
      throw new BinanceError(400, -1130, "parameter 'startTime' is invalid.");
    }
    Grid grid = Grid.every(period);
    long last = grid.floor(Math.min(now, params.time("endTime").orElse(now)));
    long first = grid.ceiling(start.orElse(grid.step(last, 1L - limit)));
    first = Math.max(first, grid.ceiling(oldest));
    last = Math.min(last, grid.step(first, limit - 1L));
    Json json = new Json(4096).beginArray();
    int rows = 0;
    for (long time = first; time <= last; time = grid.next(time)) {
      history(params, json, listing, time);
      rows++;
    }
    return new Page(json.endArray(), rows);
  }

  private static void history(Params params, Json json, Listing listing, long time) {
    Instrument instrument = listing.instrument();
    BigDecimal interest =
        BigDecimal.valueOf(listing.openInterest().at(time), instrument.sizeScale());
    BigDecimal mark =
        BigDecimal.valueOf(
            listing.prices().at(ReferencePrices.Of.MARK, time), ReferencePrices.SCALE);
    BigDecimal value =
        instrument.countsContracts()
            ? interest
                .multiply(BigDecimal.valueOf(instrument.contractSize()))
                .divide(mark, 8, RoundingMode.HALF_UP)
            : interest.multiply(mark).setScale(8, RoundingMode.HALF_UP);
    json.beginObject();
    if (params.isCoin()) {
      json.field("pair", instrument.pair());
      json.field("contractType", ExchangeInfo.contractType(instrument, params.now()));
    } else {
      json.field("symbol", instrument.symbol());
    }
    json.field("sumOpenInterest", interest.setScale(8, RoundingMode.UNNECESSARY).toPlainString());
    json.field("sumOpenInterestValue", value.toPlainString());
    json.field("timestamp", time).endObject();
  }

  private static void reference(Json json, long price) {
    json.text(price, ReferencePrices.SCALE, ReferencePrices.SCALE);
  }

  private static void rate(Json json, long rate) {
    json.text(rate, Fundings.SCALE, Fundings.SCALE);
  }
}
