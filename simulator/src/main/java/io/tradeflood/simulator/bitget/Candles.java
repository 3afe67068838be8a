package io.tradeflood.simulator.bitget;

import io.tradeflood.simulator.market.Bar;
import io.tradeflood.simulator.market.Grid;
import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.Kind;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.ReferenceBar;
import io.tradeflood.simulator.market.ReferencePrices;
import io.tradeflood.simulator.wire.Json;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Candles: rows of strings, oldest first, counted back from {@code endTime}. Plain names of six
 * hours and more are cut by the clock of UTC+8.
 */
final class Candles {
  private static final long ASIA = 8 * Grid.HOUR;
  private static final long CONTRACT_WINDOW = 90 * Grid.DAY;

  private static final Map<String, Grid> SPOT =
      grids("min", "h", "day", "week", Map.of(), 1, 3, 5, 15, 30);
  private static final Map<String, Grid> CONTRACT =
      grids("m", "H", "D", "W", Map.of("2H", Grid.every(2 * Grid.HOUR)), 1, 3, 5, 15, 30);

  /** How many days of the shorter candles the endpoint of the recent ones has, by their length. */
  private static final Map<Long, Integer> REACH =
      Map.of(
          Grid.MINUTE,
          30,
          3 * Grid.MINUTE,
          30,
          5 * Grid.MINUTE,
          30,
          15 * Grid.MINUTE,
          52,
          30 * Grid.MINUTE,
          62,
          Grid.HOUR,
          83,
          2 * Grid.HOUR,
          120,
          4 * Grid.HOUR,
          240,
          6 * Grid.HOUR,
          360);

  private Candles() {}

  /** The starts of the first and the last candle of a page, inclusive. */
  private record Span(long first, long last) {}

  private static Map<String, Grid> grids(
      String minute, String hour, String day, String week, Map<String, Grid> more, int... minutes) {
    Map<String, Grid> grids = new HashMap<>(more);
    for (int n : minutes) {
      grids.put(n + minute, Grid.every(n * Grid.MINUTE));
    }
    for (int n : new int[] {1, 4}) {
      grids.put(n + hour, Grid.every(n * Grid.HOUR));
    }
    both(grids, "6" + hour, "6Hutc", Grid.every(6 * Grid.HOUR));
    both(grids, "12" + hour, "12Hutc", Grid.every(12 * Grid.HOUR));
    both(grids, "1" + day, "1Dutc", Grid.every(Grid.DAY));
    both(grids, "3" + day, "3Dutc", Grid.every(3 * Grid.DAY));
    both(grids, "1" + week, "1Wutc", Grid.weeks());
    both(grids, "1M", "1Mutc", Grid.months());
    return Map.copyOf(grids);
  }

  /** The grid of a stream's candles; streams have none of three minutes or two hours. */
  static Optional<Grid> ofStream(String name) {
    return name.equals("3m") || name.equals("2H")
        ? Optional.empty()
        : Optional.ofNullable(CONTRACT.get(name));
  }

  private static void both(Map<String, Grid> grids, String plain, String utc, Grid grid) {
    grids.put(plain, grid.shifted(ASIA));
    grids.put(utc, grid);
  }

  /**
   * {@code spot/market/candles}: the recent past, at most 1000; {@code startTime} has no effect.
   */
  static Page spot(Params params, Json json) {
    Listing listing = params.spot();
    Grid grid = grid(SPOT, params);
    int limit = params.limit("limit", 100, 1000);
    long last = lastBefore(listing, grid, params.number("endTime"), params.now());
    long first = Math.max(grid.step(last, 1L - limit), reach(grid, params.now()));
    return trades(params, json, listing, grid, new Span(first, last), true);
  }

  /** {@code spot/market/history-candles}: back to the listing by {@code endTime}, at most 200. */
  static Page spotHistory(Params params, Json json) {
    Listing listing = params.spot();
    Grid grid = grid(SPOT, params);
    params.required("endTime");
    int limit = params.limit("limit", 100, 200);
    long last = lastBefore(listing, grid, params.number("endTime"), params.now());
    return trades(params, json, listing, grid, new Span(grid.step(last, 1L - limit), last), true);
  }

