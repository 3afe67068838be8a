package io.tradeflood.simulator.poll;

import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.Market;
import io.tradeflood.simulator.market.Trade;
import io.tradeflood.simulator.market.Venue;
import io.tradeflood.simulator.stream.Sessions;
import io.tradeflood.simulator.wire.Delivery;
import io.tradeflood.simulator.wire.Headers;
import io.tradeflood.simulator.wire.Json;
import io.tradeflood.simulator.wire.Request;
import io.tradeflood.simulator.wire.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Two sources for who must ask again and again: {@code /poll/trades}, which is held until something
 * was traded from a cursor on, and {@code /poll/price}, which says by its ETag whether it is news.
 * The instrument is named by {@code symbol} and {@code venue}, {@code binance-spot} unless said.
 */
public final class Polls {
  private static final String TRADES = "/poll/trades";
  private static final String PRICE = "/poll/price";
  private static final long LONGEST_WAIT = 60_000;
  private static final int COMMON_ROWS = 100;
  private static final int MOST_ROWS = 1000;

  /** What is further back than so many trades is not given any more. */
  private static final long KEPT = 5000;

  private final Market market;
  private final Sessions sessions;

  public Polls(Market market, Sessions sessions) {
    this.market = market;
    this.sessions = sessions;
  }

  /** Whether the path is played here. */
  public boolean owns(String path) {
    return path.equals(TRADES) || path.equals(PRICE);
  }

  /** Answers a request, after a while where it says so. */
  public Response answer(Request request) {
    Optional<Listing> listing = listing(request);
    if (listing.isEmpty()) {
      return error(404, "unknown instrument");
    }
    try {
      return request.path().equals(PRICE)
          ? price(request, listing.get())
          : trades(request, listing.get());
    } catch (NumberFormatException e) {
      return error(400, "cursor, wait and limit are whole numbers");
    }
  }

  private Optional<Listing> listing(Request request) {
    String name = request.query().get("venue").orElse("binance-spot");
    String symbol = request.query().get("symbol").orElse("");
    for (Venue venue : Venue.values()) {
      if (venue.name().equals(name.toUpperCase(Locale.ROOT).replace('-', '_'))) {
        return market.find(venue, symbol, sessions.now());
      }
    }
    return Optional.empty();
  }

  private Response trades(Request request, Listing listing) {
    long first = listing.instrument().venue().firstTradeId();
    long end = first + listing.tape().tradesUntil(sessions.now());
    long cursor = request.query().get("cursor").map(Long::parseLong).orElse(end);
    long wait = number(request, "wait", 0, LONGEST_WAIT);
    long rows = number(request, "limit", COMMON_ROWS, MOST_ROWS);
    if (cursor < end - KEPT) {
      Json json = new Json().beginObject().field("error", "the cursor is too old");
      return Response.json(410, json.name("oldest").text(end - KEPT).endObject());
    }
    long deadline = sessions.real() + wait;
    while (end <= cursor
        && sessions.real() < deadline
        && sessions.await(listing.tape().after(sessions.now()).time(), deadline)) {
      end = first + listing.tape().tradesUntil(sessions.now());
    }
    long next = Math.max(cursor, Math.min(end, cursor + rows));
    List<Trade> trades = listing.trades(cursor, next - 1);
    Json json = new Json(1024).beginObject().name("cursor").text(next);
    json.name("trades").beginArray();
    trades.forEach(trade -> row(json, listing.instrument(), trade));
    return Response.json(200, json.endArray().endObject()).withRows(trades.size());
  }

  private static long number(Request request, String name, long common, long most) {
    long number = request.query().get(name).map(Long::parseLong).orElse(common);
    return Math.clamp(number, 0, most);
  }

  private static void row(Json json, Instrument instrument, Trade trade) {
    json.beginObject().name("id").text(trade.id()).field("time", trade.time());
    json.name("price").text(trade.price(), instrument.priceScale(), instrument.priceScale());
    json.name("size").text(trade.size(), instrument.sizeScale(), instrument.sizeScale());
    json.field("side", trade.sold() ? "sell" : "buy").endObject();
  }

  private Response price(Request request, Listing listing) {
    long end = listing.tape().tradesUntil(sessions.now());
    String tag = "\"" + end + "\"";
    if (request.headers().first("If-None-Match").orElse("").equals(tag)) {
      return new Response(304, Headers.NONE.with("ETag", tag), new byte[0], 0, Delivery.WHOLE);
    }
    long first = listing.instrument().venue().firstTradeId();
    Json json = new Json().beginObject().field("symbol", listing.instrument().symbol());
    json.name("trades").beginArray();
    listing
        .trades(first + end - 1, first + end - 1)
        .forEach(trade -> row(json, listing.instrument(), trade));
    return Response.json(200, json.endArray().endObject()).with("ETag", tag).withRows(1);
  }

  private static Response error(int status, String what) {
    return Response.json(status, new Json().beginObject().field("error", what).endObject());
  }
}
