package io.tradeflood.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.model.AggTrade;
import io.tradeflood.model.Candle;
import io.tradeflood.model.FundingRate;
import io.tradeflood.model.IndexCandle;
import io.tradeflood.model.IndexPrice;
import io.tradeflood.model.Interval;
import io.tradeflood.model.Liquidation;
import io.tradeflood.model.MarkCandle;
import io.tradeflood.model.MarkPrice;
import io.tradeflood.model.OpenInterest;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.PremiumCandle;
import io.tradeflood.model.ServerTime;
import io.tradeflood.model.Side;
import io.tradeflood.model.Ticker;
import io.tradeflood.model.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What models say, in the words of the recorded expectations, and the comparison of both. */
public final class Said {
  /** Fields of a recorded expectation that no model of ours carries, by model. */
  private static final Map<String, Set<String>> NOT_OURS =
      Map.ofEntries(
          Map.entry("trades", Set.of("symbol")),
          Map.entry("agg_trades", Set.of("symbol")),
          Map.entry("candles", Set.of("volumeBase", "converted_quoteVolume")),
          Map.entry("liquidations", Set.of("symbol", "avgPrice")),
          Map.entry("derivative", Set.of("symbol")),
          Map.entry(
              "ticker",
              Set.of("symbol", "baseVolume", "mark", "index", "fundingRate", "openInterest")),
          Map.entry("bbo", Set.of("symbol")),
          Map.entry("funding", Set.of("symbol", "pair")),
          Map.entry("funding_history", Set.of("symbol", "mark")),
          Map.entry("mark_price", Set.of("symbol")),
          Map.entry("open_interest", Set.of("symbol")),
          Map.entry("price", Set.of("symbol", "last")),
          Map.entry("book", Set.of("type", "symbol")));

  private Said() {}

  public static Map<String, Object> of(Object model) {
    return switch (model) {
      case Trade t -> trade(t.id(), t.price(), t.size(), t.side(), t.time());
      case AggTrade t -> trade(t.id(), t.price(), t.size(), t.side(), t.time());
      case Candle c -> {
        var said = bar(c.interval(), c.time(), List.of(c.open(), c.high(), c.low(), c.close()));
        said.put("volume", c.volume());
        said.put("closed", Boolean.toString(c.closed()));
        put(said, "quoteVolume", c.quoteVolume());
        if (c.trades().isPresent()) said.put("trades", BigDecimal.valueOf(c.trades().getAsLong()));
        yield said;
      }
      case MarkCandle c ->
          bar(c.interval(), c.time(), List.of(c.open(), c.high(), c.low(), c.close()));
      case IndexCandle c ->
          bar(c.interval(), c.time(), List.of(c.open(), c.high(), c.low(), c.close()));
      case PremiumCandle c ->
          bar(c.interval(), c.time(), List.of(c.open(), c.high(), c.low(), c.close()));
      case OrderBook b -> book(b);
      case Ticker t -> ticker(t);
      case MarkPrice p -> map("mark", p.price(), "ts", time(p.time()));
      case IndexPrice p -> map("index", p.price(), "ts", time(p.time()));
      case FundingRate f -> {
        var said = map("fundingRate", f.rate());
        said.put("fundingTs", time(f.next().orElse(f.time())));
        said.put("ts", time(f.time()));
        yield said;
      }
      case OpenInterest o -> map("openInterest", o.size(), "ts", time(o.time()));
      case Liquidation l ->
          map(
              "price",
              l.price(),
              "qty",
              l.size(),
              "side",
              l.side().name().toLowerCase(),
              "ts",
              time(l.time()));
      case ServerTime t -> map("ts", time(t.time()));
      default -> throw new AssertionError("No words for " + model);
    };
  }

