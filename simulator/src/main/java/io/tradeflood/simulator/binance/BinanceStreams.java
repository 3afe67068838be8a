package io.tradeflood.simulator.binance;

import io.tradeflood.simulator.binance.TickerStreams.Clockwork;
import io.tradeflood.simulator.market.Grid;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.Market;
import io.tradeflood.simulator.market.Venue;
import io.tradeflood.simulator.stream.Source;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the source of a stream by its name. */
record BinanceStreams(Market market, Venue venue) {
  private static final Pattern DEPTH = Pattern.compile("depth(5|10|20)?(?:@(100|250|500|1000)ms)?");
  private static final Pattern KLINE = Pattern.compile("kline_(\\w{2,3})(@\\+08:00)?");
  private static final Map<String, Long> WINDOWS =
      Map.of("ticker_1h", Grid.HOUR, "ticker_4h", 4 * Grid.HOUR, "ticker_1d", Grid.DAY);
  private static final long ASIA = 8 * Grid.HOUR;

  /** Which of the contracts' two routes carries a stream. */
  enum Route {
    PUBLIC,
    MARKET
  }

  /** The route of a stream, by its name alone. */
  static Route route(String name) {
    String type = name.substring(name.indexOf('@') + 1);
    boolean open = type.startsWith("depth") || type.equals("bookTicker") || type.equals("trade");
    return open ? Route.PUBLIC : Route.MARKET;
  }

  private boolean isSpot() {
    return venue == Venue.BINANCE_SPOT;
  }

  /** What the named stream says from a moment on; nothing if there is no such stream. */
  Optional<Source> find(String name, long start) {
    if (name.startsWith("!")) {
      return ofAll(name.substring(1), start);
    }
    int at = name.indexOf('@');
    if (at < 1 || !name.equals(lower(name, at))) {
      return Optional.empty();
    }
    return market
        .find(venue, name.substring(0, at).toUpperCase(Locale.ROOT), start)
        .filter(listing -> listing.instrument().tradedAt(start))
        .flatMap(listing -> of(listing, name.substring(at + 1), start));
  }

  /** Symbols are written small in names of streams. */
  private static String lower(String name, int at) {
    return name.substring(0, at).toLowerCase(Locale.ROOT) + name.substring(at);
  }

  private Optional<Source> of(Listing listing, String type, long start) {
    long pace = isSpot() ? Grid.SECOND : 2 * Grid.SECOND;
    if (isSpot() && WINDOWS.containsKey(type)) {
      return Optional.of(each(listing, Grid.SECOND, start, window(type)));
    }
    Optional<Source> common =
        switch (type) {
          case "trade" -> Optional.of(new TradeStreams.Single(listing, start));
          case "aggTrade" -> Optional.of(new TradeStreams.Aggregate(listing, start));
          case "bookTicker" -> Optional.of(new BookStreams.Best(listing, start));
          case "miniTicker" -> Optional.of(each(listing, pace, start, TickerStreams::mini));
          case "ticker" -> Optional.of(each(listing, pace, start, TickerStreams::day));
          default -> isSpot() ? ofSpot(listing, type, start) : ofContract(listing, type, start);
        };
    return common.or(() -> depth(listing, type, start)).or(() -> kline(listing, type, start));
  }

  private static Optional<Source> ofSpot(Listing listing, String type, long start) {
    return switch (type) {
      case "avgPrice" -> Optional.of(each(listing, Grid.SECOND, start, TickerStreams::average));
      default -> Optional.empty();
    };
  }

  private static Optional<Source> ofContract(Listing listing, String type, long start) {
    return switch (type) {
      case "markPrice" ->
          Optional.of(each(listing, 3 * Grid.SECOND, start, ContractStreams::markPrice));
      case "markPrice@1s" ->
          Optional.of(each(listing, Grid.SECOND, start, ContractStreams::markPrice));
      case "forceOrder" -> Optional.of(new ContractStreams.Liquidations(listing, start));
      default -> Optional.empty();
    };
  }

  private static TickerStreams.Of window(String type) {
    String length = type.substring("ticker_".length());
    return TickerStreams.window(length, WINDOWS.getOrDefault(type, Grid.DAY));
  }

  private static Source each(Listing listing, long pace, long start, TickerStreams.Of of) {
    return new Clockwork(pace, start, (time, json) -> of.write(listing, time, json));
  }

  private Optional<Source> depth(Listing listing, String type, long start) {
    Matcher parts = DEPTH.matcher(type);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long pace = parts.group(2) == null ? (isSpot() ? 1000 : 250) : Long.parseLong(parts.group(2));
    boolean known = isSpot() ? pace == 100 || pace == 1000 : pace != 1000;
    if (!known) {
      return Optional.empty();
    }
    return Optional.of(
        parts.group(1) == null
            ? new BookStreams.Changes(listing, pace, start)
            : new BookStreams.Partial(listing, Integer.parseInt(parts.group(1)), pace, start));
  }

  private Optional<Source> kline(Listing listing, String type, long start) {
    Matcher parts = KLINE.matcher(type);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String interval = parts.group(1);
    boolean second = interval.equals("1s");
    if (second && !isSpot()) {
      return Optional.empty();
    }
    long shift = parts.group(2) == null ? 0 : ASIA;
    long pace = isSpot() ? (second ? 1 : 2) * Grid.SECOND : 250;
    return Klines.grid(interval)
        .map(grid -> new TradeStreams.Kline(listing, grid.shifted(shift), interval, pace, start));
  }

  private Optional<Source> ofAll(String type, long start) {
    long pace = isSpot() ? Grid.SECOND : 2 * Grid.SECOND;
    if (isSpot() && type.endsWith("@arr") && WINDOWS.containsKey(type.replace("@arr", ""))) {
      return Optional.of(all(Grid.SECOND, start, window(type.replace("@arr", ""))));
    }
    return switch (type) {
      case "miniTicker@arr" -> Optional.of(all(pace, start, TickerStreams::mini));
      case "ticker@arr" ->
          isSpot() ? Optional.empty() : Optional.of(all(pace, start, TickerStreams::day));
      case "markPrice@arr" -> ofContracts(3 * Grid.SECOND, start);
      case "markPrice@arr@1s" -> ofContracts(Grid.SECOND, start);
      default -> Optional.empty();
    };
  }

  private Optional<Source> ofContracts(long pace, long start) {
    return isSpot() ? Optional.empty() : Optional.of(all(pace, start, ContractStreams::markPrice));
  }

  private Source all(long pace, long start, TickerStreams.Of of) {
    return new Clockwork(pace, start, TickerStreams.list(market.listed(venue, start), of));
  }
}
