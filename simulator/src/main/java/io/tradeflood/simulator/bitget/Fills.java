package io.tradeflood.simulator.bitget;

import io.tradeflood.simulator.market.Grid;
import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.MinuteTrades;
import io.tradeflood.simulator.market.Tape;
import io.tradeflood.simulator.market.Venue;
import io.tradeflood.simulator.wire.Json;
import java.util.OptionalLong;

/** Trades, newest first. */
final class Fills {
  private static final long REACH = 90 * Grid.DAY;
  private static final long WINDOW = 7 * Grid.DAY;

  private Fills() {}

  /** How the three endpoints write the same trade. */
  private enum Style {
    SPOT,
    /** Times in full seconds. */
    SPOT_HISTORY,
    CONTRACT,
    /** Sides with a capital. */
    CONTRACT_HISTORY,
    /** Another word for the number. */
    UNIFIED
  }

  /** {@code spot/market/fills}: the newest, at most 500. */
  static Page spot(Params params, Json json) {
    return newest(params, json, params.spot(), params.limit("limit", 100, 500), Style.SPOT);
  }

  /** {@code mix/market/fills}: the newest, at most 100. */
  static Page contract(Params params, Json json) {
    return newest(params, json, params.contract(), params.limit("limit", 100, 100), Style.CONTRACT);
  }

  /** {@code v3/market/fills}: the newest, at most 100. */
  static Page unified(Params params, Json json) {
    int limit = params.limit("limit", 100, 100);
    return newest(params, json, params.ofCategory(), limit, Style.UNIFIED);
  }

  /** {@code spot/market/fills-history}: of the last 90 days, times in full seconds. */
  static Page spotHistory(Params params, Json json) {
    return history(params, json, params.spot(), Style.SPOT_HISTORY);
  }

  /** {@code mix/market/fills-history}: of the last 90 days, sides with a capital. */
  static Page contractHistory(Params params, Json json) {
    return history(params, json, params.contract(), Style.CONTRACT_HISTORY);
  }

  private static Page newest(Params params, Json json, Listing listing, int limit, Style style) {
    long end = listing.tape().tradesUntil(params.now());
    return rows(json, listing, Math.max(0, end - limit), end, style);
  }

  private static Page history(Params params, Json json, Listing listing, Style style) {
    int limit = params.limit("limit", 500, 1000);
    OptionalLong start = params.number("startTime");
    OptionalLong end = params.number("endTime");
    OptionalLong below = params.number("idLessThan");
    long oldest = params.now() - REACH;
    if (start.isPresent() && end.isPresent()) {
      if (start.getAsLong() > end.getAsLong()) {
        throw BitgetError.invalid("startTime or endTime");
      }
      if (end.getAsLong() - start.getAsLong() > WINDOW) {
        throw BitgetError.invalid("startTime or endTime: at most 7 days");
      }
    }
    if (start.orElse(params.now()) < oldest || end.orElse(params.now()) < oldest) {
      throw new BitgetError(400, "40705", "The start and end time must lie in the last 90 days");
    }
    Tape tape = listing.tape();
    long from = Math.max(oldest, start.orElse(end.isPresent() ? end.getAsLong() - WINDOW : oldest));
    long until = Math.min(params.now(), end.orElse(from + (start.isPresent() ? WINDOW : REACH)));
    long first = tape.firstTradeFrom(from);
    long last = tape.tradesUntil(until);
    if (below.isPresent()) {
      last = Math.min(last, Math.max(0, below.getAsLong() - Venue.BITGET_SPOT.firstTradeId()));
    }
    return rows(json, listing, Math.max(first, last - limit), last, style);
  }

  private static Page rows(Json json, Listing listing, long first, long end, Style style) {
    json.beginArray();
    int rows = 0;
    if (first < end) {
      Tape tape = listing.tape();
      MinuteTrades trades = tape.reader();
      long id = end - 1;
      for (long minute = tape.minuteOfTrade(id); id >= first; minute--) {
        trades.load(minute);
        for (int i = trades.count() - 1; i >= 0 && id >= first; i--) {
          if (trades.id(i) == id) {
            row(json, listing.instrument(), trades, i, style);
            id--;
            rows++;
          }
        }
      }
    }
    return new Page(json.endArray(), rows);
  }

  private static void row(
      Json json, Instrument instrument, MinuteTrades trades, int i, Style style) {
    boolean capital = style == Style.CONTRACT_HISTORY;
    String side = trades.sold(i) ? capital ? "Sell" : "sell" : capital ? "Buy" : "buy";
    long time = trades.time(i);
    json.beginObject();
    if (style != Style.UNIFIED) {
      json.field("symbol", instrument.symbol());
    }
    json.name(style == Style.UNIFIED ? "execId" : "tradeId")
        .text(Venue.BITGET_SPOT.firstTradeId() + trades.id(i));
    json.field("side", side);
    json.name("price").trimmed(trades.price(i), instrument.priceScale());
    json.name("size").trimmed(trades.size(i), instrument.sizeScale());
    json.name("ts").text(style == Style.SPOT_HISTORY ? time / 1000 * 1000 : time).endObject();
  }
}
