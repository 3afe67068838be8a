package io.tradeflood.simulator.bitget;

import io.tradeflood.simulator.market.Bar;
import io.tradeflood.simulator.market.Grid;
import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.Kind;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.OrderBook;
import io.tradeflood.simulator.market.ReferencePrices;
import io.tradeflood.simulator.wire.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tickers and order books. */
final class Quotes {
  private static final int MOST_LEVELS = 150;
  private static final int COMMON_MERGED = 100;
  private static final int MAX_MERGED = 1000;
  private static final Set<String> MERGED_DEPTHS = Set.of("1", "5", "15", "50");

  private static final List<String> BEST = List.of("bidPr", "askPr", "bidSz", "askSz");
  private static final List<String> UNIFIED_BEST =
      List.of("bid1Price", "ask1Price", "bid1Size", "ask1Size");

  private Quotes() {}

  /** {@code spot/market/tickers}. */
  static Page spotTickers(Params params, Json json) {
    List<Listing> listings = params.spots();
    json.beginArray();
    for (Listing listing : listings) {
      Instrument instrument = listing.instrument();
      Day day = day(listing, params.now());
      int scale = instrument.priceScale();
      json.beginObject().name("open").trimmed(day.last24.open(), scale);
      json.field("symbol", instrument.symbol());
      json.name("high24h").trimmed(day.last24.high(), scale);
      json.name("low24h").trimmed(day.last24.low(), scale);
      json.name("lastPr").trimmed(day.last24.close(), scale);
      volumes(json, instrument, day.last24);
      json.name("ts").text(params.now());
      best(json, listing, params.now());
      json.name("openUtc").trimmed(day.utc.open(), scale);
      json.field("changeUtc24h", change(day.utc.open(), day.last24.close()));
      json.field("change24h", change(day.last24.open(), day.last24.close())).endObject();
    }
    return new Page(json.endArray(), listings.size());
  }

  /** {@code mix/market/ticker} and {@code tickers}. */
  static Page contractTickers(Params params, Json json) {
    List<Listing> listings = params.contracts();
    json.beginArray();
    for (Listing listing : listings) {
      contractTicker(params, json, listing);
    }
    return new Page(json.endArray(), listings.size());
  }

  private static void contractTicker(Params params, Json json, Listing listing) {
    Instrument instrument = listing.instrument();
    long now = params.now();
    Day day = day(listing, now);
    int scale = instrument.priceScale();
    json.beginObject().field("symbol", instrument.symbol());
    json.name("lastPr").trimmed(day.last24.close(), scale);
    best(json, listing, now);
    json.name("high24h").trimmed(day.last24.high(), scale);
    json.name("low24h").trimmed(day.last24.low(), scale);
    json.name("ts").text(now);
    json.field("change24h", change(day.last24.open(), day.last24.close()));
    volumes(json, instrument, day.last24);
    json.name("openUtc").trimmed(day.utc.open(), scale);
    json.field("changeUtc24h", change(day.utc.open(), day.last24.close()));
    reference(json.name("indexPrice"), listing, ReferencePrices.Of.INDEX, now);
    boolean perpetual = instrument.kind() == Kind.PERPETUAL;
    json.name("fundingRate").trimmed(perpetual ? Contracts.currentRate(listing, now) : 0, 8);
    json.name("holdingAmount").trimmed(listing.openInterest().at(now), instrument.sizeScale());
    if (perpetual) {
      json.name("deliveryStartTime").nothing().name("deliveryTime").nothing();
      json.field("deliveryStatus", "");
    } else {
      json.name("deliveryStartTime").text(instrument.listed().toEpochMilli());
      json.name("deliveryTime").text(instrument.ended().orElseThrow().toEpochMilli());
      json.field("deliveryStatus", "delivery_normal");
    }
    json.name("open24h").trimmed(day.last24.open(), scale);
    reference(json.name("markPrice"), listing, ReferencePrices.Of.MARK, now);
    json.endObject();
  }

  /** {@code v3/market/tickers}. */
  static Page unifiedTickers(Params params, Json json) {
    List<Listing> listings = params.allOfCategory();
    String category = params.required("category").toUpperCase(Locale.ROOT);
    json.beginArray();
    for (Listing listing : listings) {
      unifiedTicker(params, json, category, listing);
    }
    return new Page(json.endArray(), listings.size());
  }

