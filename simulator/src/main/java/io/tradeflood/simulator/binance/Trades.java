package io.tradeflood.simulator.binance;

import io.tradeflood.simulator.market.Grid;
import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.MinuteTrades;
import io.tradeflood.simulator.market.Tape;
import io.tradeflood.simulator.wire.Json;
import java.util.OptionalLong;

/** Trades and aggregate trades, oldest first. */
final class Trades {
  private static final long HOUR = Grid.HOUR;
  private static final long MONTH = 30 * Grid.DAY;

  private Trades() {}

  /** {@code /api/v3/trades}, {@code /fapi/v1/trades}: the newest. */
  static Page recent(Params params) {
    Listing listing = params.listing();
    long end = listing.tape().tradesUntil(params.now());
    return rows(params, listing, end - params.limit(500, 1000), end);
  }

  /**
   * {@code /api/v3/historicalTrades}: from a number on, from the first trade ever; without one the
   * newest.
   */
  static Page historical(Params params) {
    Listing listing = params.listing();
    int limit = params.limit(500, 1000);
    long end = listing.tape().tradesUntil(params.now());
    OptionalLong from = params.number("fromId");
    long first = from.isPresent() ? from.getAsLong() : end - limit;
    return rows(params, listing, first, Math.min(end, first + limit));
  }

  /** {@code /fapi/v1/historicalTrades}: the same with a key, of the last month. */
  static Page historicalFutures(Params params) {
    if (params.request().headers().first("X-MBX-APIKEY").orElse("").isEmpty()) {
      throw new BinanceError(401, -2014, "API-key format invalid.");
    }
    Listing listing = params.listing();
    int limit = params.limit(100, 500);
    long end = listing.tape().tradesUntil(params.now());
    OptionalLong from = params.number("fromId");
    long oldest = listing.tape().firstTradeFrom(params.now() - MONTH);
    long first = Math.max(oldest, from.isPresent() ? from.getAsLong() : end - limit);
    return rows(params, listing, first, Math.min(end, first + limit));
  }

  private static Page rows(Params params, Listing listing, long first, long end) {
    Json json = new Json(4096).beginArray();
    long id = Math.max(0, first);
    int rows = 0;
    if (id < end) {
      Tape tape = listing.tape();
      MinuteTrades trades = tape.reader();
      for (long minute = tape.minuteOfTrade(id); id < end; minute++) {
        trades.load(minute);
        for (int i = 0; i < trades.count() && id < end; i++) {
          if (trades.id(i) == id) {
            trade(params, json, listing.instrument(), trades, i);
            id++;
            rows++;
          }
        }
      }
    }
    return new Page(json.endArray(), rows);
  }

  private static void trade(
      Params params, Json json, Instrument instrument, MinuteTrades trades, int i) {
    json.beginObject().field("id", trades.id(i));
    params.price(json.name("price"), instrument, trades.price(i));
    params.size(json.name("qty"), instrument, trades.size(i));
    params.quote(
        json.name(params.isCoin() ? "baseQty" : "quoteQty"),
        instrument,
        instrument.value(trades.price(i), trades.size(i)));
    json.field("time", params.stamp(trades.time(i))).field("isBuyerMaker", trades.sold(i));
    if (!params.isCoin()) {
      json.field(params.isSpot() ? "isBestMatch" : "isRPITrade", params.isSpot());
    }
    json.endObject();
  }

  /** {@code /api/v3/aggTrades}: by number or by time, both bounds inclusive; the whole past. */
  static Page aggregate(Params params) {
    Listing listing = params.listing();
    int limit = params.limit(500, 1000);
    OptionalLong from = params.number("fromId");
    OptionalLong start = params.time("startTime");
    OptionalLong end = params.time("endTime");
    if (from.isPresent() && (start.isPresent() || end.isPresent())) {
      throw new BinanceError(400, -1128, "Combination of optional parameters invalid.");
    }
    return aggregates(params, listing, new Wanted(from, start, end, limit), 0);
  }

  /**
   * {@code /fapi/v1/aggTrades}: windows below an hour, not mixed with numbers, of the last 24
   * hours.
   */
  static Page aggregateFutures(Params params) {
    Listing listing = params.listing();
    int limit = params.limit(500, 1000);
    OptionalLong from = params.number("fromId");
    OptionalLong start = params.time("startTime");
    OptionalLong end = params.time("endTime");
    if (from.isPresent() && (start.isPresent() || end.isPresent())) {
      throw new BinanceError(400, -1128, "Combination of optional parameters invalid.");
    }
    if (start.isPresent() && end.isPresent()) {
      if (start.getAsLong() > end.getAsLong()) {
        throw new BinanceError(400, -1023, "Start time is greater than end time.");
      }
      if (end.getAsLong() - start.getAsLong() > HOUR) {
        throw new BinanceError(
            400,
            -1127,
            "Lookup interval is too big. More than 1 hours between startTime and endTime.");
      }
    }
    long oldest = listing.tape().ordersUntil(params.now() - Grid.DAY - 1);
    return aggregates(params, listing, new Wanted(from, start, end, limit), oldest);
  }

  /** The bounds of a request for aggregate trades. */
  private record Wanted(OptionalLong fromId, OptionalLong start, OptionalLong end, int limit) {}

  private static Page aggregates(Params params, Listing listing, Wanted wanted, long oldest) {
    Tape tape = listing.tape();
    long newest = tape.ordersUntil(params.now());
    long end =
        wanted.end.isPresent()
            ? Math.min(newest, tape.ordersUntil(Math.min(params.now(), wanted.end.getAsLong())))
            : newest;
    long first;
    if (wanted.fromId.isPresent()) {
      first = wanted.fromId.getAsLong();
    } else if (wanted.start.isPresent()) {
      long start = Math.min(wanted.start.getAsLong(), params.now() + 1);
      first = tape.ordersUntil(start - 1);
    } else {
      first = end - wanted.limit;
    }
    first = Math.max(first, oldest);
    Json json = new Json(4096).beginArray();
    long id = Math.max(0, first);
    long last = Math.min(end, id + wanted.limit);
    int rows = 0;
    if (id < last) {
      MinuteTrades trades = tape.reader();
      for (long minute = tape.minuteOfOrder(id); id < last; minute++) {
        trades.load(minute);
        for (int i = 0; i < trades.count() && id < last; ) {
          int next = i + 1;
          while (next < trades.count() && trades.order(next) == trades.order(i)) {
            next++;
          }
          if (trades.order(i) == id) {
            aggregate(params, json, listing.instrument(), trades, i, next);
            id++;
            rows++;
          }
          i = next;
        }
      }
    }
    return new Page(json.endArray(), rows);
  }

  private static void aggregate(
      Params params, Json json, Instrument instrument, MinuteTrades trades, int first, int end) {
    long size = 0;
    for (int i = first; i < end; i++) {
      size += trades.size(i);
    }
    json.beginObject().field("a", trades.order(first));
    params.price(json.name("p"), instrument, trades.price(first));
    params.size(json.name("q"), instrument, size);
    json.field("f", trades.id(first)).field("l", trades.id(end - 1));
    json.field("T", params.stamp(trades.time(first))).field("m", trades.sold(first));
    if (params.isSpot()) {
      json.field("M", true);
    }
    json.endObject();
  }
}
