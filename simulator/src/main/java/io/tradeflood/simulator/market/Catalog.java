package io.tradeflood.simulator.market;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is traded where. The names and steps are like the exchanges' own; the prices are nobody's.
 */
final class Catalog {
  static final Asset DOLLAR = new Asset("USD", 1, 0, 0);

  private static final String COIN = "COIN";
  private static final int PRICES = 5;
  private static final double TYPICAL_DOLLARS = 900;
  private static final Map<String, Asset> ASSETS = assets();

  /** Of which place, under which rules: what the rows of a table have in common. */
  private record Place(Venue venue, Kind kind, int fundingHours) {}

  private Catalog() {}

  static Asset asset(String name) {
    if (name.startsWith(COIN)) {
      return coin(Integer.parseInt(name.substring(COIN.length())));
    }
    Asset asset = ASSETS.get(name.startsWith("1000") ? name.substring(4) : name);
    if (asset == null) {
      throw new IllegalArgumentException("No asset has the name " + name);
    }
    return name.startsWith("1000")
        ? new Asset(asset.name(), asset.price2021() * 1000, asset.growth(), asset.liveliness())
        : asset;
  }

  /** The coin with the given number: from a tenth of a dollar to some thousands. */
  private static Asset coin(int number) {
    double price = (1 + number * 37 % 90 / 10.0) / 10;
    for (int i = number % PRICES; i > 0; i--) {
      price *= 10;
    }
    return new Asset(COIN + number, price, 0.05, 1.1);
  }