  private static void unifiedTicker(Params params, Json json, String category, Listing listing) {
    Instrument instrument = listing.instrument();
    long now = params.now();
    Bar last24 = day(listing, now).last24;
    int scale = instrument.priceScale();
    json.beginObject().field("category", category).field("symbol", instrument.symbol());
    json.name("ts").text(now).name("lastPrice").trimmed(last24.close(), scale);
    json.name("openPrice24h").trimmed(last24.open(), scale);
    json.name("highPrice24h").trimmed(last24.high(), scale);
    json.name("lowPrice24h").trimmed(last24.low(), scale);
    best(json, listing, now, UNIFIED_BEST);
    json.field("price24hPcnt", change(last24.open(), last24.close()));
    json.name("volume24h").trimmed(last24.volume(), instrument.sizeScale());
    json.name("turnover24h").trimmed(last24.quoteVolume(), instrument.quoteScale());
    if (instrument.kind() != Kind.SPOT) {
      reference(json.name("indexPrice"), listing, ReferencePrices.Of.INDEX, now);
      reference(json.name("markPrice"), listing, ReferencePrices.Of.MARK, now);
      boolean perpetual = instrument.kind() == Kind.PERPETUAL;
      json.name("fundingRate").trimmed(perpetual ? Contracts.currentRate(listing, now) : 0, 8);
      json.name("openInterest").trimmed(listing.openInterest().at(now), instrument.sizeScale());
      json.field("deliveryStartTime", perpetual ? "" : millis(instrument.listed()));
      json.field("deliveryTime", perpetual ? "" : millis(instrument.ended().orElseThrow()));
      json.field("deliveryStatus", perpetual ? "" : "delivery_normal");
    }
    json.endObject();
  }

  private static String millis(Instant moment) {
    return Long.toString(moment.toEpochMilli());
  }

  /** {@code mix/market/symbol-price}. */
  static Page prices(Params params, Json json) {
    Listing listing = params.contract();
    Instrument instrument = listing.instrument();
    long now = params.now();
    Bar last = listing.bars().between(now, now + 1, now);
    json.beginArray().beginObject().field("symbol", instrument.symbol());
    json.name("price").trimmed(last.close(), instrument.priceScale());
    reference(json.name("indexPrice"), listing, ReferencePrices.Of.INDEX, now);
    reference(json.name("markPrice"), listing, ReferencePrices.Of.MARK, now);
    json.name("ts").text(now).endObject();
    return new Page(json.endArray(), 1);
  }

  static void reference(Json json, Listing listing, ReferencePrices.Of of, long now) {
    Candles.price(json, listing.instrument(), of, listing.prices().at(of, now));
  }

  /** The last 24 hours, and the day by UTC. */
  record Day(Bar last24, Bar utc) {}

  static Day day(Listing listing, long now) {
    return new Day(
        listing.bars().between(now - Grid.DAY, now + 1, now),
        listing.bars().between(now / Grid.DAY * Grid.DAY, now + 1, now));
  }

  private static void volumes(Json json, Instrument instrument, Bar bar) {
    json.name("baseVolume").trimmed(bar.volume(), instrument.sizeScale());
    json.name("quoteVolume").trimmed(bar.quoteVolume(), instrument.quoteScale());
    json.name("usdtVolume").trimmed(bar.dollarVolume(), instrument.quoteScale());
  }

  static void best(Json json, Listing listing, long now) {
    best(json, listing, now, BEST);
  }

  /** The names of the best bid, the best ask, and their sizes. */
  private static void best(Json json, Listing listing, long now, List<String> names) {
    Instrument instrument = listing.instrument();
    OrderBook book = listing.books().at(now, 1);
    boolean open = book.bids().depth() > 0 && book.asks().depth() > 0;
    json.name(names.get(0)).trimmed(open ? book.bids().price(0) : 0, instrument.priceScale());
    json.name(names.get(1)).trimmed(open ? book.asks().price(0) : 0, instrument.priceScale());
    json.name(names.get(2)).trimmed(open ? book.bids().size(0) : 0, instrument.sizeScale());
    json.name(names.get(3)).trimmed(open ? book.asks().size(0) : 0, instrument.sizeScale());
  }

