package io.tradeflood.exchange.oanda;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.binding.Availability;
import io.tradeflood.exchange.FakeStreams;
import io.tradeflood.exchange.Golden;
import io.tradeflood.exchange.Said;
import io.tradeflood.exchange.Shared;
import io.tradeflood.exchange.Told;
import io.tradeflood.exchange.Wiring;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.Ticker;
import io.tradeflood.net.stream.Channels;
import io.tradeflood.net.stream.Incoming;
import io.tradeflood.net.stream.StreamConnector;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OandaStreamTest {
  private static final Symbol EUR = Symbol.of("EUR/USD");

  private final Wiring wiring =
      new Wiring(
          URI.create("http://127.0.0.1:1"),
          Map.of("token", "secret", "account", "101-004-1234567-001"));
  private final FakeStreams streams = wiring.streams();
  private final OandaStream oanda = wiring.connector(OandaStream.class);

  @AfterEach
  void close() throws Exception {
    wiring.close();
  }

  private Told<Ticker> tickers(Symbol symbol) throws Exception {
    return Told.of(
        wiring.run(wiring.binding(OandaLiveTicker.class).plan(oanda, new NowQuery(symbol))));
  }

  private Told<OrderBook> books(BookQuery query) throws Exception {
    return Told.of(wiring.run(wiring.binding(OandaLiveBook.class).plan(oanda, query)));
  }

  @Test
  void theAddressSaysWhatIsWanted() {
    assertThat(oanda.url() + oanda.path(List.of("EUR_USD", "XAU_USD")))
        .isEqualTo(
            "https://stream-fxtrade.oanda.com/v3/accounts/101-004-1234567-001/pricing/stream?instruments=EUR_USD%2CXAU_USD");
    assertThat(oanda.headers()).containsEntry("Authorization", "Bearer secret");
    assertThat(oanda.framing()).isEqualTo(StreamConnector.Framing.LINES);
    assertThat(oanda.subscribe(List.of("EUR_USD"), 1)).isEmpty();
  }

  @Test
  void whoHasNoTokenIsToldBefore() throws Exception {
    try (var poor = new Wiring(URI.create("http://127.0.0.1:1"))) {
      assertThat(
              poor.binding(OandaLiveTicker.class)
                  .availability(
                      poor.connector(OandaStream.class), new NowQuery(EUR), Instant.EPOCH))
          .isEqualTo(
              Availability.cannot(
                  "oanda.stream has no token: set token and account of oanda in settings of the"
                      + " configuration file; a practice account will do"));
    }
    assertThat(
            wiring
                .binding(OandaLiveTicker.class)
                .availability(oanda, new NowQuery(EUR), Instant.EPOCH))
        .isEqualTo(Availability.can());
  }

  @Test
  void aLineIsTheBestPricesAndWhatLiesBehindThem() throws Exception {
    var tickers = tickers(EUR);
    var books = books(new BookQuery(EUR, OptionalInt.of(1)));

    streams.say(oanda, Golden.text("oanda/stream/price.json"));

    assertThat(streams.names()).containsExactly("EUR_USD");
    var ticker = tickers.rows().getFirst();
    assertThat(ticker.time()).isEqualTo(Instant.parse("2026-01-05T10:00:00.123456789Z"));
    assertThat(ticker.bid()).contains(new BigDecimal("1.10505"));
    assertThat(ticker.bidSize()).contains(new BigDecimal("1000000"));
    assertThat(ticker.ask()).contains(new BigDecimal("1.10512"));
    assertThat(ticker.last()).isEmpty();
    assertThat(books.rows().getFirst().bids()).hasSize(1);
  }

  @Test
  void whatCannotBeTradedHasNoPrice() throws Exception {
    var tickers = tickers(EUR);

    streams.say(
        oanda,
        "{\"type\":\"PRICE\",\"time\":\"2026-01-05T10:00:00.000000000Z\",\"bids\":[],\"asks\":[],\"instrument\":\"EUR_USD\"}");

    assertThat(tickers.rows().getFirst().bid()).isEqualTo(Optional.empty());
  }

  @Test
  void heartbeatsAreNoDataAndErrorsEndTheAnswer() {
    assertThat(
            streams.say(
                oanda, "{\"type\":\"HEARTBEAT\",\"time\":\"2026-01-05T10:00:05.000000000Z\"}"))
        .isEqualTo(Incoming.IGNORED);
    assertThat(streams.say(oanda, "{\"errorMessage\":\"Insufficient authorization\"}"))
        .isInstanceOfSatisfying(
            Incoming.Broken.class,
            broken ->
                assertThat(broken.failure())
                    .hasMessage("oanda.stream said Insufficient authorization"));
  }

  /** Skipped where the recorded payloads are not beside the repository. */
  @Test
  void recordedLinesSayWhatIsExpected() throws Exception {
    var entries = Shared.list("oanda", "EXPECTED.json");
    var lines = Shared.text("oanda", "ws/pricing-stream-readme.jsonl").lines().toList();
    var tickers = new HashMap<String, Told<Ticker>>();
    var books = new HashMap<String, Told<OrderBook>>();
    for (String name : List.of("DE30/EUR", "EUR/JPY", "EUR/USD")) {
      var symbol = Symbol.of(name);
      tickers.put(oanda.nameOf(symbol), tickers(symbol));
      books.put(oanda.nameOf(symbol), books(new BookQuery(symbol)));
    }

    int prices = 0;
    for (int i = 0; i < lines.size(); i++) {
      int line = i + 1;
      var incoming = streams.say(oanda, lines.get(i));
      for (var entry : entries) {
        if (!entry.get("input").asString().equals("ws/pricing-stream-readme.jsonl")
            || entry.get("line").asInt() != line) continue;
        if (entry.get("model").asString().equals("none")) {
          assertThat(incoming).isEqualTo(Incoming.IGNORED);
          continue;
        }
        assertThat(incoming).isInstanceOf(Channels.Entry.class);
        String instrument = entry.get("instrument").asString();
        var book = books.get(instrument).rows().getLast();
        assertThat(tickers.get(instrument).rows().getLast().bid())
            .contains(book.bids().getFirst().price());
        Said.assertSays(
            entry.get("model").asString(),
            Said.of(book),
            entry.get("expected").get(0),
            Set.of("closeoutBid", "closeoutAsk"));
        prices++;
      }
    }
    assertThat(prices).isGreaterThan(10);
  }
}