  /** The rows of so many coins without a history of their own. */
  private static String coins(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            number ->
                "%s%d USDT %d 1 %d %s 2021-01-01T00:00:00Z"
                    .formatted(
                        COIN,
                        number,
                        PRICES - number % PRICES,
                        number % PRICES,
                        number % 3 == 0 ? Activity.STEADY : Activity.LIVELY))
        .collect(Collectors.joining("\n"));
  }

  /**
   * All instruments.
   *
   * @param coins how many coins more than the common ones are traded on the larger markets
   */
  static List<Instrument> instruments(int coins) {
    List<Instrument> all = new ArrayList<>();
    all.addAll(table(new Place(Venue.BINANCE_SPOT, Kind.SPOT, 0), CatalogRows.BINANCE_SPOT));
    all.addAll(table(new Place(Venue.BINANCE_USDM, Kind.PERPETUAL, 8), CatalogRows.BINANCE_USDM));
    all.addAll(quarters(Venue.BINANCE_USDM, "USDT"));
    all.addAll(table(new Place(Venue.BINANCE_COINM, Kind.PERPETUAL, 8), CatalogRows.BINANCE_COINM));
    all.addAll(quarters(Venue.BINANCE_COINM, "USD"));
    all.addAll(table(new Place(Venue.BITGET_SPOT, Kind.SPOT, 0), CatalogRows.BITGET_SPOT));
    all.addAll(
        table(new Place(Venue.BITGET_USDT_FUTURES, Kind.PERPETUAL, 8), CatalogRows.BITGET_USDT));
    all.addAll(
        table(new Place(Venue.BITGET_COIN_FUTURES, Kind.PERPETUAL, 8), CatalogRows.BITGET_COIN));
    all.addAll(quarters(Venue.BITGET_COIN_FUTURES, "USD"));
    all.addAll(
        table(new Place(Venue.BITGET_USDC_FUTURES, Kind.PERPETUAL, 8), CatalogRows.BITGET_USDC));
    all.addAll(table(new Place(Venue.OANDA, Kind.SPOT, 0), CatalogRows.OANDA));
    all.addAll(table(new Place(Venue.BINANCE_SPOT, Kind.SPOT, 0), coins(coins)));
    all.addAll(table(new Place(Venue.BINANCE_USDM, Kind.PERPETUAL, 8), coins(coins)));
    all.addAll(table(new Place(Venue.BITGET_SPOT, Kind.SPOT, 0), coins(coins)));
    all.addAll(table(new Place(Venue.BITGET_USDT_FUTURES, Kind.PERPETUAL, 8), coins(coins)));
    return all;
  }

  /**
   * Reads rows of: base, quote, price scale, tick, size scale, activity, listing, and then, marked
   * by a letter, {@code e} the end of trading, {@code f} the hours between fundings, {@code s} a
   * symbol that is not base and quote.
   */
  private static List<Instrument> table(Place place, String rows) {
    return rows.lines().filter(row -> !row.isBlank()).map(row -> instrument(place, row)).toList();
  }

  private static Instrument instrument(Place place, String row) {
    String[] cells = row.strip().split(" +");
    String base = cells[0];
    String quote = cells[1];
    int sizeScale = Integer.parseInt(cells[4]);
    Optional<Instant> ended = Optional.empty();
    int fundingHours = place.fundingHours();
    String symbol = base + quote;
    for (int i = 7; i < cells.length; i++) {
      String value = cells[i].substring(1);
      switch (cells[i].charAt(0)) {
        case 'e' -> ended = Optional.of(Instant.parse(value));
        case 'f' -> fundingHours = Integer.parseInt(value);
        case 's' -> symbol = value;
        default -> throw new IllegalArgumentException("A row of the catalogue is odd: " + row);
      }
    }
    int contractSize = contractSize(place.venue(), base);
    return new Instrument(
        place.venue(),
        place.kind(),
        symbol,
        base,
        quote,
        isInverse(place.venue()) ? base : quote,
        Integer.parseInt(cells[2]),
        Long.parseLong(cells[3]),
        sizeScale,
        typicalSize(base, sizeScale, contractSize),
        Activity.valueOf(cells[5]),
        Instant.parse(cells[6]),
        ended,
        fundingHours,
        contractSize);
  }

  private static boolean isInverse(Venue venue) {
    return venue == Venue.BITGET_COIN_FUTURES || venue == Venue.BINANCE_COINM;
  }

  /** Binance's contracts on bitcoin are worth a hundred dollars, the others ten. */
  private static int contractSize(Venue venue, String base) {
    if (venue != Venue.BINANCE_COINM) {
      return 0;
    }
    return base.equals("BTC") ? 100 : 10;
  }

  private static long typicalSize(String base, int sizeScale, int contractSize) {
    if (contractSize > 0) {
      return Math.max(1, Math.round(TYPICAL_DOLLARS / contractSize));
    }
    double units = TYPICAL_DOLLARS / asset(base).price2021();
    for (int i = 0; i < sizeScale; i++) {
      units *= 10;
    }
    return Math.max(1, Math.round(units));
  }

  /**
   * Contracts of bitcoin and ether delivered at 08:00 UTC on the last Friday of a quarter, listed
   * half a year before.
   */
  private static List<Instrument> quarters(Venue venue, String quote) {
    List<Instrument> contracts = new ArrayList<>();
    for (LocalDate quarter = LocalDate.of(2021, 9, 1); quarter.getYear() < 2031; ) {
      for (String base : List.of("BTC", "ETH")) {
        LocalDate delivery = lastFriday(quarter);
        int priceScale = base.equals("BTC") ? 1 : 2;
        int contractSize = contractSize(venue, base);
        int sizeScale = contractSize > 0 ? 0 : 3;
        contracts.add(
            new Instrument(
                venue,
                Kind.DELIVERY,
                "%s%s_%ty%<tm%<td".formatted(base, quote, delivery),
                base,
                quote,
                isInverse(venue) ? base : quote,
                priceScale,
                1,
                sizeScale,
                typicalSize(base, sizeScale, contractSize),
                Activity.STEADY,
                eightOClock(lastFriday(quarter.minusMonths(6))),
                Optional.of(eightOClock(delivery)),
                0,
                contractSize));
      }
      quarter = quarter.plusMonths(3);
    }
    return contracts;
  }

  private static LocalDate lastFriday(LocalDate month) {
    return month.with(TemporalAdjusters.lastInMonth(DayOfWeek.FRIDAY));
  }

  private static Instant eightOClock(LocalDate day) {
    return day.atTime(8, 0).toInstant(ZoneOffset.UTC);
  }

  private static Map<String, Asset> assets() {
    Map<String, Asset> assets = new TreeMap<>();
    CatalogRows.ASSETS
        .lines()
        .map(row -> row.strip().split(" +"))
        .forEach(
            cells ->
                assets.put(
                    cells[0],
                    new Asset(
                        cells[0],
                        Double.parseDouble(cells[1]),
                        Double.parseDouble(cells[2]),
                        Double.parseDouble(cells[3]))));
    return assets;
  }
}
