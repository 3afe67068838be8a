package io.tradeflood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.acme.AcmeCandles;
import io.tradeflood.acme.AcmeInstruments;
import io.tradeflood.acme.AcmeRest;
import io.tradeflood.acme.AcmeServer;
import io.tradeflood.acme.AcmeTickers;
import io.tradeflood.acme.AcmeTrades;
import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.model.Candle;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.CatalogQuery;
import io.tradeflood.model.IndexPrice;
import io.tradeflood.model.Instrument;
import io.tradeflood.model.Interval;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.Side;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.SymbolQuery;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Trade;
import io.tradeflood.model.Window;
import io.tradeflood.turn.Turn;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static final Instant NOW = Instant.parse("2025-06-01T12:00:30Z");
  private static final Symbol BTC = Symbol.of("BTC/USDT");

  /** A query of a third party, with one option of each kind. */
  record MoodQuery(
      Symbol symbol,
      OptionalInt depth,
      String source,
      Optional<Side> side,
      boolean loud,
      Optional<BigDecimal> above)
      implements SymbolQuery {
    MoodQuery {
      if (source.isBlank()) throw new IllegalArgumentException("A source must have a name");
    }
  }

  record Mood(String text) {}

  interface Moods extends SnapshotBinding<AcmeRest, MoodQuery, Mood> {
    @Override
    default Turn<Mood> plan(AcmeRest acme, MoodQuery query) {
      return Turn.now(new Mood(query.source()));
    }
  }

  private final AcmeServer acme = new AcmeServer(NOW);
  private final TradeFlood flood =
      new FloodBuilder(false)
          .add(
              AcmeCandles.class,
              AcmeTrades.class,
              AcmeTickers.class,
              AcmeInstruments.class,
              Moods.class)
          .clock(() -> NOW)
          .setting("acme", "server", acme.name())
          .build();

  @AfterEach
  void close() {
    flood.close();
    acme.close();
  }

  private List<Request<?>> read(String symbols, String models, Map<String, String> options) {
    return flood
        .requests()
        .read(
            new Words(
                "acme",
                symbols.isEmpty() ? List.of() : List.of(symbols.split(",")),
                List.of(models.split(",")),
                options));
  }

  private void assertRefused(
      String symbols, String models, Map<String, String> options, String word) {
    assertThatThrownBy(() -> read(symbols, models, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(word);
  }

  @Test
  void optionsFillTheQuerysComponents() {
    assertThat(
            read(
                "BTC/USDT",
                "candle",
                Map.of("interval", "1h", "from", "2025-01-01", "to", "2025-01-02", "limit", "5")))
        .containsExactly(
            Request.of(
                "acme",
                Candle.class,
                new CandleQuery(
                    BTC,
                    Interval.H1,
                    Window.of(TimeRange.parse("2025-01-01/2025-01-02")).limit(5))));
    assertThat(acme.calls()).isEmpty();
  }

  @Test
  void lastIsCountedBackFromNow() {
    assertThat(read("BTC/USDT", "trade", Map.of("last", "7d")))
        .containsExactly(
            Request.of(
                "acme",
                Trade.class,
                new SeriesQuery(BTC, Window.since(Instant.parse("2025-05-25T12:00:30Z")))));
    assertThat(read("BTC/USDT", "trade", Map.of("last", "1M")).getFirst().query())
        .isEqualTo(new SeriesQuery(BTC, Window.since(Instant.parse("2025-05-01T12:00:30Z"))));
  }

  @Test
  void allThatIsAskedTogetherLooksBackFromOneMoment() {
    var moment = new AtomicReference<>(NOW.plusNanos(1_234_567));
    try (var ticking =
        new FloodBuilder(false)
            .add(AcmeTrades.class)
            .clock(() -> moment.getAndUpdate(now -> now.plusMillis(1)))
            .setting("acme", "server", acme.name())
            .build()) {
      var words =
          new Words(
              "acme", List.of("BTC/USDT", "ETH/USDT"), List.of("trade"), Map.of("last", "1h"));
      assertThat(ticking.requests().read(words))
          .extracting(request -> ((SeriesQuery) request.query()).window())
          .containsOnly(Window.since(Instant.parse("2025-06-01T11:00:30.001Z")))
          .hasSize(2);
    }
  }

  @Test
  void eachSymbolIsAskedForEachModelInOrder() {
    assertThat(read("BTC/USDT,ETH/USDT", "indexPrice,trade", Map.of()))
        .extracting(r -> r.model().getSimpleName() + " " + ((SymbolQuery) r.query()).symbol())
        .containsExactly(
            "IndexPrice BTC/USDT", "Trade BTC/USDT", "IndexPrice ETH/USDT", "Trade ETH/USDT");
  }

  @Test
  void aThirdPartysQueryIsFilledByTheNamesOfItsComponents() {
    assertThat(
            read(
                "BTC/USDT",
                "mood",
                Map.of("source", "news", "side", "buy", "loud", "yes", "above", "0.50")))
        .containsExactly(
            Request.of(
                "acme",
                Mood.class,
                new MoodQuery(
                    BTC,
                    OptionalInt.empty(),
                    "news",
                    Optional.of(Side.BUY),
                    true,
                    Optional.of(new BigDecimal("0.50")))));
  }

  @Test
  void theExchangesOwnNameIsLookedUp() {
    assertThat(read("ETHBTC", "indexPrice", Map.of()))
        .containsExactly(Request.of("acme", IndexPrice.class, new NowQuery(Symbol.of("ETH/BTC"))));
    assertThat(acme.calls()).containsExactly("names ");
  }

  @Test
  void aGlobStandsForAllThatAreStillTraded() {
    assertThat(read("*/USDT", "indexPrice", Map.of()))
        .extracting(r -> ((SymbolQuery) r.query()).symbol().toString())
        .containsExactly("BTC/USDT", "ETH/USDT");
  }

  @Test
  void symbolsChooseFromAList() {
    assertThat(read("BTC/USDT,ETH*", "instrument", Map.of()))
        .containsExactly(
            Request.of("acme", Instrument.class, new CatalogQuery(List.of("BTC/USDT", "ETH*"))));
    assertThat(read("", "instrument", Map.of()))
        .containsExactly(Request.of("acme", Instrument.class, new CatalogQuery()));
    assertThat(acme.calls()).isEmpty();
  }

  @Test
  void withoutInputAndOutputASymbolMustBeWrittenInFull() {
    assertThatThrownBy(
            () ->
                flood
                    .requests()
                    .readOffline(new Words("acme", List.of("BTCUSDT"), List.of("trade"), Map.of())))
        .hasMessage(
            "Symbol BTCUSDT needs the exchange's list of instruments: without input or output,"
                + " write it in full, such as BTC/USDT");
    assertThat(acme.calls()).isEmpty();
  }

  @Test
  void whatIsUnknownIsToldWithWhatWasPerhapsMeant() {
    assertThatThrownBy(
            () ->
                flood
                    .requests()
                    .read(new Words("acne", List.of("BTC/USDT"), List.of("trade"), Map.of())))
        .hasMessage("Unknown exchange acne: did you mean acme? Known: acme");
    assertRefused(
        "BTC/USDT",
        "candles",
        Map.of(),
        "Unknown model candles of acme: did you mean candle? Known: candle, indexPrice, instrument,"
            + " mood, trade");
    assertRefused(
        "BTC/USDT",
        "candle",
        Map.of("intervall", "1m"),
        "Unknown option intervall of candle: did you mean interval? Known: from, interval, last,"
            + " limit, to");
    assertRefused(
        "BTCUSTD",
        "trade",
        Map.of(),
        "Unknown symbol BTCUSTD of acme: did you mean BTCUSDT? Or write it as BASE/QUOTE, such as"
            + " BTC/USDT");
    acme.forget();
    assertRefused(
        "*/EUR",
        "trade",
        Map.of(),
        "No instrument of acme fits */EUR: tradeflood list symbols tells them");
  }

  @Test
  void whatIsMissingIsTold() {
    assertRefused(
        "BTC/USDT",
        "candle",
        Map.of(),
        "Model candle of acme needs interval: set one such as 1m, 1h or 1d");
    assertRefused(
        "", "trade", Map.of(), "Model trade of acme needs a symbol: write one such as BTC/USDT");
    assertRefused(
        "BTC/USDT", "mood", Map.of(), "Model mood of acme needs source: set what it needs");
  }

  @Test
  void whatCannotBeReadIsToldWithWhatWasExpected() {
    assertRefused(
        "BTC/USDT",
        "mood",
        Map.of("source", "news", "side", "up"),
        "Option side must be one of buy, sell, was \"up\"");
    assertRefused(
        "BTC/USDT",
        "mood",
        Map.of("source", "news", "above", "much"),
        "Option above must be a number, was \"much\"");
    assertRefused(
        "BTC/USDT",
        "mood",
        Map.of("source", "news", "depth", "1.5"),
        "Option depth must be a whole number, was \"1.5\"");
    assertRefused("BTC/USDT", "mood", Map.of("source", " "), "A source must have a name");
    assertRefused(
        "BTC/USDT",
        "trade",
        Map.of("last", "soon"),
        "Option last must be a length, was \"soon\": write one such as 7d, 12h or 30m");
    assertRefused(
        "BTC/USDT",
        "trade",
        Map.of("last", "7d", "from", "2025-01-01"),
        "Option last excludes from and to: write either last, or from and to");
  }
}
