package io.tradeflood.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradeflood.simulator.callback.AlertCaller;
import io.tradeflood.simulator.callback.AlertOptions;
import io.tradeflood.simulator.limit.LimitOptions;
import io.tradeflood.simulator.market.Bar;
import io.tradeflood.simulator.market.Grid;
import io.tradeflood.simulator.market.Listing;
import io.tradeflood.simulator.market.OrderBook;
import io.tradeflood.simulator.market.Trade;
import io.tradeflood.simulator.market.Venue;
import io.tradeflood.simulator.wire.HttpServer;
import io.tradeflood.simulator.wire.Request;
import io.tradeflood.simulator.wire.Response;
import io.tradeflood.simulator.wire.WireLimits;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is neither a WebSocket nor a plain request. */
class OtherSourcesTest {
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final String STREAM = "/v3/accounts/101-004-1234567-001/pricing/stream";
  private static final String[] TOKEN = {"Authorization", "Bearer token"};

  private final Simulator simulator =
      Simulator.start(
          SimulatorOptions.defaults()
              .startingAt(Instant.parse("2025-03-14T09:26:53.589Z"))
              .withSpeed(200)
              .withLimits(LimitOptions.OFF));
  private final Browser web = new Browser(simulator.baseUrl());

  @AfterEach
  void stop() {
    web.close();
    simulator.close();
  }

  @Test
  void aPollIsHeldUntilThereIsNewsAndLosesNothing() {
    JsonNode first = web.json("/poll/trades?symbol=BTCUSDT");
    assertThat(first.get("trades")).isEmpty();
    long start = first.get("cursor").asLong();
    long cursor = start;
    List<Long> ids = new ArrayList<>();
    while (ids.size() < 30) {
      JsonNode answer = web.json("/poll/trades?symbol=BTCUSDT&wait=20000&cursor=" + cursor);
      assertThat(answer.get("trades")).isNotEmpty();
      answer.get("trades").forEach(row -> ids.add(row.get("id").asLong()));
      cursor = answer.get("cursor").asLong();
    }
    List<Trade> truth = simulator.market().trades(Venue.BINANCE_SPOT, "BTCUSDT", start, cursor - 1);
    assertThat(ids).isEqualTo(truth.stream().map(Trade::id).toList());
  }

  @Test
  void aPollEndsWithoutNewsWhenItsTimeIsOver() {
    JsonNode answer = web.json("/poll/trades?symbol=BTCUSDT&wait=50&cursor=999999999999");
    assertThat(answer.get("trades")).isEmpty();
    assertThat(answer.get("cursor").asLong()).isEqualTo(999_999_999_999L);
    assertThat(web.get("/poll/trades?symbol=BTCUSDT&cursor=1").statusCode()).isEqualTo(410);
    assertThat(web.get("/poll/trades?symbol=NOSUCH").statusCode()).isEqualTo(404);
    assertThat(web.get("/poll/trades?symbol=BTCUSDT&cursor=x").statusCode()).isEqualTo(400);
  }

  @Test
  void aTagTellsWhetherThereIsNews() {
    String target = "/poll/price?symbol=NMRUSDT&venue=binance-spot";
    HttpResponse<String> first = web.get(target);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    await()
        .until(
            () -> {
              HttpResponse<String> next = web.get(target, "If-None-Match", tag);
              assertThat(next.statusCode()).isIn(200, 304);
              assertThat(next.body().isEmpty()).isEqualTo(next.statusCode() == 304);
              return next.statusCode() == 200;
            });
    assertThat(web.get(target).statusCode()).isEqualTo(200);
  }

