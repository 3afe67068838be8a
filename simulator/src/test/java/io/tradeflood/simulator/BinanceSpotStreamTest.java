package io.tradeflood.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.simulator.limit.LimitOptions;
import io.tradeflood.simulator.market.Grid;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.OrderBook;
import io.tradeflood.simulator.market.Trade;
import io.tradeflood.simulator.market.Venue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BinanceSpotStreamTest {
  private static final Simulator SIMULATOR =
      Simulator.start(
          SimulatorOptions.defaults()
              .startingAt(Instant.parse("2025-03-14T09:26:53.589Z"))
              .withSpeed(50)
              .withLimits(LimitOptions.OFF));
  private static final Browser WEB = new Browser(SIMULATOR.baseUrl());
  private static final Listing BITCOIN = SIMULATOR.market().listing(Venue.BINANCE_SPOT, "BTCUSDT");

  @BeforeAll
  static void warm() {
    WEB.json("/api/v3/ticker/24hr?symbol=BTCUSDT");
  }

  @AfterAll
  static void stop() {
    WEB.close();
    SIMULATOR.close();
  }

  private static Listener listen(String path) {
    return new Listener(SIMULATOR.streamUrl(), path);
  }

  private static long price(JsonNode text) {
    return Ladder.units(text, BITCOIN.instrument().priceScale());
  }

  private static long size(JsonNode text) {
    return Ladder.units(text, BITCOIN.instrument().sizeScale());
  }

  @Test
  void tradesAreTheMarketsEachOnce() {
    try (Listener listener = listen("/ws/btcusdt@trade")) {
      List<JsonNode> events = listener.events("trade", 40);
      long first = events.getFirst().get("t").asLong();
      List<Trade> truth =
          SIMULATOR.market().trades(Venue.BINANCE_SPOT, "BTCUSDT", first, first + 39);
      List<Trade> told = new ArrayList<>();
      for (int i = 0; i < events.size(); i++) {
        JsonNode event = events.get(i);
        told.add(
            new Trade(
                event.get("t").asLong(),
                truth.get(i).order(),
                event.get("T").asLong(),
                price(event.get("p")),
                size(event.get("q")),
                event.get("m").asBoolean()));
      }
      assertThat(told).isEqualTo(truth);
      JsonNode rest = WEB.json("/api/v3/historicalTrades?symbol=BTCUSDT&limit=1&fromId=" + first);
      assertThat(rest.get(0).get("price")).isEqualTo(events.getFirst().get("p"));
      assertThat(rest.get(0).get("qty")).isEqualTo(events.getFirst().get("q"));
      assertThat(rest.get(0).get("time")).isEqualTo(events.getFirst().get("T"));
    }
  }

  @Test
  void aSnapshotAndItsChangesGiveTheBookOfEachUpdate() {
    try (Listener listener = listen("/ws/btcusdt@depth@100ms")) {
      JsonNode event = listener.event("depthUpdate");
      JsonNode snapshot = WEB.json("/api/v3/depth?symbol=BTCUSDT&limit=5000");
      long id = snapshot.get("lastUpdateId").asLong();
      assertThat(id).isGreaterThanOrEqualTo(event.get("U").asLong());
      Ladder book = new Ladder(BITCOIN.instrument());
      book.apply(snapshot.get("bids"), snapshot.get("asks"));
      assertThat(book.levels()).isEqualTo(truth(id));
      int applied = 0;
      long before = event.get("u").asLong();
      while (applied < 300) {
        if (event.get("u").asLong() > id) {
          assertThat(event.get("U").asLong()).isLessThanOrEqualTo(id + 1);
          book.apply(event.get("b"), event.get("a"));
          id = event.get("u").asLong();
          assertThat(book.levels()).isEqualTo(truth(id));
          applied++;
        }
        event = listener.event("depthUpdate");
        assertThat(event.get("U").asLong()).isEqualTo(before + 1);
        before = event.get("u").asLong();
      }
    }
  }

  private static List<List<Long>> truth(long id) {
    return Ladder.levels(SIMULATOR.market().book(Venue.BINANCE_SPOT, "BTCUSDT", id));
  }

  @Test
  void slowAndFastChangesLeadToTheSameBook() {
    try (Listener listener = listen("/stream?streams=btcusdt@depth/btcusdt@depth20@100ms")) {
      JsonNode slow = listener.json(message -> message.get("stream").asString().endsWith("@depth"));
      assertThat(slow.get("data").get("E").asLong() % 1000).isZero();
      long ids = slow.get("data").get("u").asLong() - slow.get("data").get("U").asLong() + 1;
      assertThat(ids).isEqualTo(40);
      JsonNode top = listener.json(message -> message.get("stream").asString().contains("20@"));
      JsonNode data = top.get("data");
      Ladder ladder = new Ladder(BITCOIN.instrument());
      ladder.apply(data.get("bids"), data.get("asks"));
      OrderBook truth = BITCOIN.books().book(data.get("lastUpdateId").asLong(), 20);
      assertThat(ladder.levels()).isEqualTo(Ladder.levels(truth));
      assertThat(data.propertyNames()).containsExactly("lastUpdateId", "bids", "asks");
    }
  }

  @Test
  void candlesAreSumsOfTrades() {
    try (Listener listener = listen("/ws/btcusdt@kline_1m")) {
      JsonNode closed = listener.json(message -> message.get("k").get("x").asBoolean()).get("k");
      long open = closed.get("t").asLong();
      JsonNode row =
          WEB.json(
                  "/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=%d&endTime=%d"
                      .formatted(open, open + Grid.MINUTE - 1))
              .get(0);
      assertThat(List.of(closed.get("o"), closed.get("h"), closed.get("l"), closed.get("c")))
          .isEqualTo(List.of(row.get(1), row.get(2), row.get(3), row.get(4)));
      assertThat(closed.get("v")).isEqualTo(row.get(5));
      assertThat(closed.get("T")).isEqualTo(row.get(6));
      assertThat(closed.get("q")).isEqualTo(row.get(7));
      assertThat(closed.get("n")).isEqualTo(row.get(8));
      assertThat(closed.get("V")).isEqualTo(row.get(9));
      JsonNode next = listener.event("kline");
      assertThat(next.get("k").get("t").asLong()).isEqualTo(open + Grid.MINUTE);
    }
  }

  @Test
  void everyStreamSpeaks() {
    String names =
        "[\"ethusdt@aggTrade\",\"ethusdt@bookTicker\",\"ethusdt@ticker\",\"ethusdt@miniTicker\","
            + "\"ethusdt@ticker_1h\",\"ethusdt@avgPrice\",\"ethusdt@kline_1s\","
            + "\"ethusdt@kline_1d@+08:00\",\"ethusdt@depth5\",\"!miniTicker@arr\"]";
    try (Listener listener = listen("/stream")) {
      listener.say("{\"method\":\"SUBSCRIBE\",\"params\":" + names + ",\"id\":\"x\"}");
      assertThat(listener.text()).isEqualTo("{\"result\":null,\"id\":\"x\"}");
      for (String name : names.substring(2, names.length() - 2).split("\",\"", -1)) {
        JsonNode message = listener.json(one -> one.get("stream").asString().equals(name));
        assertThat(message.get("data").isEmpty()).as(name).isFalse();
      }
    }
  }

  @Test
  void requestsAreAnswered() {
    try (Listener listener = listen("/ws")) {
      listener.say(
          "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@ticker\",\"no@such\"],\"id\":1}");
      assertThat(listener.text()).isEqualTo("{\"result\":null,\"id\":1}");
      listener.say("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":2}");
      assertThat(listener.json(message -> message.has("id")).toString())
          .isEqualTo("{\"result\":[\"btcusdt@ticker\",\"no@such\"],\"id\":2}");
      listener.say("{\"method\":\"UNSUBSCRIBE\",\"params\":[\"btcusdt@ticker\"],\"id\":3}");
      listener.json(message -> message.path("id").asInt() == 3);
      listener.say("{\"method\":\"SET_PROPERTY\",\"params\":[\"combined\",true],\"id\":4}");
      listener.say("{\"method\":\"GET_PROPERTY\",\"params\":[\"combined\"],\"id\":5}");
      assertThat(
              listener.json(message -> message.path("id").asInt() == 5).get("result").asBoolean())
          .isTrue();
      listener.say("{\"method\":\"SET_PROPERTY\",\"params\":[\"combined\",1],\"id\":6}");
      assertThat(listener.text())
          .isEqualTo("{\"code\":1,\"msg\":\"Invalid value type: expected Boolean\",\"id\":6}");
      listener.say("{\"method\":\"GET_PROPERTY\",\"params\":[\"x\"],\"id\":7}");
      assertThat(listener.json().get("code").asInt()).isZero();
      listener.say("{\"method\":\"DANCE\",\"id\":8}");
      assertThat(listener.json().get("msg").asString()).contains("unknown variant `DANCE`");
      listener.say("{not json");
      assertThat(listener.json().get("code").asInt()).isEqualTo(3);
      listener.say("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@ticker\"],\"id\":9}");
      assertThat(listener.json(message -> message.has("stream")).get("stream").asString())
          .isEqualTo("btcusdt@ticker");
    }
  }
}
