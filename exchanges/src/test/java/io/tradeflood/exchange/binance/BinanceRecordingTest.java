package io.tradeflood.exchange.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.exchange.Shared;
import io.tradeflood.exchange.Told;
import io.tradeflood.exchange.Wiring;
import io.tradeflood.live.BookServices;
import io.tradeflood.live.LiveBook;
import io.tradeflood.model.AggTrade;
import io.tradeflood.model.BarQuery;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.Candle;
import io.tradeflood.model.Interval;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Symbol;
import io.tradeflood.net.json.Payload;
import io.tradeflood.net.stream.Channels;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Some seconds of four instruments of spot, as they were recorded: all that was sent becomes
 * events, and the books end where the changes lead. Skipped where the recorded payloads are not
 * beside the repository.
 */
class BinanceRecordingTest {
  private static final List<Symbol> SYMBOLS =
      List.of("NKN/USDT", "BLZ/ETH", "LRC/BTC", "RUNE/EUR").stream().map(Symbol::of).toList();
  private static final int DEPTH = 20;

  private final Wiring wiring = new Wiring(URI.create("http://127.0.0.1:1"));
  private final BinanceSpotStream binance = wiring.connector(BinanceSpotStream.class);
  private final Map<Symbol, Told<AggTrade>> trades = new HashMap<>();
  private final Map<Symbol, Told<Candle>> candles = new HashMap<>();
  private final Map<Symbol, Told<OrderBook>> best = new HashMap<>();
  private final Map<Symbol, Told<OrderBook>> books = new HashMap<>();

  @AfterEach
  void close() throws Exception {
    wiring.close();
  }

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

  private void watch(Symbol symbol, OrderBook snapshot) throws Exception {
    trades.put(
        symbol,
        Told.of(
            wiring.run(
                wiring
                    .binding(BinanceSpotLiveAggTrades.class)
                    .plan(binance, new NowQuery(symbol)))));
    candles.put(
        symbol,
        Told.of(
            wiring.run(
                wiring
                    .binding(BinanceSpotLiveCandles.class)
                    .plan(binance, new BarQuery(symbol, Interval.M1)))));
    best.put(
        symbol,
        Told.of(
            wiring.run(
                wiring
                    .binding(BinanceSpotLivePartialBook.class)
                    .plan(binance, new BookQuery(symbol, OptionalInt.of(1))))));
    var binding = wiring.binding(BinanceSpotLiveBook.class);
    var book =
        new LiveBook(
            symbol + " of binance",
            binding.rules(),
            BookServices.standard().snapshots(() -> CompletableFuture.completedFuture(snapshot)));
    books.put(symbol, Told.of(book.books(DEPTH)));
    book.open(wiring.run(binding.changes(binance, symbol)));
  }

  @Test
  void allThatWasSentBecomesEventsAndBooks() throws Exception {
    var snapshots = snapshots();
    for (Symbol symbol : SYMBOLS)
      watch(
          symbol,
          BinanceModels.book(
              Payload.of(snapshots.get(symbol).getBytes(StandardCharsets.UTF_8))
                  .read(BinanceDepth::read)));

    var messages =
        lines("ws/cf-binance-ws-1-0.txt.gz", "1633", ": {\"stream\"").stream()
            .map(BinanceRecordingTest::body)
            .toList();
    for (String message : messages)
      assertThat(wiring.streams().say(binance, message)).isInstanceOf(Channels.Entry.class);

    assertThat(messages).hasSize(265);
    assertThat(all(trades)).hasSize(2);
    assertThat(all(trades))
        .extracting(AggTrade::id)
        .containsExactlyInAnyOrder("15683430", "9213679");
    assertThat(trades.get(SYMBOLS.getFirst()).rows().getFirst().time())
        .isEqualTo(Instant.ofEpochMilli(1633998523963L));
    assertThat(all(candles)).hasSize(2);
    assertThat(all(best)).hasSize(84);
    // Of 177 changes five were part of the snapshots already.
    assertThat(all(books)).hasSize(172);
    for (Symbol symbol : SYMBOLS)
      assertThat(books.get(symbol).rows().getLast())
          .as("%s", symbol)
          .usingRecursiveComparison()
          .ignoringFields("time")
          .isEqualTo(reference(symbol, snapshots.get(symbol), messages));
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
