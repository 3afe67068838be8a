package io.tradeflood.simulator.oanda;

import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.Market;
import io.tradeflood.simulator.market.Venue;
import io.tradeflood.simulator.stream.Sessions;
import io.tradeflood.simulator.wire.Delivery;
import io.tradeflood.simulator.wire.Headers;
import io.tradeflood.simulator.wire.Json;
import io.tradeflood.simulator.wire.Request;
import io.tradeflood.simulator.wire.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Answers what comes to OANDA's hosts about prices: {@code /v3/accounts}, {@code
 * /v3/accounts/{id}/instruments}, {@code /pricing} and {@code /pricing/stream}. Any token and any
 * account will do.
 */
public final class Oanda {
  /** By what name its connector's host is overridden. */
  public static final String STREAM_HOST = "oanda.stream";

  private static final String ACCOUNT = "101-004-1234567-001";
  private static final Pattern PATH =
      Pattern.compile("/v3/accounts(?:/[0-9-]+/(instruments|pricing|pricing/stream))?");
  private static final Headers STREAM =
      Headers.NONE.with("Content-Type", "application/octet-stream");

  private final Market market;
  private final Sessions sessions;

  public Oanda(Market market, Sessions sessions) {
    this.market = market;
    this.sessions = sessions;
  }

  /** Whether the path lies on one of the hosts played here. */
  public boolean owns(String path) {
    return PATH.matcher(path).matches();
  }

  /**
   * Answers a request.
   *
   * @param now the present of the market
   */
  public Response answer(Request request, long now) {
    String token = request.headers().first("Authorization").orElse("");
    if (!token.startsWith("Bearer ") || token.length() < 8) {
      return error(401, "Insufficient authorization to perform request.");
    }
    if (!request.method().equals("GET")) {
      return error(405, "The method is not allowed.");
    }
    if (request.path().endsWith("/accounts")) {
      Json json = new Json().beginObject().name("accounts").beginArray().beginObject();
      json.field("id", ACCOUNT).name("tags").beginArray().endArray();
      return Response.json(200, json.endObject().endArray().endObject());
    }
    boolean instruments = request.path().endsWith("/instruments");
    Optional<List<Listing>> listings = listings(request, now, instruments);
    if (listings.isEmpty() || listings.get().isEmpty()) {
      return error(400, "Invalid value specified for 'instruments'");
    }
    if (instruments) {
      return instruments(listings.get());
    }
    boolean unix =
        request.headers().first("Accept-Datetime-Format").orElse("").equalsIgnoreCase("UNIX");
    return request.path().endsWith("/stream")
        ? stream(request, listings.get(), unix, now)
        : prices(listings.get(), unix, now);
  }

  private Response stream(Request request, List<Listing> listings, boolean unix, long now) {
    boolean snapshot = !request.query().get("snapshot").orElse("true").equals("false");
    Prices prices = new Prices(sessions, listings, unix, snapshot, now);
    return new Response(200, STREAM, new byte[0], 0, new Delivery.Chunked(prices));
  }

  private static Response prices(List<Listing> listings, boolean unix, long now) {
    Json json = new Json(1024).beginObject().field("time", Prices.time(now, unix));
    json.name("prices").beginArray();
    listings.forEach(listing -> Prices.write(json, listing, now, unix));
    return Response.json(200, json.endArray().endObject()).withRows(listings.size());
  }

  private static Response instruments(List<Listing> listings) {
    Json json = new Json(1024).beginObject().name("instruments").beginArray();
    for (Listing listing : listings) {
      String symbol = listing.instrument().symbol();
      json.beginObject().field("name", symbol);
      json.field("type", symbol.startsWith("XAU") ? "METAL" : "CURRENCY");
      json.field("displayName", symbol.replace('_', '/'));
      json.field("displayPrecision", listing.instrument().priceScale());
      json.field("pipLocation", 1 - listing.instrument().priceScale());
      json.field("tradeUnitsPrecision", 0).field("minimumTradeSize", "1").endObject();
    }
    return Response.json(200, json.endArray().endObject()).withRows(listings.size());
  }

  /** Nothing if one of those named is unknown. */
  private Optional<List<Listing>> listings(Request request, long now, boolean orAll) {
    Optional<String> named = request.query().get("instruments");
    if (named.isEmpty()) {
      return orAll ? Optional.of(market.listed(Venue.OANDA, now)) : Optional.empty();
    }
    List<Listing> listings = new ArrayList<>();
    for (String name : named.get().split(",", -1)) {
      Optional<Listing> listing = market.find(Venue.OANDA, name.strip(), now);
      if (listing.isEmpty()) {
        return Optional.empty();
      }
      listings.add(listing.get());
    }
    return Optional.of(listings);
  }

  private static Response error(int status, String message) {
    return Response.json(
        status, new Json().beginObject().field("errorMessage", message).endObject());
  }
}
