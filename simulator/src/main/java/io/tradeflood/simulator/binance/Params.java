package io.tradeflood.simulator.binance;

import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.Kind;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.Market;
import io.tradeflood.simulator.market.Venue;
import io.tradeflood.simulator.wire.Json;
import io.tradeflood.simulator.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** A request with what it asks for, checked as the exchange checks it. */
record Params(Request request, Market market, Venue venue, long now) {
  private static final Pattern SYMBOL =
      Pattern.compile("[\\w\\-.&&[^a-z]]{1,50}", Pattern.UNICODE_CHARACTER_CLASS);
  private static final String SYMBOL_RANGE = "^[\\\\w\\\\-._&&[^a-z]]{1,50}$";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}");
  private static final String NUMBER_RANGE = "^[0-9]{1,20}$";
  private static final long LATEST_MILLISECOND = 100_000_000_000_000L;

  boolean isSpot() {
    return venue == Venue.BINANCE_SPOT;
  }

  /** Whether contracts are settled in coins: sizes are contracts, values are in the base asset. */
  boolean isCoin() {
    return venue == Venue.BINANCE_COINM;
  }

  Optional<String> text(String name) {
    return request.query().get(name);
  }

  String required(String name) {
    return text(name).orElseThrow(() -> BinanceError.missing(name));
  }

  /** The instrument that must be named. */
  Listing listing() {
    return listing(required("symbol"));
  }

  /** The instrument, if one is named. */
  Optional<Listing> optionalListing() {
    if (request.query().has("symbol") && text("symbol").isEmpty()) {
      throw new BinanceError(400, -1105, "Parameter 'symbol' was empty.");
    }
    return text("symbol").map(this::listing);
  }

  /** The perpetual of a pair. */
  Listing perpetual(String pair) {
    Listing listing = listing(isCoin() ? pair + "_PERP" : pair);
    if (listing.instrument().kind() != Kind.PERPETUAL) {
      throw new BinanceError(400, -1121, "Invalid symbol.");
    }
    return listing;
  }

  Listing listing(String symbol) {
    if (!SYMBOL.matcher(symbol).matches()) {
      throw BinanceError.illegal("symbol", SYMBOL_RANGE);
    }
    return market
        .find(venue, symbol, now)
        .orElseThrow(() -> new BinanceError(400, -1121, "Invalid symbol."));
  }

  /** The instruments of a list in JSON: {@code ["BTCUSDT","ETHUSDT"]}. */
  Optional<List<Listing>> optionalListings() {
    Optional<String> list = text("symbols");
    if (list.isEmpty()) {
      return Optional.empty();
    }
    if (text("symbol").isPresent()) {
      throw new BinanceError(400, -1128, "Combination of optional parameters invalid.");
    }
    String symbols = list.get().strip();
    if (symbols.length() < 2 || symbols.charAt(0) != '[' || !symbols.endsWith("]")) {
      throw BinanceError.illegal(
          "symbols", "^\\\\[(\"[\\\\w\\\\-._&&[^a-z]]{1,50}\"(,\"...\")*)?\\\\]$");
    }
    List<Listing> listings = new ArrayList<>();
    for (String quoted : symbols.substring(1, symbols.length() - 1).split(",", -1)) {
      String symbol = quoted.strip();
      if (symbol.length() < 3 || symbol.charAt(0) != '"' || !symbol.endsWith("\"")) {
        throw BinanceError.illegal("symbols", "^\\\\[(\"...\")(,\"...\")*\\\\]$");
      }
      Listing listing = listing(symbol.substring(1, symbol.length() - 1));
      if (!listings.contains(listing)) {
        listings.add(listing);
      }
    }
    return Optional.of(listings);
  }

  /** A limit, cut to what the exchange gives at most. */
  int limit(int common, int most) {
    OptionalLong limit = number("limit");
    if (limit.isEmpty()) {
      return common;
    }
    if (limit.getAsLong() == 0) {
      throw BinanceError.invalid("limit");
    }
    return (int) Math.min(limit.getAsLong(), most);
  }

  OptionalLong number(String name) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      if (request.query().has(name)) {
        throw new BinanceError(400, -1105, "Parameter '%s' was empty.".formatted(name));
      }
      return OptionalLong.empty();
    }
    if (!NUMBER.matcher(text.get()).matches()) {
      throw BinanceError.illegal(name, NUMBER_RANGE);
    }
    try {
      return OptionalLong.of(Long.parseLong(text.get()));
    } catch (NumberFormatException e) {
      throw BinanceError.invalid(name);
    }
  }

  /** A moment in milliseconds; microseconds are understood too. */
  OptionalLong time(String name) {
    OptionalLong time = number(name);
    return time.isPresent() && time.getAsLong() >= LATEST_MILLISECOND
        ? OptionalLong.of(time.getAsLong() / 1000)
        : time;
  }

  /** Whether answers are wanted in microseconds. */
  private boolean micros() {
    return isSpot()
        && request
            .headers()
            .first("X-MBX-TIME-UNIT")
            .map(unit -> unit.equalsIgnoreCase("MICROSECOND"))
            .orElse(false);
  }

  /** A moment as the client wants it. */
  long stamp(long millis) {
    return micros() ? millis * 1000 : millis;
  }

  /** The last moment before the given one, as the client wants it. */
  long stampBefore(long millis) {
    return micros() ? millis * 1000 - 1 : millis - 1;
  }

  /** Spot writes eight decimals, futures as many as the step has. */
  Json price(Json json, Instrument instrument, long price) {
    return decimal(json, price, instrument.priceScale());
  }

  Json size(Json json, Instrument instrument, long size) {
    return decimal(json, size, instrument.sizeScale());
  }

  Json quote(Json json, Instrument instrument, long quote) {
    return decimal(json, quote, instrument.quoteScale());
  }

  private Json decimal(Json json, long mantissa, int scale) {
    return json.text(mantissa, scale, isSpot() ? 8 : scale);
  }
}
