package io.tradeflood.exchange.binance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradeflood.Request;
import io.tradeflood.TradeFlood;
import io.tradeflood.Watch;
import io.tradeflood.exchange.Shared;
import io.tradeflood.exchange.StreamServer;
import io.tradeflood.exchange.Told;
import io.tradeflood.live.FeedState;
import io.tradeflood.model.AggTrade;
import io.tradeflood.model.BarQuery;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.Candle;
import io.tradeflood.model.Interval;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Some seconds of four instruments of spot, as they were recorded, sent by a server and watched as
 * users watch: all that was sent becomes events, and the books end where the changes lead. Skipped
 * where the recorded payloads are not beside the repository.
 */
class BinanceRecordingTest {
  private static final List<Symbol> SYMBOLS =
      List.of("NKN/USDT", "BLZ/ETH", "LRC/BTC", "RUNE/EUR").stream().map(Symbol::of).toList();
  private static final int DEPTH = 100;

  /** Bodies of answers and messages, by what comes before them in their line. */
  private static List<String> lines(String name, String prefix, String between) throws Exception {
    Shared.list("binance", "EXPECTED.json");
    return Shared.text("binance", name)
        .lines()
        .filter(line -> line.startsWith(prefix) && line.contains(between))
        .toList();
  }

  private static String body(String line) {
    return line.substring(line.indexOf(": {") + 2);
  }

  private static Map<Symbol, String> snapshots() throws Exception {
    var snapshots = new HashMap<Symbol, String>();
    for (String line : lines("rest/cf-binance-http-0-0.txt.gz", "https://", "/depth?"))
      for (Symbol symbol : SYMBOLS)
        if (line.contains("symbol=" + BinanceNames.spot(symbol) + "&"))
          snapshots.put(symbol, body(line));
    return snapshots;
  }

  private static Request<AggTrade> trades(Symbol symbol) {
    return Request.of("binance", AggTrade.class, new NowQuery(symbol));
  }

  private static Request<Candle> candles(Symbol symbol) {
    return Request.of("binance", Candle.class, new BarQuery(symbol, Interval.M1));
  }

  private static Request<OrderBook> book(Symbol symbol, int depth) {
    return Request.of("binance", OrderBook.class, new BookQuery(symbol, OptionalInt.of(depth)));
  }

  private static <M> Map<Symbol, Told<M>> told(Watch watch, Function<Symbol, Request<M>> request) {
    var told = new LinkedHashMap<Symbol, Told<M>>();
    for (Symbol symbol : SYMBOLS) told.put(symbol, Told.of(watch.feed(request.apply(symbol))));
    return told;
  }

  /** Sends each message in its turn, whoever carries its channel. */
  private static void say(StreamServer server, List<String> messages) throws Exception {
    var json = JsonMapper.builder().build();
    for (String message : messages)
      server.say(json.readTree(message).get("stream").asString(), List.of(message));
  }

  @Test
  void allThatWasSentBecomesEventsAndBooks() throws Exception {
    var snapshots = snapshots();
    var messages =
        lines("ws/cf-binance-ws-1-0.txt.gz", "1633", ": {\"stream\"").stream()
            .map(BinanceRecordingTest::body)
            .toList();
    assertThat(messages).hasSize(265);

    try (var server = StreamServer.start(StreamServer.BINANCE);
        var flood =
            TradeFlood.builder()
                .host("binance.spot-rest", server.url())
                .host("binance.spot-stream", server.url())
                .build()) {
      var requests = new ArrayList<Request<?>>();
      for (Symbol symbol : SYMBOLS) {
        server.answer("/api/v3/depth", BinanceNames.spot(symbol), snapshots.get(symbol));
        requests.addAll(
            List.of(trades(symbol), candles(symbol), book(symbol, 1), book(symbol, DEPTH)));
      }
      try (var watch = flood.watch(requests)) {
        var trades = told(watch, BinanceRecordingTest::trades);
        var candles = told(watch, BinanceRecordingTest::candles);
        var best = told(watch, symbol -> book(symbol, 1));
        var books = told(watch, symbol -> book(symbol, DEPTH));
        assertThat(server.channels(4 * SYMBOLS.size())).hasSize(4 * SYMBOLS.size());

        say(server, messages);

        // Of 177 changes five were part of the snapshots already.
        await()
            .atMost(20, SECONDS)
            .untilAsserted(
                () ->
                    assertThat(List.of(all(trades), all(candles), all(best), all(books)))
                        .extracting(List::size)
                        .containsExactly(2, 2, 84, 172));
        assertThat(all(trades))
            .extracting(AggTrade::id)
            .containsExactlyInAnyOrder("15683430", "9213679");
        assertThat(trades.get(SYMBOLS.getFirst()).rows().getFirst().time())
            .isEqualTo(Instant.ofEpochMilli(1633998523963L));
        for (Symbol symbol : SYMBOLS) {
          assertThat(books.get(symbol).states())
              .as("%s", symbol)
              .containsOnlyOnce(new FeedState.Synced())
              .noneMatch(FeedState.Desynced.class::isInstance);
          assertThat(books.get(symbol).rows().getLast())
              .as("%s", symbol)
              .usingRecursiveComparison()
              .ignoringFields("time")
              .isEqualTo(reference(symbol, snapshots.get(symbol), messages));
        }
      }
    }
  }

  private static <M> List<M> all(Map<Symbol, Told<M>> told) {
    return told.values().stream().flatMap(one -> one.rows().stream()).toList();
  }

  /** The book kept the slow way, from the same texts. */
  private static OrderBook reference(Symbol symbol, String snapshot, List<String> messages) {
    var json = JsonMapper.builder().build();
    var start = json.readTree(snapshot);
    var bids = new TreeMap<BigDecimal, BigDecimal>(Comparator.reverseOrder());
    var asks = new TreeMap<BigDecimal, BigDecimal>();
    apply(start.get("bids"), bids);
    apply(start.get("asks"), asks);
    long last = start.get("lastUpdateId").asLong();
    String stream = BinanceNames.spot(symbol).toLowerCase() + "@depth@100ms";
    for (String message : messages) {
      var event = json.readTree(message);
      if (!event.get("stream").asString().equals(stream)) continue;
      var data = event.get("data");
      if (data.get("u").asLong() <= last) continue;
      last = data.get("u").asLong();
      apply(data.get("b"), bids);
      apply(data.get("a"), asks);
    }
    return new OrderBook(Optional.empty(), OptionalLong.of(last), levels(bids), levels(asks));
  }

  private static void apply(JsonNode levels, TreeMap<BigDecimal, BigDecimal> side) {
    for (var level : levels.valueStream().toList()) {
      var price = new BigDecimal(level.get(0).asString());
      var size = new BigDecimal(level.get(1).asString());
      side.remove(price);
      if (size.signum() != 0) side.put(price, size);
    }
  }

  private static List<OrderBook.Level> levels(TreeMap<BigDecimal, BigDecimal> side) {
    var levels = new ArrayList<OrderBook.Level>();
    side.forEach((price, size) -> levels.add(new OrderBook.Level(price, size)));
    return levels.subList(0, Math.min(DEPTH, levels.size()));
  }
}
