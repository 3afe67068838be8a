package io.tradeflood.simulator.binance;

import io.tradeflood.simulator.market.Bar;
import io.tradeflood.simulator.market.Bars;
import io.tradeflood.simulator.market.Grid;
import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.Kind;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.ReferenceBar;
import io.tradeflood.simulator.market.ReferencePrices;
import io.tradeflood.simulator.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Candles: rows of twelve columns, oldest first, the last one open while its time has not passed.
 */
final class Klines {
  private static final int ROW_BYTES = 190;
  private static final Pattern TIME_ZONE = Pattern.compile("([+-]?)(\\d{1,2})(?::([0-5]\\d))?");

  private static final Map<String, Grid> GRIDS =
      Map.ofEntries(
          Map.entry("1s", Grid.every(Grid.SECOND)),
          Map.entry("1m", Grid.every(Grid.MINUTE)),
          Map.entry("3m", Grid.every(3 * Grid.MINUTE)),
          Map.entry("5m", Grid.every(5 * Grid.MINUTE)),
          Map.entry("15m", Grid.every(15 * Grid.MINUTE)),
          Map.entry("30m", Grid.every(30 * Grid.MINUTE)),
          Map.entry("1h", Grid.every(Grid.HOUR)),
          Map.entry("2h", Grid.every(2 * Grid.HOUR)),
          Map.entry("4h", Grid.every(4 * Grid.HOUR)),
          Map.entry("6h", Grid.every(6 * Grid.HOUR)),
          Map.entry("8h", Grid.every(8 * Grid.HOUR)),
          Map.entry("12h", Grid.every(12 * Grid.HOUR)),
          Map.entry("1d", Grid.every(Grid.DAY)),
          Map.entry("3d", Grid.every(3 * Grid.DAY)),
          Map.entry("1w", Grid.weeks()),
          Map.entry("1M", Grid.months()));

  private Klines() {}

  /** The grid of an interval as the exchange writes it. */
  static Optional<Grid> grid(String interval) {
    return Optional.ofNullable(GRIDS.get(interval));
  }

  /** The starts of the first and the last candle of a page, inclusive. */
  private record Span(long first, long last) {}

  /** {@code /api/v3/klines}: at most 1000. */
  static Page spot(Params params) {
    Listing listing = params.listing();
    Grid grid = grid(params).shifted(timeZone(params));
    return trades(params, listing, grid, params.limit(500, 1000));
  }

  /** {@code /fapi/v1/klines}: at most 1500. */
  static Page futures(Params params) {
    Listing listing = params.listing();
    return trades(params, listing, grid(params), params.limit(500, 1500));
  }

  private static Page trades(Params params, Listing listing, Grid grid, int limit) {
    Bars bars = listing.bars();
    Span span = span(params, grid, bars.firstOpen(grid), bars.lastOpen(grid, params.now()), limit);
    Json json = new Json(ROW_BYTES * Math.min(limit, 200)).beginArray();
    Rows rows = new Rows(params, listing.instrument(), grid, json);
    bars.tell(grid, span.first, span.last, params.now(), rows::add);
    return rows.end();
  }

  /**
   * {@code /fapi/v1/continuousKlines}: of whichever contract was the nearest or the next of its
   * pair at the time.
   */
  static Page continuous(Params params) {
    String pair = params.required("pair");
    String type = params.required("contractType");
    if (type.equals("PERPETUAL")) {
      return trades(params, params.perpetual(pair), grid(params), params.limit(500, 1500));
    }
    int ahead =
        switch (type) {
          case "CURRENT_QUARTER" -> 0;
          case "NEXT_QUARTER" -> 1;
          default -> throw new BinanceError(400, -1128, "Invalid contractType.");
        };
    List<Listing> contracts =
        params.market().listed(params.venue(), params.now()).stream()
            .filter(listing -> listing.instrument().kind() == Kind.DELIVERY)
            .filter(listing -> listing.instrument().pair().equals(pair))
            .toList();
    if (contracts.isEmpty()) {
      throw new BinanceError(400, -1121, "Invalid symbol.");
    }
    Grid grid = grid(params);
    int limit = params.limit(500, 1500);
    long first = contracts.getFirst().bars().firstOpen(grid);
    Span span = span(params, grid, first, grid.floor(params.now()), limit);
    Json json = new Json(ROW_BYTES * Math.min(limit, 200)).beginArray();
    Rows rows = new Rows(params, contracts.getFirst().instrument(), grid, json);
    for (int i = 0; i < contracts.size(); i++) {
      long from = i == 0 ? 0 : end(contracts.get(i - 1));
      long until = Math.min(span.last, end(contracts.get(i)) - 1);
      if (i + ahead < contracts.size() && Math.max(from, span.first) <= until) {
        contracts
            .get(i + ahead)
            .bars()
            .tell(grid, Math.max(from, span.first), until, params.now(), rows::add);
      }
    }
    return rows.end();
  }