  private static Map<String, Object> map(Object... pairs) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) map.put((String) pairs[i], pairs[i + 1]);
    return map;
  }

  private static void put(Map<String, Object> map, String name, Optional<?> value) {
    value.ifPresent(present -> map.put(name, present));
  }

  private static BigDecimal time(Instant time) {
    return BigDecimal.valueOf(time.toEpochMilli());
  }

  private static Map<String, Object> trade(
      String id, BigDecimal price, BigDecimal size, Side side, Instant time) {
    return map(
        "id", id, "price", price, "qty", size, "side", side.name().toLowerCase(), "ts", time(time));
  }

  private static Map<String, Object> bar(Interval interval, Instant time, List<BigDecimal> ohlc) {
    return map(
        "interval",
        interval.toString(),
        "ts",
        time(time),
        "closeTs",
        time(interval.next(time).minusMillis(1)),
        "open",
        ohlc.get(0),
        "high",
        ohlc.get(1),
        "low",
        ohlc.get(2),
        "close",
        ohlc.get(3));
  }

  private static Map<String, Object> book(OrderBook book) {
    var said = map("bids", levels(book.bids()), "asks", levels(book.asks()));
    book.time().ifPresent(time -> said.put("ts", time(time)));
    if (book.sequence().isPresent()) said.put("seq", Long.toString(book.sequence().getAsLong()));
    said.put("bidCount", BigDecimal.valueOf(book.bids().size()));
    said.put("askCount", BigDecimal.valueOf(book.asks().size()));
    putBest(said, "bid", book.bids());
    putBest(said, "ask", book.asks());
    said.put("bids_contain", said.get("bids"));
    said.put("asks_contain", said.get("asks"));
    return said;
  }

  private static void putBest(Map<String, Object> said, String side, List<OrderBook.Level> levels) {
    if (levels.isEmpty()) return;
    said.put(side + "Price", levels.getFirst().price());
    said.put(side + "Qty", levels.getFirst().size());
  }

  private static List<List<BigDecimal>> levels(List<OrderBook.Level> levels) {
    return levels.stream().map(level -> List.of(level.price(), level.size())).toList();
  }

  private static Map<String, Object> ticker(Ticker ticker) {
    var said = map("ts", time(ticker.time()));
    put(said, "last", ticker.last());
    put(said, "open", ticker.open());
    put(said, "high", ticker.high());
    put(said, "low", ticker.low());
    put(said, "bid", ticker.bid());
    put(said, "bidQty", ticker.bidSize());
    put(said, "ask", ticker.ask());
    put(said, "askQty", ticker.askSize());
    put(said, "volume", ticker.volume());
    put(said, "quoteVolume", ticker.quoteVolume());
    return said;
  }

  /**
   * Every field of the expectation that is ours stands in what was said.
   *
   * @param but fields that are not compared
   */
  public static void assertSays(
      String model, Map<String, Object> said, JsonNode expected, Set<String> but) {
    var names = new ArrayList<String>();
    expected.propertyNames().forEach(names::add);
    names.removeAll(but);
    names.removeAll(NOT_OURS.getOrDefault(model, Set.of()));
    assertThat(said).as("all of %s", names).containsKeys(names.toArray(String[]::new));
    for (String name : names) {
      var want = expected.get(name);
      switch (said.get(name)) {
        case BigDecimal number -> assertThat(number).as(name).isEqualByComparingTo(want.asString());
        case String text -> assertThat(text).as(name).isEqualTo(want.asString());
        case List<?> levels -> assertLevels(name, levels, want);
        default -> throw new AssertionError("No comparison of " + name);
      }
    }
  }

  private static void assertLevels(String name, List<?> said, JsonNode expected) {
    var all = said.stream().map(Said::plain).toList();
    var wanted =
        expected
            .valueStream()
            .map(level -> level.valueStream().map(n -> number(n.asString())).toList().toString())
            .toList();
    if (name.endsWith("_contain")) assertThat(all).as(name).containsAll(wanted);
    else assertThat(all).as(name).isEqualTo(wanted);
  }

  private static String plain(Object level) {
    return ((List<?>) level).stream().map(n -> number(n.toString())).toList().toString();
  }

  private static String number(String text) {
    return new BigDecimal(text).stripTrailingZeros().toPlainString();
  }
}
