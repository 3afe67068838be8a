package io.tradeflood.simulator.market;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All instruments of all venues, made from one seed: equal seeds give equal markets. */
public final class Market {
  private final Map<Venue, Map<String, Listing>> listings = new EnumMap<>(Venue.class);

  public Market(long seed) {
    this(seed, 0);
  }

  /**
   * The same with more to trade: {@code COIN1USDT} and so on, on Binance's and Bitget's spot
   * markets and as contracts in USDT.
   *
   * @param coins how many
   */
  public Market(long seed, int coins) {
    for (Instrument instrument : Catalog.instruments(coins)) {
      Listing listing =
          new Listing(
              seed,
              instrument,
              Catalog.asset(instrument.base()),
              Catalog.asset(instrument.quote()));
      listings
          .computeIfAbsent(instrument.venue(), venue -> new LinkedHashMap<>())
          .put(instrument.symbol(), listing);
    }
  }

  /** The instrument with the venue's own name for it, if it is listed at the given moment. */
  public Optional<Listing> find(Venue venue, String symbol, long now) {
    return Optional.ofNullable(of(venue).get(symbol))
        .filter(listing -> listing.instrument().knownAt(now));
  }

  /** What is or was listed at the given moment, in the order of the catalogue. */
  public List<Listing> listed(Venue venue, long now) {
    List<Listing> listed = new ArrayList<>();
    for (Listing listing : of(venue).values()) {
      if (listing.instrument().knownAt(now)) {
        listed.add(listing);
      }
    }
    return listed;
  }

  /**
   * The instrument with the venue's own name for it, whether it is listed yet or not.
   *
   * @throws IllegalArgumentException if there never is such an instrument
   */
  public Listing listing(Venue venue, String symbol) {
    Listing listing = of(venue).get(symbol);
    if (listing == null) {
      throw new IllegalArgumentException("%s has no %s".formatted(venue, symbol));
    }
    return listing;
  }

  /**
   * What is true of the trades from one number to another, both inclusive, as the venue numbers
   * them: what its REST and its streams say of them must be this.
   */
  public List<Trade> trades(Venue venue, String symbol, long fromId, long toId) {
    return listing(venue, symbol).trades(fromId, toId);
  }

  /**
   * The whole book after the update with the given number: Binance's {@code lastUpdateId} and
   * {@code u}, Bitget's {@code seq}.
   */
  public OrderBook book(Venue venue, String symbol, long updateId) {
    return listing(venue, symbol).books().book(updateId);
  }

  private Map<String, Listing> of(Venue venue) {
    return listings.getOrDefault(venue, Map.of());
  }
}
