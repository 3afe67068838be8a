package io.tradeflood.simulator.bitget;

import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.Market;
import io.tradeflood.simulator.market.Venue;
import io.tradeflood.simulator.wire.Request;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** A request with what it asks for, checked as the exchange checks it. */
record Params(Request request, Market market, long now) {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}");
  private static final Map<String, Venue> PRODUCTS =
      Map.of(
          "USDT-FUTURES", Venue.BITGET_USDT_FUTURES,
          "COIN-FUTURES", Venue.BITGET_COIN_FUTURES,
          "USDC-FUTURES", Venue.BITGET_USDC_FUTURES);

  /** Products for practice; nothing is listed there. */
  private static final Set<String> PRACTICE =
      Set.of("SUSDT-FUTURES", "SCOIN-FUTURES", "SUSDC-FUTURES");

  Optional<String> text(String name) {
    return request.query().get(name);
  }

  String required(String name) {
    return text(name).orElseThrow(() -> BitgetError.empty(name));
  }

  /** The spot instrument that must be named. */
  Listing spot() {
    return find(Venue.BITGET_SPOT, required("symbol"));
  }

  /** The contract that must be named; one that was removed is refused. */
  Listing contract() {
    Venue venue = product().orElseThrow(() -> BitgetError.unknown(required("symbol")));
    return contract(venue, required("symbol"));
  }

  private Listing contract(Venue venue, String symbol) {
    Listing listing = find(venue, symbol);
    if (!listing.instrument().tradedAt(now)) {
      throw new BitgetError(400, "40309", "The contract has been removed");
    }
    return listing;
  }

  private Listing find(Venue venue, String symbol) {
    return market.find(venue, symbol, now).orElseThrow(() -> BitgetError.unknown(symbol));
  }

  /** The instrument that must be named, of the category that must be named: version 3. */
  Listing ofCategory() {
    return inCategory(category(), required("symbol"));
  }

  private Listing inCategory(Venue venue, String symbol) {
    return venue == Venue.BITGET_SPOT ? find(venue, symbol) : contract(venue, symbol);
  }

  /** The named instrument of the category that must be named, or all of it: version 3. */
  List<Listing> allOfCategory() {
    Venue venue = category();
    return text("symbol")
        .map(symbol -> List.of(inCategory(venue, symbol)))
        .orElseGet(
            () ->
                market.listed(venue, now).stream()
                    .filter(listing -> listing.instrument().tradedAt(now))
                    .toList());
  }

  private Venue category() {
    String category = required("category").toUpperCase(Locale.ROOT);
    if (category.equals("SPOT")) {
      return Venue.BITGET_SPOT;
    }
    Venue venue = PRODUCTS.get(category);
    if (venue == null) {
      throw BitgetError.invalid("category");
    }
    return venue;
  }

  /** The contract that must be named, whatever its product: version 3. */
  Listing anyContract() {
    String symbol = required("symbol");
    return PRODUCTS.values().stream()
        .flatMap(venue -> market.find(venue, symbol, now).stream())
        .filter(listing -> listing.instrument().tradedAt(now))
        .findFirst()
        .orElseThrow(() -> BitgetError.unknown(symbol));
  }

  /** The venue of the product; none for one where nothing is listed. */
  private Optional<Venue> product() {
    String product = required("productType").toUpperCase(Locale.ROOT);
    Venue venue = PRODUCTS.get(product);
    if (venue == null && !PRACTICE.contains(product)) {
      throw BitgetError.invalid("productType");
    }
    return Optional.ofNullable(venue);
  }

  /** The named contract, or all of the product. */
  List<Listing> contracts() {
    Optional<Venue> venue = product();
    if (venue.isEmpty()) {
      return List.of();
    }
    return text("symbol")
        .map(symbol -> List.of(contract(venue.get(), symbol)))
        .orElseGet(
            () ->
                market.listed(venue.get(), now).stream()
                    .filter(listing -> listing.instrument().tradedAt(now))
                    .toList());
  }

  /** The named spot instrument, or all. */
  List<Listing> spots() {
    return text("symbol")
        .map(symbol -> List.of(find(Venue.BITGET_SPOT, symbol)))
        .orElseGet(() -> market.listed(Venue.BITGET_SPOT, now));
  }

  /** A limit, cut to what the exchange gives at most. */
  int limit(String name, int common, int most) {
    OptionalLong limit = number(name);
    if (limit.isPresent() && limit.getAsLong() == 0) {
      throw BitgetError.invalid(name);
    }
    return (int) Math.min(limit.orElse(common), most);
  }

  OptionalLong number(String name) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!NUMBER.matcher(text.get()).matches()) {
      throw BitgetError.invalid(name);
    }
    try {
      return OptionalLong.of(Long.parseLong(text.get()));
    } catch (NumberFormatException e) {
      throw BitgetError.invalid(name);
    }
  }

  /** A price in the index's scale, rounded to the step of the instrument. */
  static long toTick(Instrument instrument, long price, int scale) {
    long unit = instrument.tick();
    for (int i = instrument.priceScale(); i < scale; i++) {
      unit *= 10;
    }
    return Math.max(1, Math.round((double) price / unit)) * instrument.tick();
  }
}
