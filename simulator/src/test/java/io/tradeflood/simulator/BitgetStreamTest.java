package io.tradeflood.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.simulator.limit.LimitOptions;
import io.tradeflood.simulator.market.Grid;
import io.tradeflood.simulator.market.Instrument;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.OrderBook;
import io.tradeflood.simulator.market.Trade;
import io.tradeflood.simulator.market.Venue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BitgetStreamTest {
  private static final Simulator SIMULATOR =
      Simulator.start(
          SimulatorOptions.defaults()
              .startingAt(Instant.parse("2025-03-14T09:26:53.589Z"))
              .withSpeed(50)
              .withLimits(LimitOptions.OFF));
  private static final Browser WEB = new Browser(SIMULATOR.baseUrl());

  @AfterAll
  static void stop() {
    WEB.close();
    SIMULATOR.close();
  }

  private static Listener listen() {
    return new Listener(SIMULATOR.streamUrl(), "/v2/ws/public");
  }

  private static String arg(String product, String channel, String symbol) {
    return "{\"instType\":\"%s\",\"channel\":\"%s\",\"instId\":\"%s\"}"
        .formatted(product, channel, symbol);
  }

  private static String subscribe(String... args) {
    return "{\"op\":\"subscribe\",\"args\":[%s]}".formatted(String.join(",", args));
  }

  private static JsonNode push(Listener listener) {
    return listener.json(message -> message.has("action"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Venue.class,
      names = {"BITGET_SPOT", "BITGET_USDT_FUTURES"})
  void aBookIsTheMarketsAndItsChecksumRight(Venue venue) {
    String product = venue == Venue.BITGET_SPOT ? "SPOT" : "USDT-FUTURES";
    Listing listing = SIMULATOR.market().listing(venue, "BTCUSDT");
    try (Listener listener = listen()) {
      listener.say(subscribe(arg(product, "books", "BTCUSDT")));
      assertThat(listener.text())
          .isEqualTo("{\"event\":\"subscribe\",\"arg\":" + arg(product, "books", "BTCUSDT") + "}");
      Ladder ladder = new Ladder(listing.instrument());
      long before = 0;
      for (int i = 0; i < 200; i++) {
        JsonNode message = push(listener);
        assertThat(message.get("action").asString()).isEqualTo(i == 0 ? "snapshot" : "update");
        JsonNode data = message.get("data").get(0);
        ladder.apply(data.get("bids"), data.get("asks"));
        long seq = data.get("seq").asLong();
        assertThat(seq).isGreaterThan(before);
        before = seq;
        OrderBook truth = SIMULATOR.market().book(venue, "BTCUSDT", seq);
        assertThat(ladder.levels()).isEqualTo(Ladder.levels(truth));
        assertThat(data.get("checksum").asInt()).isEqualTo(checksum(truth, listing.instrument()));
      }
    }
  }

  static int checksum(OrderBook book, Instrument instrument) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      for (OrderBook.Side side : List.of(book.bids(), book.asks())) {
        parts.add(text(side.price(i), instrument.priceScale()));
        parts.add(text(side.size(i), instrument.sizeScale()));
      }
    }
    CRC32 crc = new CRC32();
    crc.update(String.join(":", parts).getBytes(StandardCharsets.US_ASCII));
    return (int) crc.getValue();
  }

  private static String text(long units, int scale) {
    return java.math.BigDecimal.valueOf(units, scale).toPlainString();
  }

  @Test
  void tradesBeginWithTheNewestAndGoOnWithoutAHole() {
    try (Listener listener = listen()) {
      listener.say(subscribe(arg("SPOT", "trade", "BTCUSDT")));
      JsonNode snapshot = push(listener);
      assertThat(snapshot.get("action").asString()).isEqualTo("snapshot");
      List<Long> ids = new ArrayList<>();
      snapshot.get("data").forEach(row -> ids.addFirst(row.get("tradeId").asLong()));
      assertThat(ids).hasSize(50);
      while (ids.size() < 80) {
        JsonNode update = push(listener);
        assertThat(update.get("action").asString()).isEqualTo("update");
        int end = ids.size();
        update.get("data").forEach(row -> ids.add(end, row.get("tradeId").asLong()));
      }
      List<Trade> truth =
          SIMULATOR.market().trades(Venue.BITGET_SPOT, "BTCUSDT", ids.getFirst(), ids.getLast());
      assertThat(ids).isEqualTo(truth.stream().map(Trade::id).toList());
      JsonNode newest = WEB.data("/api/v2/spot/market/fills?symbol=BTCUSDT&limit=500");
      for (JsonNode row : snapshot.get("data")) {
        assertThat(newest)
            .anySatisfy(
                rest -> {
                  for (String field : List.of("tradeId", "price", "size", "side", "ts")) {
                    assertThat(rest.get(field)).isEqualTo(row.get(field));
                  }
                });
      }
    }
  }

  @Test
  void candlesBeginWithRecentOnesAndLeaveNoneOut() {
    try (Listener listener = listen()) {
      listener.say(subscribe(arg("SPOT", "candle1m", "ETHBTC")));
      JsonNode snapshot = push(listener).get("data");
      assertThat(snapshot).hasSize(100);
      long open = snapshot.get(99).get(0).asLong();
      JsonNode last = snapshot.get(99);
      while (last.get(0).asLong() <= open) {
        JsonNode next = push(listener).get("data").get(0);
        if (next.get(0).asLong() > open) {
          JsonNode row =
              WEB.data(
                      "/api/v2/spot/market/history-candles?symbol=ETHBTC&granularity=1min&limit=1&endTime="
                          + (open + Grid.MINUTE))
                  .get(0);
          List<String> rest = new ArrayList<>();
          row.forEach(cell -> rest.add(cell.asString()));
          List<String> told = new ArrayList<>();
          last.forEach(cell -> told.add(cell.asString()));
          assertThat(told.subList(0, 6)).isEqualTo(rest.subList(0, 6));
          assertThat(told.get(6)).as("quote volume").isEqualTo(rest.get(7));
          assertThat(told.get(7)).as("dollar volume").isEqualTo(rest.get(6));
        }
        last = next;
      }
      assertThat(last.get(0).asLong()).isEqualTo(open + Grid.MINUTE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"books1", "books5", "books15", "ticker", "candle1Dutc", "candle1H"})
  void everyChannelSpeaksFirstOfAll(String channel) {
    try (Listener listener = listen()) {
      listener.say(
          subscribe(arg("SPOT", channel, "ETHUSDT"), arg("USDT-FUTURES", channel, "ETHUSDT")));
      for (String product : List.of("SPOT", "USDT-FUTURES")) {
        JsonNode message =
            listener.json(
                one ->
                    one.has("action") && one.get("arg").get("instType").asString().equals(product));
        assertThat(message.get("action").asString()).isEqualTo("snapshot");
        assertThat(message.get("data").isEmpty()).isFalse();
        JsonNode data = message.get("data").get(0);
        if (channel.startsWith("books")) {
          assertThat(data.get("bids")).hasSize(Integer.parseInt(channel.substring(5)));
          assertThat(data.get("checksum").asInt()).isZero();
        }
        if (channel.equals("ticker")) {
          assertThat(data.has("nextFundingTime")).isEqualTo(!product.equals("SPOT"));
        }
      }
    }
  }

  @Test
  void whatDoesNotExistIsRefusedAndNothingElse() {
    try (Listener listener = listen()) {
      listener.say(subscribe(arg("SPOT", "trade", "NOSUCH"), arg("SPOT", "ticker", "BTCUSDT")));
      JsonNode error = listener.json();
      assertThat(error.get("event").asString()).isEqualTo("error");
      assertThat(error.get("code").asInt()).isEqualTo(30001);
      assertThat(error.get("msg").asString())
          .isEqualTo("instType:SPOT,channel:trade,instId:NOSUCH doesn't exist");
      assertThat(error.get("arg").get("instId").asString()).isEqualTo("NOSUCH");
      assertThat(push(listener).get("arg").get("channel").asString()).isEqualTo("ticker");
      listener.say("{\"op\":\"unsubscribe\",\"args\":[" + arg("SPOT", "ticker", "BTCUSDT") + "]}");
      assertThat(listener.json(message -> message.has("event")).get("event").asString())
          .isEqualTo("unsubscribe");
      listener.say(subscribe(arg("MC", "trade", "BTCUSDT")));
      assertThat(listener.json().get("code").asInt()).isEqualTo(30001);
      listener.say("{\"op\":\"dance\",\"args\":[]}");
      assertThat(listener.json().get("code").asInt()).isEqualTo(30003);
      listener.say("[]");
      assertThat(listener.json().get("code").asInt()).isEqualTo(30016);
      listener.say("not json");
      assertThat(listener.json().get("code").asInt()).isEqualTo(30002);
      listener.say("ping");
      assertThat(listener.text()).isEqualTo("pong");
    }
  }
}