  @Test
  void pricesComeAsLinesWithHeartbeats() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(simulator.baseUrl() + STREAM + "?instruments=EUR_USD,XAU_USD"))
            .headers(TOKEN)
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<Stream<String>> answer =
          client.send(request, HttpResponse.BodyHandlers.ofLines());
      assertThat(answer.statusCode()).isEqualTo(200);
      List<JsonNode> lines = answer.body().limit(120).map(MAPPER::readTree).toList();
      assertThat(lines.get(0).get("instrument").asString()).isEqualTo("EUR_USD");
      assertThat(lines.get(1).get("instrument").asString()).isEqualTo("XAU_USD");
      assertThat(lines)
          .anySatisfy(line -> assertThat(line.get("type").asString()).isEqualTo("HEARTBEAT"));
      Listing euro = simulator.market().listing(Venue.OANDA, "EUR_USD");
      for (JsonNode line : lines) {
        if (line.path("instrument").asString("").equals("EUR_USD")) {
          long time = Instant.parse(line.get("time").asString()).toEpochMilli();
          OrderBook book = euro.books().at(time, 3);
          JsonNode bid = line.get("bids").get(0);
          assertThat(Ladder.units(bid.get("price"), 5)).isEqualTo(book.bids().price(0));
          assertThat(line.get("tradeable").asBoolean()).isTrue();
        }
      }
      client.shutdownNow();
    }
  }

  @Test
  void aStreamOfLinesIsCutWithinALine() throws IOException {
    simulator.chaos(Chaos.parse("cut@every5/oanda"));
    try (Socket socket = new Socket("127.0.0.1", simulator.port())) {
      socket.setSoTimeout(20_000);
      String head =
          "GET %s?instruments=EUR_USD HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\n\r\n";
      socket.getOutputStream().write(head.formatted(STREAM).getBytes(StandardCharsets.US_ASCII));
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(all).contains("Transfer-Encoding: chunked");
      assertThat(all.split("\"type\":\"PRICE\"", -1)).hasSize(6);
      assertThat(all).doesNotEndWith("0\r\n\r\n");
    }
    assertThat(simulator.stats().played("cut")).isEqualTo(1);
  }

  @Test
  void oandaWantsATokenAndKnownInstruments() {
    assertThat(web.get(STREAM + "?instruments=EUR_USD").statusCode()).isEqualTo(401);
    assertThat(web.get(STREAM + "?instruments=EUR_XXX", TOKEN).statusCode()).isEqualTo(400);
    assertThat(web.json("/v3/accounts", TOKEN).get("accounts")).hasSize(1);
    String account = STREAM.substring(0, STREAM.indexOf("/pricing"));
    assertThat(web.json(account + "/instruments", TOKEN).get("instruments")).hasSize(4);
    assertThat(web.json(account + "/pricing?instruments=EUR_USD", TOKEN).get("prices")).hasSize(1);
  }

  /** Who is called, and answers as told. */
  private static final class Called implements AutoCloseable {
    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final HttpServer server =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            WireLimits.DEFAULT,
            this::hear);

    private Response hear(Request request) {
      if (failures.getAndDecrement() > 0) {
        return Response.text(503, "text/plain", "later");
      }
      heard.add(MAPPER.readTree(request.text()));
      return Response.text(200, "text/plain", "ok");
    }

    URI url() {
      return URI.create("http://127.0.0.1:" + server.address().getPort() + "/hook");
    }

    List<String> times() {
      return heard.stream().map(alert -> alert.get("time").asString()).toList();
    }

    @Override
    public void close() {
      server.close();
    }
  }

  @Test
  void alertsTellEachCandleThatCloses() {
    try (Called called = new Called();
        AlertCaller caller = simulator.alerts(AlertOptions.of(called.url(), "BTCUSDT", "s"))) {
      await().until(() -> called.heard.size() >= 4);
      JsonNode alert = called.heard.getFirst();
      long open = Instant.parse(alert.get("time").asString()).toEpochMilli();
      Listing listing = simulator.market().listing(Venue.BINANCE_SPOT, "BTCUSDT");
      Bar bar = listing.bars().between(open, open + Grid.MINUTE, open + Grid.MINUTE);
      assertThat(alert.get("close").decimalValue())
          .isEqualByComparingTo(BigDecimal.valueOf(bar.close(), 2));
      assertThat(alert.get("volume").decimalValue())
          .isEqualByComparingTo(BigDecimal.valueOf(bar.volume(), 5));
      assertThat(alert.get("secret").asString()).isEqualTo("s");
      assertThat(called.times()).isSorted().doesNotHaveDuplicates();
      // Who is called knows of it before the caller knows that it was taken.
      await().until(() -> caller.accepted() >= 4);
    }
  }

  @Test
  void alertsAreRepeatedAndSwappedOnDemand() {
    simulator.chaos(Chaos.parse("repeat@every3/tradingview reorder@every4/tradingview"));
    try (Called called = new Called();
        AlertCaller _ = simulator.alerts(AlertOptions.of(called.url(), "BTCUSDT", "s"))) {
      await().until(() -> called.heard.size() >= 12);
      List<String> times = called.times();
      assertThat(new HashSet<>(times).size()).isLessThan(times.size());
      assertThat(times).isNotEqualTo(times.stream().sorted().toList());
      assertThat(simulator.stats().played("reorder")).isPositive();
    }
  }

  @Test
  void whoIsBusyIsCalledAgain() {
    try (Called called = new Called();
        AlertCaller caller =
            simulator.alerts(
                AlertOptions.of(called.url(), "BTCUSDT", "s").withAgain(Duration.ofMillis(5)))) {
      called.failures.set(3);
      await().until(() -> called.heard.size() >= 2);
      assertThat(called.times()).doesNotHaveDuplicates();
      assertThat(caller.calls()).isGreaterThanOrEqualTo(caller.accepted() + 3);
    }
  }

  @Test
  void alertsCanBeOrderedOverHttp() throws IOException {
    try (Called called = new Called()) {
      String target = "/_simulator/alerts?symbol=ETHUSDT&secret=x&url=" + called.url();
      assertThat(web.send("POST", target, "").statusCode()).isEqualTo(200);
      await().until(() -> !called.heard.isEmpty());
      assertThat(called.heard.getFirst().get("symbol").asString()).isEqualTo("ETHUSDT");
      assertThat(web.send("POST", "/_simulator/alerts?symbol=ETHUSDT", "").statusCode())
          .isEqualTo(400);
      assertThat(
              web.send("POST", "/_simulator/alerts?symbol=NOSUCH&url=" + called.url(), "")
                  .statusCode())
          .isEqualTo(400);
    }
  }
}