  private static long end(Listing contract) {
    return contract.instrument().ended().orElseThrow().toEpochMilli();
  }

  /** {@code /fapi/v1/markPriceKlines} and {@code premiumIndexKlines}. */
  static Page reference(Params params, ReferencePrices.Of of) {
    return reference(params, params.listing(), of);
  }

  /** {@code /fapi/v1/indexPriceKlines}: by pair, for an index has no contract. */
  static Page index(Params params) {
    Listing listing = params.perpetual(params.required("pair"));
    return reference(params, listing, ReferencePrices.Of.INDEX);
  }

  private static Page reference(Params params, Listing listing, ReferencePrices.Of of) {
    Grid grid = grid(params);
    int limit = params.limit(500, 1500);
    long listed = grid.floor(listing.instrument().listed().toEpochMilli());
    Span span = span(params, grid, listed, listing.bars().lastOpen(grid, params.now()), limit);
    Json json = new Json(ROW_BYTES * Math.min(limit, 200)).beginArray();
    int[] rows = {0};
    listing
        .prices()
        .tell(
            of,
            grid,
            span.first,
            span.last,
            params.now(),
            bar -> {
              referenceRow(params, json, bar, grid);
              rows[0]++;
            });
    return new Page(json.endArray(), rows[0]);
  }

  private static Grid grid(Params params) {
    String name = params.required("interval");
    Grid grid = GRIDS.get(name);
    if (grid == null || (name.equals("1s") && !params.isSpot())) {
      throw new BinanceError(400, -1120, "Invalid interval.");
    }
    return grid;
  }

  /**
   * The shift of days and longer candles; shorter ones move with it where it is not a multiple of
   * them.
   */
  private static long timeZone(Params params) {
    if (params.text("timeZone").isEmpty()) {
      return 0;
    }
    Matcher zone = TIME_ZONE.matcher(params.required("timeZone").strip());
    if (!zone.matches()) {
      throw BinanceError.invalid("timeZone");
    }
    long minutes =
        Long.parseLong(zone.group(2)) * 60
            + (zone.group(3) == null ? 0 : Long.parseLong(zone.group(3)));
    long ahead = "-".equals(zone.group(1)) ? -minutes : minutes;
    if (ahead < -12 * 60 || ahead > 14 * 60) {
      throw BinanceError.invalid("timeZone");
    }
    return ahead * Grid.MINUTE;
  }

  /**
   * Without bounds the newest, from a start on the oldest, up to an end the newest; with both the
   * first page from the start on and nothing beyond the end.
   */
  private static Span span(Params params, Grid grid, long oldest, long newest, int limit) {
    OptionalLong start = params.time("startTime");
    OptionalLong end = params.time("endTime");
    if (!params.isSpot()
        && start.isPresent()
        && end.isPresent()
        && start.getAsLong() > end.getAsLong()) {
      throw new BinanceError(400, -1023, "Start time is greater than end time.");
    }
    long last = end.isPresent() ? Math.min(grid.floor(end.getAsLong()), newest) : newest;
    if (start.isEmpty()) {
      return new Span(grid.step(last, 1L - limit), last);
    }
    long first = Math.max(grid.ceiling(Math.min(start.getAsLong(), newest + 1)), oldest);
    return new Span(first, Math.min(last, grid.step(first, limit - 1L)));
  }

  /** Writes rows of trade candles. */
  private static final class Rows {
    private final Params params;
    private final Instrument instrument;
    private final Grid grid;
    private final Json json;
    private int count;

    Rows(Params params, Instrument instrument, Grid grid, Json json) {
      this.params = params;
      this.instrument = instrument;
      this.grid = grid;
      this.json = json;
    }

    void add(Bar bar) {
      json.beginArray().value(params.stamp(bar.openTime()));
      params.price(json, instrument, bar.open());
      params.price(json, instrument, bar.high());
      params.price(json, instrument, bar.low());
      params.price(json, instrument, bar.close());
      params.size(json, instrument, bar.volume());
      json.value(params.stampBefore(grid.next(bar.openTime())));
      params.quote(json, instrument, bar.quoteVolume());
      json.value(bar.count());
      params.size(json, instrument, bar.takerVolume());
      params.quote(json, instrument, bar.takerQuoteVolume());
      json.value("0").endArray();
      count++;
    }

    Page end() {
      return new Page(json.endArray(), count);
    }
  }

  private static void referenceRow(Params params, Json json, ReferenceBar bar, Grid grid) {
    json.beginArray().value(params.stamp(bar.openTime()));
    for (long price : new long[] {bar.open(), bar.high(), bar.low(), bar.close()}) {
      json.text(price, ReferencePrices.SCALE, ReferencePrices.SCALE);
    }
    json.value("0").value(params.stampBefore(grid.next(bar.openTime())));
    json.value("0").value(bar.samples());
    json.value("0").value("0").value("0").endArray();
  }
}