  /** {@code mix/market/candles}: the recent past in windows of 90 days, at most 1000. */
  static Page contract(Params params, Json json) {
    Listing listing = params.contract();
    Grid grid = grid(CONTRACT, params);
    int limit = params.limit("limit", 100, 1000);
    Span span = window(params, listing, grid, limit);
    Span recent = new Span(Math.max(span.first, reach(grid, params.now())), span.last);
    String type = params.text("kLineType").orElse("MARKET").toUpperCase(Locale.ROOT);
    return switch (type) {
      case "MARKET" -> trades(params, json, listing, grid, recent, false);
      case "MARK" -> reference(params, json, listing, ReferencePrices.Of.MARK, grid, recent);
      case "INDEX" -> reference(params, json, listing, ReferencePrices.Of.INDEX, grid, recent);
      default -> throw BitgetError.invalid("kLineType");
    };
  }

  /** {@code mix/market/history-candles}: finished ones only, in windows of 90 days, at most 200. */
  static Page contractHistory(Params params, Json json) {
    Listing listing = params.contract();
    Grid grid = grid(CONTRACT, params);
    Span span = finished(params, listing, grid, 200);
    return trades(params, json, listing, grid, span, false);
  }

  /** {@code mix/market/history-index-candles} and {@code history-mark-candles}. */
  static Page referenceHistory(Params params, Json json, ReferencePrices.Of of) {
    Listing listing = params.contract();
    Grid grid = grid(CONTRACT, params);
    return reference(params, json, listing, of, grid, finished(params, listing, grid, 200));
  }

  /** {@code v3/market/candles}: of any price, in windows of 90 days, at most 1000. */
  static Page unified(Params params, Json json) {
    Listing listing = params.ofCategory();
    Grid grid = unifiedGrid(params);
    Span span = window(params, listing, grid, params.limit("limit", 100, 1000));
    Span recent = new Span(Math.max(span.first, reach(grid, params.now())), span.last);
    return ofType(params, json, listing, grid, recent);
  }

  /** {@code v3/market/history-candles}: the same, finished ones only, at most 100. */
  static Page unifiedHistory(Params params, Json json) {
    Listing listing = params.ofCategory();
    Grid grid = unifiedGrid(params);
    return ofType(params, json, listing, grid, finished(params, listing, grid, 100));
  }

  private static Grid unifiedGrid(Params params) {
    Grid grid = CONTRACT.get(params.required("interval"));
    if (grid == null) {
      throw BitgetError.invalid("interval");
    }
    return grid;
  }

  private static Page ofType(Params params, Json json, Listing listing, Grid grid, Span span) {
    String type = params.text("type").orElse("MARKET").toUpperCase(Locale.ROOT);
    if (type.equals("MARKET")) {
      return trades(params, json, listing, grid, span, false);
    }
    if (listing.instrument().kind() == Kind.SPOT) {
      throw BitgetError.invalid("type");
    }
    return switch (type) {
      case "MARK" -> reference(params, json, listing, ReferencePrices.Of.MARK, grid, span);
      case "INDEX" -> reference(params, json, listing, ReferencePrices.Of.INDEX, grid, span);
      case "PREMIUM" -> reference(params, json, listing, ReferencePrices.Of.PREMIUM, grid, span);
      default -> throw BitgetError.invalid("type");
    };
  }

  private static Span finished(Params params, Listing listing, Grid grid, int most) {
    Span span = window(params, listing, grid, params.limit("limit", 100, most));
    long newest = grid.step(grid.floor(params.now() + 1), -1);
    if (span.last <= newest) {
      return span;
    }
    return new Span(Math.max(grid.step(span.first, -1), first(params, grid)), newest);
  }

