package io.tradeflood.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradeflood.simulator.limit.LimitOptions;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.Venue;
import io.tradeflood.simulator.stream.StreamOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StreamChaosTest {
  private static final String TRADES = "/ws/btcusdt@trade";
  private static final String DEPTH = "/ws/btcusdt@depth@100ms";
  private static final String BITGET = "/v2/ws/public";

  private Simulator simulator = Simulator.start(options().withLimits(LimitOptions.OFF));

  private static SimulatorOptions options() {
    return SimulatorOptions.defaults()
        .startingAt(Instant.parse("2025-03-14T09:26:53.589Z"))
        .withSpeed(50);
  }

  private void restart(SimulatorOptions options) {
    simulator.close();
    simulator = Simulator.start(options);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private Listener listen(String path) {
    return new Listener(simulator.streamUrl(), path);
  }

  private void chaos(String rules) {
    simulator.chaos(Chaos.parse(rules).withSeed(3));
  }

  private List<Long> ids(int count) {
    try (Listener listener = listen(TRADES)) {
      return new ArrayList<>(
          listener.events("trade", count).stream().map(one -> one.get("t").asLong()).toList());
    }
  }

  @Test
  void rulesOfStreamsAreReadAndWritten() {
    String text =
        "drop@0.1 repeat@every3 reorder@every500ms/binance/spot stall=30000ms cut"
            + " refuse/bitget/SPOT/trade/BTCUSDT disconnect=5000ms+3000ms lifetime=60000ms"
            + " wrongchecksum@0.5 oldsnapshot=2000ms/api drop/binance/spot/btcusdt@trade";
    Chaos chaos = Chaos.parse(text);
    assertThat(chaos.rules()).hasSize(11);
    assertThat(chaos.text().replace('\n', ' ')).isEqualTo(text);
    assertThat(Chaos.parse(chaos.text())).isEqualTo(chaos);
    assertThat(chaos.rules().getLast().path()).isEqualTo("/binance/spot/btcusdt@trade");
  }

  @Test
  void droppedMessagesAreMissing() {
    chaos("drop@0.3");
    List<Long> ids = ids(60);
    assertThat(ids).isSorted().doesNotHaveDuplicates();
    long missing = ids.getLast() - ids.getFirst() + 1 - ids.size();
    assertThat(missing).isPositive();
    assertThat(simulator.stats().played("drop")).isGreaterThanOrEqualTo(missing);
  }

  @Test
  void repeatedMessagesComeTwice() {
    chaos("repeat@every4");
    List<Long> ids = ids(60);
    assertThat(ids).isSorted();
    assertThat(new HashSet<>(ids).size()).isBetween(44, 52);
    assertThat(simulator.stats().played("repeat")).isGreaterThanOrEqualTo(11);
  }

  @Test
  void reorderedMessagesComeAfterTheNextOne() {
    chaos("reorder@every5");
    List<Long> ids = ids(60);
    assertThat(ids).isNotEqualTo(ids.stream().sorted().toList()).doesNotHaveDuplicates();
    Collections.sort(ids);
    assertThat(ids.get(40) - ids.getFirst()).isEqualTo(40);
  }

  @Test
  void aStalledConnectionIsOpenAndSilentButPings() {
    restart(
        options()
            .withLimits(LimitOptions.OFF)
            .withStreams(StreamOptions.REAL.withPing(Duration.ofMillis(100))));
    try (Listener listener = listen(TRADES)) {
      listener.events("trade", 3);
      chaos("stall/binance/spot");
      await().until(() -> simulator.stats().played("stall") == 1);
      int stalled = listener.pings();
      await().until(() -> listener.pings() > stalled + 2);
      int before = listener.waiting();
      int pings = listener.pings();
      await().until(() -> listener.pings() > pings + 3);
      assertThat(listener.waiting()).isEqualTo(before);
      assertThat(simulator.stats().streams().open()).isEqualTo(1);
    }
  }

  @Test
  void aCutConnectionEndsWithinAFrame() throws IOException {
    chaos("cut@every3");
    byte[] all;
    try (Socket socket = new Socket("127.0.0.1", simulator.port())) {
      handshake(socket, "/ws/btcusdt@trade/btcusdt@depth@100ms");
      all = socket.getInputStream().readAllBytes();
    }
    assertThat(simulator.stats().played("cut")).isEqualTo(1);
    int at = 0;
    int whole = 0;
    while (at + 4 <= all.length) {
      int size = (all[at + 2] & 0xFF) << 8 | all[at + 3] & 0xFF;
      boolean isLong = (all[at + 1] & 0x7F) == 126;
      int end = at + (isLong ? 4 + size : 2 + (all[at + 1] & 0x7F));
      if (end > all.length) {
        break;
      }
      whole++;
      at = end;
    }
    assertThat(whole).isEqualTo(2);
    assertThat(at).as("a part of a third frame").isLessThan(all.length);
  }

  private static void handshake(Socket socket, String path) throws IOException {
    socket.setSoTimeout(20_000);
    OutputStream out = socket.getOutputStream();
    String head =
        "GET %s HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    out.write(head.formatted(path).getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      answer.append((char) in.read());
    }
    assertThat(answer.toString()).startsWith("HTTP/1.1 101");
  }

  @Test
  void aRefusedStreamIsRefusedInTheExchangesWords() {
    chaos("refuse/binance/spot/xrpusdt refuse/bitget/SPOT/trade/XRPUSDT");
    try (Listener listener = listen("/ws")) {
      listener.say(
          "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\",\"xrpusdt@trade\"],\"id\":1}");
      assertThat(listener.text())
          .isEqualTo(
              "{\"code\":2,\"msg\":\"Invalid request: stream xrpusdt@trade is refused\",\"id\":1}");
      listener.say("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\"],\"id\":2}");
      assertThat(listener.event("trade").get("s").asString()).isEqualTo("BTCUSDT");
    }
    try (Listener listener = listen(BITGET)) {
      listener.say(bitget("trade", "XRPUSDT"));
      assertThat(listener.json().get("code").asInt()).isEqualTo(30001);
    }
    assertThat(simulator.stats().played("refuse")).isEqualTo(2);
  }

  private static String bitget(String channel, String symbol) {
    return "{\"op\":\"subscribe\",\"args\":[{\"instType\":\"SPOT\",\"channel\":\"%s\",\"instId\":\"%s\"}]}"
        .formatted(channel, symbol);
  }

  @Test
  void connectionsEndWithoutAWordAndOldOnesWithNotice() {
    chaos("disconnect=300ms");
    try (Listener listener = listen(TRADES)) {
      assertThat(listener.awaitEnd()).isEqualTo(1006);
    }
    assertThat(simulator.stats().played("disconnect")).isEqualTo(1);
    chaos("lifetime=500ms");
    try (Listener listener = listen("/stream?streams=btcusdt@trade")) {
      JsonNode notice =
          listener.json(one -> one.get("stream").asString().equals("!serverShutdown"));
      assertThat(notice.get("data").get("e").asString()).isEqualTo("serverShutdown");
      assertThat(listener.awaitEnd()).isEqualTo(1001);
    }
    assertThat(simulator.stats().played("lifetime")).isEqualTo(1);
  }

  @Test
  void aConnectionLivesAsLongAsTheOptionsSay() {
    restart(options().withStreams(StreamOptions.REAL.withLifetime(Duration.ofMillis(500))));
    try (Listener listener = listen(TRADES)) {
      listener.event("serverShutdown");
      assertThat(listener.awaitEnd()).isEqualTo(1001);
    }
  }

  @Test
  void wrongChecksumsAreWrong() {
    chaos("wrongchecksum@every2/bitget/SPOT/books");
    try (Listener listener = listen(BITGET)) {
      listener.say(bitget("books", "BTCUSDT"));
      Listing listing = simulator.market().listing(Venue.BITGET_SPOT, "BTCUSDT");
      List<Boolean> right = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        JsonNode data = listener.json(one -> one.has("action")).get("data").get(0);
        int truth =
            BitgetStreamTest.checksum(
                listing.books().book(data.get("seq").asLong()), listing.instrument());
        right.add(data.get("checksum").asInt() == truth);
      }
      assertThat(right).containsExactly(true, false, true, false, true, false);
      assertThat(simulator.stats().played("wrongchecksum")).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void aSnapshotMayBeOlderThanTheChanges() {
    try (Browser web = new Browser(simulator.baseUrl());
        Listener listener = listen(DEPTH)) {
      chaos("oldsnapshot=60s@every2");
      long u = listener.event("depthUpdate").get("U").asLong();
      assertThat(lastUpdateId(web)).isGreaterThanOrEqualTo(u);
      assertThat(lastUpdateId(web)).isLessThan(u);
      assertThat(simulator.stats().played("oldsnapshot")).isEqualTo(1);
    }
  }

  private static long lastUpdateId(Browser web) {
    return web.json("/api/v3/depth?symbol=BTCUSDT").get("lastUpdateId").asLong();
  }

  @Test
  void whoSaysTooMuchIsShownOut() {
    restart(options());
    try (Listener listener = listen("/ws")) {
      for (int i = 0; i < 100; i++) {
        if (!listener.trySay("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":" + i + "}")) {
          break;
        }
      }
      assertThat(listener.awaitEnd()).isEqualTo(1008);
    }
  }

  @Test
  void whoDoesNotPongOrPingIsShownOut() throws IOException {
    restart(
        options()
            .withStreams(
                StreamOptions.REAL
                    .withPing(Duration.ofMillis(100))
                    .withPong(Duration.ofMillis(300))));
    for (String path : List.of("/ws/btcusdt@depth", BITGET)) {
      try (Socket socket = new Socket("127.0.0.1", simulator.port())) {
        handshake(socket, path);
        byte[] all = socket.getInputStream().readAllBytes();
        String end = new String(all, StandardCharsets.ISO_8859_1);
        assertThat(end).endsWith(path.equals(BITGET) ? "Ping timeout" : "Pong timeout");
      }
    }
  }

  @Test
  void whoConnectsTooOftenIsRefused() throws IOException {
    restart(
        options()
            .withLimits(LimitOptions.REAL.scaled(0.01))
            .withLimitClock(InstantSource.fixed(Instant.EPOCH)));
    for (int i = 0; i < 4; i++) {
      try (Socket socket = new Socket("127.0.0.1", simulator.port())) {
        socket.setSoTimeout(20_000);
        String head =
            "GET /ws HTTP/1.1\r\n"
                + "Host: x\r\n"
                + "Upgrade: websocket\r\n"
                + "Connection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        byte[] first = socket.getInputStream().readNBytes(12);
        assertThat(new String(first, StandardCharsets.US_ASCII))
            .isEqualTo("HTTP/1.1 " + (i < 3 ? "101" : "429"));
      }
    }
    assertThat(simulator.stats().used("binance spot connects")).isEqualTo(4);
  }

  /** Random frames, and requests with random insides, end their own connection at most. */
  @Test
  void randomTalkHarmsNobody() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    String[] pieces = {
      "{\"method\":\"SUBSCRIBE\"",
      ",\"params\":[\"btcusdt@",
      "depth\"",
      "trade",
      "@100ms\"]",
      "{",
      "}",
      "[",
      "]",
      ",\"id\":",
      "1",
      "null",
      "\"x\"",
      "\"op\":\"subscribe\"",
      "\"args\":",
      "\\u00"
    };
    for (int round = 0; round < 150; round++) {
      try (Socket socket = new Socket("127.0.0.1", simulator.port())) {
        handshake(socket, round % 2 == 0 ? "/ws" : BITGET);
        OutputStream out = socket.getOutputStream();
        for (int i = 0; i < 10; i++) {
          StringBuilder text = new StringBuilder();
          for (int n = random.nextInt(8); n >= 0; n--) {
            text.append(pieces[random.nextInt(pieces.length)]);
          }
          byte[] content = text.toString().getBytes(StandardCharsets.US_ASCII);
          if (random.nextInt(5) == 0) {
            random.nextBytes(content);
          }
          if (content.length < 126) {
            out.write(random.nextInt(9) == 0 ? random.nextInt(256) : 0x81);
            out.write(0x80 | content.length);
            out.write(new byte[4]);
            out.write(content);
          }
        }
      } catch (java.net.SocketException e) {
        assertThat(simulator.port()).isPositive();
      }
    }
    await().until(() -> simulator.stats().streams().open() == 0);
    assertThat(ids(5)).hasSize(5);
  }
}