  static String change(long open, long close) {
    return open == 0
        ? "0"
        : BigDecimal.valueOf(close - open)
            .divide(BigDecimal.valueOf(open), 5, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString();
  }

  /**
   * {@code spot/market/orderbook}: at most 150 levels; {@code step1} to {@code step5} merge by
   * powers of ten.
   */
  static Page book(Params params, Json json) {
    Listing listing = params.spot();
    int limit = params.limit("limit", MOST_LEVELS, MOST_LEVELS);
    String type = params.text("type").orElse("step0");
    if (!type.matches("step[0-5]")) {
      throw BitgetError.invalid("type");
    }
    int power = type.charAt(4) - '0';
    OrderBook book = listing.books().at(params.now(), power == 0 ? limit : MAX_MERGED);
    Levels levels = new Levels(json, listing.instrument(), power, limit, false);
    json.beginObject();
    levels.write("asks", book.asks(), true);
    levels.write("bids", book.bids(), false);
    json.name("ts").text(params.now());
    return new Page(json.endObject(), 1);
  }

  /** {@code spot/market/merge-depth}. */
  static Page mergedSpot(Params params, Json json) {
    return merged(params, json, params.spot(), false);
  }

  /** {@code mix/market/merge-depth}: levels are JSON numbers. */
  static Page mergedContract(Params params, Json json) {
    return merged(params, json, params.contract(), true);
  }

  private static Page merged(Params params, Json json, Listing listing, boolean numbers) {
    String precision = params.text("precision").orElse("scale0");
    if (!precision.matches("scale[0-3]")) {
      throw BitgetError.invalid("precision");
    }
    int power = precision.charAt(5) - '0';
    int limit = mergedDepth(params.text("limit").orElse(""));
    Instrument instrument = listing.instrument();
    OrderBook book = listing.books().at(params.now(), MAX_MERGED);
    Levels levels = new Levels(json, instrument, power, limit, numbers);
    json.beginObject();
    levels.write("asks", book.asks(), true);
    levels.write("bids", book.bids(), false);
    json.field("precision", precision);
    json.name("scale").trimmed(levels.unit(), instrument.priceScale());
    json.field("isMaxPrecision", power == 0 ? "YES" : "NO").name("ts").text(params.now());
    return new Page(json.endObject(), 1);
  }

  private static int mergedDepth(String limit) {
    if (limit.equals("max")) {
      return MAX_MERGED;
    }
    return MERGED_DEPTHS.contains(limit) ? Integer.parseInt(limit) : COMMON_MERGED;
  }

  /** {@code v3/market/orderbook}: at most 200 levels, which are JSON numbers. */
  static Page unifiedBook(Params params, Json json) {
    Listing listing = params.ofCategory();
    int limit = params.limit("limit", 5, 200);
    OrderBook book = listing.books().at(params.now(), limit);
    Levels levels = new Levels(json, listing.instrument(), 0, limit, true);
    json.beginObject();
    levels.write("a", book.asks(), true);
    levels.write("b", book.bids(), false);
    json.name("ts").text(params.now());
    return new Page(json.endObject(), 1);
  }

  /** Writes a side with prices joined to multiples of a power of ten of the step. */
  private record Levels(Json json, Instrument instrument, int power, int limit, boolean numbers) {

    long unit() {
      long unit = instrument.tick();
      for (int i = 0; i < power; i++) {
        unit *= 10;
      }
      return unit;
    }

    void write(String name, OrderBook.Side side, boolean up) {
      long unit = unit();
      json.name(name).beginArray();
      int written = 0;
      for (int i = 0; i < side.depth() && written < limit; ) {
        long price = join(side.price(i), unit, up);
        long size = 0;
        while (i < side.depth() && join(side.price(i), unit, up) == price) {
          size += side.size(i);
          i++;
        }
        level(price, size);
        written++;
      }
      json.endArray();
    }

    /** Asks are joined upwards, bids downwards, so that the spread never closes. */
    private static long join(long price, long unit, boolean up) {
      return (up ? Math.ceilDiv(price, unit) : Math.floorDiv(price, unit)) * unit;
    }

    private void level(long price, long size) {
      int sizeScale = instrument.sizeScale();
      json.beginArray();
      if (numbers) {
        json.number(price, instrument.priceScale()).number(size, sizeScale);
      } else {
        json.trimmed(price, instrument.priceScale()).text(size, sizeScale, sizeScale);
      }
      json.endArray();
    }
  }
}