  private static Grid grid(Map<String, Grid> grids, Params params) {
    Grid grid = grids.get(params.required("granularity"));
    if (grid == null) {
      throw BitgetError.invalid("granularity");
    }
    return grid;
  }

  private static Span window(Params params, Listing listing, Grid grid, int limit) {
    OptionalLong start = params.number("startTime");
    OptionalLong end = params.number("endTime");
    if (start.isPresent() && end.isPresent()) {
      if (start.getAsLong() > end.getAsLong()) {
        throw BitgetError.invalid("startTime or endTime");
      }
      if (end.getAsLong() - start.getAsLong() > CONTRACT_WINDOW) {
        throw BitgetError.invalid("startTime or endTime: at most 90 days");
      }
    }
    long last = lastBefore(listing, grid, end, params.now());
    long first = Math.max(grid.step(last, 1L - limit), first(params, grid));
    return new Span(Math.max(first, grid.floor(last - CONTRACT_WINDOW)), last);
  }

  private static long first(Params params, Grid grid) {
    OptionalLong start = params.number("startTime");
    return start.isPresent() ? grid.ceiling(start.getAsLong()) : Long.MIN_VALUE / 2;
  }

  private static long lastBefore(Listing listing, Grid grid, OptionalLong end, long now) {
    long newest = listing.bars().lastOpen(grid, now);
    return end.isPresent() ? Math.min(newest, grid.floor(end.getAsLong() - 1)) : newest;
  }

  private static long reach(Grid grid, long now) {
    return grid instanceof Grid.Fixed fixed && REACH.containsKey(fixed.length())
        ? grid.ceiling(now - REACH.getOrDefault(fixed.length(), 0) * Grid.DAY)
        : Long.MIN_VALUE / 2;
  }

  private static Page trades(
      Params params, Json json, Listing listing, Grid grid, Span span, boolean dollars) {
    Instrument instrument = listing.instrument();
    int[] rows = {0};
    json.beginArray();
    listing
        .bars()
        .tell(
            grid,
            span.first,
            span.last,
            params.now(),
            bar -> {
              row(json, instrument, bar, dollars);
              rows[0]++;
            });
    return new Page(json.endArray(), rows[0]);
  }

  private static void row(Json json, Instrument instrument, Bar bar, boolean dollars) {
    int scale = instrument.priceScale();
    json.beginArray().text(bar.openTime());
    json.trimmed(bar.open(), scale).trimmed(bar.high(), scale);
    json.trimmed(bar.low(), scale).trimmed(bar.close(), scale);
    json.trimmed(bar.volume(), instrument.sizeScale());
    if (dollars) {
      json.trimmed(bar.dollarVolume(), instrument.quoteScale());
    }
    json.trimmed(bar.quoteVolume(), instrument.quoteScale()).endArray();
  }

  private static Page reference(
      Params params, Json json, Listing listing, ReferencePrices.Of of, Grid grid, Span span) {
    int[] rows = {0};
    json.beginArray();
    listing
        .prices()
        .tell(
            of,
            grid,
            span.first,
            span.last,
            params.now(),
            bar -> {
              row(json, listing.instrument(), of, bar);
              rows[0]++;
            });
    return new Page(json.endArray(), rows[0]);
  }

  private static void row(
      Json json, Instrument instrument, ReferencePrices.Of of, ReferenceBar bar) {
    json.beginArray().text(bar.openTime());
    for (long price : new long[] {bar.open(), bar.high(), bar.low(), bar.close()}) {
      price(json, instrument, of, price);
    }
    json.value("0").value("0").endArray();
  }

  /** Mark prices keep to the step of the contract, index prices have all their decimals. */
  static Json price(Json json, Instrument instrument, ReferencePrices.Of of, long price) {
    return of == ReferencePrices.Of.MARK
        ? json.trimmed(
            Params.toTick(instrument, price, ReferencePrices.SCALE), instrument.priceScale())
        : json.trimmed(price, ReferencePrices.SCALE);
  }
}
