package io.tradeflood.simulator.binance;

import io.tradeflood.simulator.market.Bar;
import io.tradeflood.simulator.market.Grid;
import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.MinuteTrades;
import io.tradeflood.simulator.market.OrderBook;
import io.tradeflood.simulator.wire.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** Order books, best prices and statistics of the last hours. */
final class Tickers {
  private static final Set<Long> FUTURES_DEPTHS = Set.of(5L, 10L, 20L, 50L, 100L, 500L, 1000L);

  private Tickers() {}

  /** {@code /api/v3/depth}: at most 5000 levels, no time. */
  static Page depth(Params params) {
    Listing listing = params.listing();
    OrderBook book = listing.books().at(params.now(), params.limit(100, 5000));
    Json json = new Json(8192).beginObject().field("lastUpdateId", book.updateId());
    sides(params, json, listing.instrument(), book);
    return Page.of(json.endObject());
  }

  /** {@code /fapi/v1/depth}: one of a few depths only. */
  static Page depthFutures(Params params) {
    Listing listing = params.listing();
    OptionalLong limit = params.number("limit");
    if (limit.isPresent() && !FUTURES_DEPTHS.contains(limit.getAsLong())) {
      throw new BinanceError(400, -4021, limit.getAsLong() + " is not valid depth limit.");
    }
    OrderBook book = listing.books().at(params.now(), (int) limit.orElse(500));
    Json json = new Json(8192).beginObject().field("lastUpdateId", book.updateId());
    if (params.isCoin()) {
      names(params, json, listing.instrument());
    }
    json.field("E", params.now()).field("T", book.time());
    sides(params, json, listing.instrument(), book);
    return Page.of(json.endObject());
  }

  /** What an instrument is called; those settled in coins tell their pair as well. */
  static Json names(Params params, Json json, Instrument instrument) {
    json.field("symbol", instrument.symbol());
    return params.isCoin() ? json.field("pair", instrument.pair()) : json;
  }

  private static void sides(Params params, Json json, Instrument instrument, OrderBook book) {
    side(params, json.name("bids"), instrument, book.bids());
    side(params, json.name("asks"), instrument, book.asks());
  }

  private static void side(Params params, Json json, Instrument instrument, OrderBook.Side side) {
    json.beginArray();
    for (int i = 0; i < side.depth(); i++) {
      json.beginArray();
      params.price(json, instrument, side.price(i));
      params.size(json, instrument, side.size(i));
      json.endArray();
    }
    json.endArray();
  }

  /** One instrument as an object, several or all as a list; settled in coins one is a list too. */
  private static Page each(Params params, Json json, Consumer<Listing> writer) {
    Optional<Listing> one = params.optionalListing();
    Optional<List<Listing>> some = params.isSpot() ? params.optionalListings() : Optional.empty();
    if (one.isPresent() && !params.isCoin()) {
      writer.accept(one.get());
      return Page.of(json);
    }
    List<Listing> all = some.or(() -> one.map(List::of)).orElseGet(() -> listed(params));
    json.beginArray();
    all.forEach(writer);
    return new Page(json.endArray(), all.size());
  }

  /** Spot keeps what is no longer traded in its lists; futures drop it. */
  static List<Listing> listed(Params params) {
    List<Listing> all = params.market().listed(params.venue(), params.now());
    return params.isSpot()
        ? all
        : all.stream().filter(listing -> listing.instrument().tradedAt(params.now())).toList();
  }

  /** {@code ticker/price}. */
  static Page price(Params params) {
    Json json = new Json();
    return each(
        params,
        json,
        listing -> {
          Instrument instrument = listing.instrument();
          json.beginObject().field("symbol", instrument.symbol());
          if (params.isCoin()) {
            json.field("ps", instrument.pair());
          }
          params.price(json.name("price"), instrument, last(listing, params.now()).price);
          if (!params.isSpot()) {
            json.field("time", params.now());
          }
          json.endObject();
        });
  }

