package io.tradeflood.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.simulator.limit.LimitOptions;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.ReferencePrices;
import io.tradeflood.simulator.market.Trade;
import io.tradeflood.simulator.market.Venue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BinanceFuturesStreamTest {
  private static final Simulator SIMULATOR =
      Simulator.start(
          SimulatorOptions.defaults()
              .startingAt(Instant.parse("2025-03-14T09:26:53.589Z"))
              .withSpeed(50)
              .withLimits(LimitOptions.OFF));
  private static final Browser WEB = new Browser(SIMULATOR.baseUrl());
  private static final Listing BITCOIN = SIMULATOR.market().listing(Venue.BINANCE_USDM, "BTCUSDT");

  @AfterAll
  static void stop() {
    WEB.close();
    SIMULATOR.close();
  }

  private static Listener listen(String path) {
    return new Listener(SIMULATOR.streamUrl(), path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"btcusdt@depth", "btcusdt@depth@100ms", "btcusdt@depth@500ms"})
  void aSnapshotAndItsChangesGiveTheBookOfEachUpdate(String stream) {
    try (Listener listener = listen("/public/ws/" + stream)) {
      JsonNode event = listener.event("depthUpdate");
      JsonNode snapshot = WEB.json("/fapi/v1/depth?symbol=BTCUSDT&limit=1000");
      long id = snapshot.get("lastUpdateId").asLong();
      while (event.get("u").asLong() < id) {
        event = listener.event("depthUpdate");
      }
      assertThat(event.get("pu").asLong()).isLessThanOrEqualTo(id);
      Ladder book = new Ladder(BITCOIN.instrument());
      book.apply(snapshot.get("bids"), snapshot.get("asks"));
      for (int i = 0; i < 100; i++) {
        book.apply(event.get("b"), event.get("a"));
        long u = event.get("u").asLong();
        List<List<Long>> truth =
            Ladder.levels(SIMULATOR.market().book(Venue.BINANCE_USDM, "BTCUSDT", u));
        assertThat(book.levels()).isEqualTo(truth);
        event = listener.event("depthUpdate");
        assertThat(event.get("pu").asLong()).isEqualTo(u);
        assertThat(event.get("U").asLong())
            .as("numbers have holes, so the rule of spot is wrong here")
            .isGreaterThan(u + 1);
      }
    }
  }

  @Test
  void aStreamOnTheWrongRouteStaysSilent() {
    try (Listener books = listen("/public/stream?streams=btcusdt@aggTrade/btcusdt@bookTicker");
        Listener others = listen("/market/stream?streams=btcusdt@bookTicker/btcusdt@aggTrade")) {
      for (int i = 0; i < 20; i++) {
        assertThat(books.json().get("stream").asString()).isEqualTo("btcusdt@bookTicker");
      }
      assertThat(others.json().get("stream").asString()).isEqualTo("btcusdt@aggTrade");
    }
  }

  @Test
  void aggregatesAreTheOrdersOfTheMarket() {
    try (Listener listener = listen("/market/ws/btcusdt@aggTrade")) {
      List<JsonNode> events = listener.events("aggTrade", 20);
      JsonNode rest =
          WEB.json(
              "/fapi/v1/aggTrades?symbol=BTCUSDT&limit=20&fromId="
                  + events.getFirst().get("a").asLong());
      for (int i = 0; i < 20; i++) {
        for (String field : List.of("a", "p", "q", "f", "l", "T", "m")) {
          assertThat(events.get(i).get(field)).as(field).isEqualTo(rest.get(i).get(field));
        }
        assertThat(events.get(i).get("E").asLong() % 100).isZero();
      }
    }
  }

  @Test
  void markPricesAreThoseOfTheMarket() {
    try (Listener listener = listen("/market/ws/btcusdt@markPrice@1s")) {
      JsonNode event = listener.event("markPriceUpdate");
      long time = event.get("E").asLong();
      assertThat(time % 1000).isZero();
      assertThat(decimal(event.get("p")))
          .isEqualTo(BigDecimal.valueOf(BITCOIN.prices().at(ReferencePrices.Of.MARK, time), 8));
      assertThat(decimal(event.get("i")))
          .isEqualTo(BigDecimal.valueOf(BITCOIN.prices().at(ReferencePrices.Of.INDEX, time), 8));
      assertThat(event.get("T").asLong()).isEqualTo(BITCOIN.fundings().nextAfter(time));
      assertThat(decimal(event.get("r")))
          .isEqualTo(BigDecimal.valueOf(BITCOIN.fundings().last(time).rate(), 8));
    }
  }

  private static BigDecimal decimal(JsonNode text) {
    return new BigDecimal(text.asString());
  }

  @Test
  void aLiquidationIsATradeToo() {
    try (Listener listener = listen("/market/ws/btcusdt@forceOrder")) {
      JsonNode order = listener.event("forceOrder").get("o");
      long time = order.get("T").asLong();
      long next = BITCOIN.tape().tradesUntil(time);
      List<Trade> there = BITCOIN.trades(next - 20, next - 1);
      assertThat(there)
          .anySatisfy(
              trade -> {
                assertThat(trade.time()).isEqualTo(time);
                assertThat(order.get("S").asString()).isEqualTo(trade.sold() ? "SELL" : "BUY");
                assertThat(Ladder.units(order.get("q"), BITCOIN.instrument().sizeScale()))
                    .isEqualTo(trade.size());
              });
    }
  }

  @Test
  void everyStreamSpeaks() {
    String names =
        "ethusdt@kline_1m/ethusdt@ticker/ethusdt@miniTicker/ethusdt@markPrice/!markPrice@arr@1s/!miniTicker@arr/!ticker@arr";
    try (Listener listener = listen("/market/stream?streams=" + names)) {
      for (String name : names.split("/", -1)) {
        JsonNode message = listener.json(one -> one.get("stream").asString().equals(name));
        assertThat(message.get("data").isEmpty()).as(name).isFalse();
      }
    }
    try (Listener listener = listen("/public/ws/ethusdt@depth5@100ms")) {
      JsonNode top = listener.event("depthUpdate");
      assertThat(top.get("b")).hasSize(5);
      assertThat(top.has("pu")).isTrue();
    }
  }
}