  /** {@code ticker/bookTicker}. */
  static Page bookTicker(Params params) {
    Json json = new Json();
    return each(
        params,
        json,
        listing -> {
          OrderBook book = listing.books().at(params.now(), 1);
          json.beginObject();
          if (!params.isSpot()) {
            json.field("lastUpdateId", book.updateId());
          }
          names(params, json, listing.instrument());
          best(params, json, listing.instrument(), book);
          if (!params.isSpot()) {
            json.field("time", book.time());
          }
          json.endObject();
        });
  }

  private static void best(Params params, Json json, Instrument instrument, OrderBook book) {
    boolean open = book.bids().depth() > 0 && book.asks().depth() > 0;
    params.price(json.name("bidPrice"), instrument, open ? book.bids().price(0) : 0);
    params.size(json.name("bidQty"), instrument, open ? book.bids().size(0) : 0);
    params.price(json.name("askPrice"), instrument, open ? book.asks().price(0) : 0);
    params.size(json.name("askQty"), instrument, open ? book.asks().size(0) : 0);
  }

  /** {@code ticker/24hr}: the last 24 hours up to now. */
  static Page day(Params params) {
    boolean mini = mini(params);
    Json json = new Json(1024);
    return each(
        params,
        json,
        listing -> statistics(params, json, listing, params.now() - Grid.DAY, params.now(), mini));
  }

  private static boolean mini(Params params) {
    String type = params.text("type").orElse("FULL");
    if (!type.equals("FULL") && !type.equals("MINI")) {
      throw new BinanceError(400, -1139, "Invalid ticker type.");
    }
    return type.equals("MINI");
  }

  /** {@code /api/v3/ticker}: from the full minute that is a window ago. */
  static Page window(Params params) {
    named(params);
    long length = windowSize(params.text("windowSize").orElse("1d"));
    long open = (params.now() - length) / Grid.MINUTE * Grid.MINUTE;
    boolean mini = mini(params);
    Json json = new Json(1024);
    return each(params, json, listing -> shorter(params, json, listing, open, params.now(), mini));
  }

  /** {@code /api/v3/ticker/tradingDay}: from midnight UTC on. */
  static Page tradingDay(Params params) {
    named(params);
    long open = params.now() / Grid.DAY * Grid.DAY;
    boolean mini = mini(params);
    Json json = new Json(1024);
    return each(
        params, json, listing -> shorter(params, json, listing, open, open + Grid.DAY - 1, mini));
  }

  private static void named(Params params) {
    if (params.text("symbol").isEmpty() && params.text("symbols").isEmpty()) {
      throw BinanceError.missing("symbol");
    }
  }

  private static long windowSize(String size) {
    if (!size.matches("[1-9]\\d?[mhd]")) {
      throw new BinanceError(400, -1138, "Invalid window size.");
    }
    int n = Integer.parseInt(size.substring(0, size.length() - 1));
    long unit =
        switch (size.charAt(size.length() - 1)) {
          case 'm' -> n < 60 ? Grid.MINUTE : 0;
          case 'h' -> n < 24 ? Grid.HOUR : 0;
          default -> n < 8 ? Grid.DAY : 0;
        };
    if (unit == 0) {
      throw new BinanceError(400, -1138, "Invalid window size.");
    }
    return n * unit;
  }

  /** {@code /api/v3/avgPrice}: of the last five minutes, by volume. */
  static Page average(Params params) {
    Listing listing = params.listing();
    Bar bar =
        listing.bars().between(params.now() - 5 * Grid.MINUTE + 1, params.now() + 1, params.now());
    Json json = new Json().beginObject().field("mins", 5);
    json.field("price", mean(listing.instrument(), bar, 8));
    Last last = last(listing, params.now());
    return Page.of(json.field("closeTime", params.stamp(last.time)).endObject());
  }

  private static void statistics(
      Params params, Json json, Listing listing, long open, long close, boolean mini) {
    Instrument instrument = listing.instrument();
    Bar bar = listing.bars().between(open, close + 1, params.now());
    names(params, json.beginObject(), instrument);
    if (!mini) {
      change(params, json, instrument, bar);
      Last last = last(listing, params.now());
      if (params.isSpot()) {
        params.price(json.name("prevClosePrice"), instrument, before(listing, bar));
      }
      params.price(json.name("lastPrice"), instrument, bar.close());
      params.size(json.name("lastQty"), instrument, last.size);
      if (params.isSpot()) {
        best(params, json, instrument, listing.books().at(params.now(), 1));
      }
      rest(params, json, instrument, bar, true);
    } else {
      rest(params, json, instrument, bar, false);
    }
    ends(params, json, bar, open, close);
  }

  private static void shorter(
      Params params, Json json, Listing listing, long open, long close, boolean mini) {
    Instrument instrument = listing.instrument();
    Bar bar = listing.bars().between(open, close + 1, params.now());
    json.beginObject().field("symbol", instrument.symbol());
    if (!mini) {
      change(params, json, instrument, bar);
    }
    rest(params, json, instrument, bar, false);
    ends(params, json, bar, open, close);
  }

  private static void change(Params params, Json json, Instrument instrument, Bar bar) {
    params.price(json.name("priceChange"), instrument, bar.close() - bar.open());
    BigDecimal percent =
        bar.open() == 0
            ? BigDecimal.ZERO.setScale(3)
            : BigDecimal.valueOf(bar.close() - bar.open())
                .movePointRight(2)
                .divide(BigDecimal.valueOf(bar.open()), 3, RoundingMode.HALF_UP);
    json.field("priceChangePercent", percent.toPlainString());
    json.field(
        "weightedAvgPrice", mean(instrument, bar, params.isSpot() ? 8 : instrument.priceScale()));
  }

  private static void rest(
      Params params, Json json, Instrument instrument, Bar bar, boolean lastWritten) {
    params.price(json.name("openPrice"), instrument, bar.open());
    params.price(json.name("highPrice"), instrument, bar.high());
    params.price(json.name("lowPrice"), instrument, bar.low());
    if (!lastWritten) {
      params.price(json.name("lastPrice"), instrument, bar.close());
    }
    params.size(json.name("volume"), instrument, bar.volume());
    params.quote(
        json.name(params.isCoin() ? "baseVolume" : "quoteVolume"), instrument, bar.quoteVolume());
  }

  private static void ends(Params params, Json json, Bar bar, long open, long close) {
    json.field("openTime", params.stamp(open)).field("closeTime", params.stamp(close));
    json.field("firstId", bar.count() == 0 ? -1 : bar.firstTrade());
    json.field("lastId", bar.count() == 0 ? -1 : bar.lastTrade());
    json.field("count", bar.count()).endObject();
  }

  static String mean(Instrument instrument, Bar bar, int decimals) {
    BigDecimal size = BigDecimal.valueOf(bar.volume(), instrument.sizeScale());
    BigDecimal value = BigDecimal.valueOf(bar.quoteVolume(), instrument.quoteScale());
    BigDecimal quote =
        instrument.countsContracts()
            ? size.multiply(BigDecimal.valueOf(instrument.contractSize()))
            : value;
    BigDecimal base = instrument.countsContracts() ? value : size;
    BigDecimal mean =
        base.signum() == 0 ? BigDecimal.ZERO : quote.divide(base, decimals, RoundingMode.HALF_UP);
    return mean.setScale(decimals, RoundingMode.HALF_UP).toPlainString();
  }

  private static long before(Listing listing, Bar bar) {
    return bar.firstTrade() == 0 ? bar.open() : trade(listing, bar.firstTrade() - 1).price;
  }

  /** The last trade of an instrument. */
  private record Last(long price, long size, long time) {}

  private static Last last(Listing listing, long now) {
    long trades = listing.tape().tradesUntil(now);
    return trades == 0 ? new Last(0, 0, now) : trade(listing, trades - 1);
  }

  private static Last trade(Listing listing, long id) {
    MinuteTrades minute = listing.tape().reader().load(listing.tape().minuteOfTrade(id));
    int i = (int) (id - minute.id(0));
    return new Last(minute.price(i), minute.size(i), minute.time(i));
  }
}
