package io.tradeflood.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.simulator.limit.LimitOptions;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class LimitsTest {
  private static final Instant NOW = Instant.parse("2025-03-14T09:26:00Z");
  private static final String DEPTH = "/api/v3/depth?symbol=BTCUSDT&limit=5000";

  private final AtomicLong time = new AtomicLong(NOW.toEpochMilli());
  private Simulator simulator = start(LimitOptions.REAL.withPatience(3));
  private Browser web = new Browser(simulator.baseUrl());

  private Simulator start(LimitOptions limits) {
    InstantSource clock = () -> Instant.ofEpochMilli(time.get());
    return Simulator.start(
        SimulatorOptions.defaults().frozenAt(NOW).withLimitClock(clock).withLimits(limits));
  }

  private void restart(LimitOptions limits) {
    close();
    simulator = start(limits);
    web = new Browser(simulator.baseUrl());
  }

  @AfterEach
  void close() {
    web.close();
    simulator.close();
  }

  private static long used(HttpResponse<String> answer) {
    return answer.headers().firstValueAsLong("X-MBX-USED-WEIGHT-1M").orElse(-1);
  }

  private void pass(Duration duration) {
    time.addAndGet(duration.toMillis());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v3/ping | 1",
        "/api/v3/exchangeInfo | 20",
        "/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=1000 | 2",
        "/api/v3/trades?symbol=BTCUSDT | 25",
        "/api/v3/historicalTrades?symbol=BTCUSDT | 25",
        "/api/v3/aggTrades?symbol=BTCUSDT | 4",
        "/api/v3/depth?symbol=BTCUSDT | 5",
        "/api/v3/depth?symbol=BTCUSDT&limit=101 | 25",
        "/api/v3/depth?symbol=BTCUSDT&limit=1000 | 50",
        "/api/v3/depth?symbol=BTCUSDT&limit=5000 | 250",
        "/api/v3/ticker/24hr?symbol=BTCUSDT | 2",
        "/api/v3/ticker/24hr?symbols=%5B%22BTCUSDT%22,%22ETHUSDT%22%5D | 2",
        "/api/v3/ticker/24hr | 80",
        "/api/v3/ticker/price?symbol=BTCUSDT | 2",
        "/api/v3/ticker/price | 4",
        "/api/v3/ticker?symbols=%5B%22BTCUSDT%22,%22ETHUSDT%22%5D | 8",
        "/api/v3/klines?symbol=NOPE&interval=1m | 2",
        "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=99 | 1",
        "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=100 | 2",
        "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=499 | 2",
        "/fapi/v1/klines?symbol=BTCUSDT&interval=1m | 5",
        "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=1000 | 5",
        "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=1500 | 10",
        "/fapi/v1/depth?symbol=BTCUSDT&limit=50 | 2",
        "/fapi/v1/depth?symbol=BTCUSDT | 10",
        "/fapi/v1/depth?symbol=BTCUSDT&limit=1000 | 20",
        "/fapi/v1/aggTrades?symbol=BTCUSDT | 20",
        "/fapi/v1/premiumIndex | 10",
        "/fapi/v1/ticker/24hr | 40",
        "/fapi/v1/fundingRate?symbol=BTCUSDT | 0"
      })
  void everyRequestWeighsWhatTheExchangeSays(String target, int weight) {
    assertThat(used(web.get(target))).isEqualTo(weight);
  }

  @Test
  void beyondTheWeightOfAMinuteComes429AndThenAFreshMinute() {
    for (int i = 1; i <= 24; i++) {
      HttpResponse<String> answer = web.get(DEPTH);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(used(answer)).isEqualTo(i * 250L);
    }
    pass(Duration.ofSeconds(20));
    HttpResponse<String> refused = web.get("/api/v3/ping");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("40");
    assertThat(refused.body()).contains("-1003");
    assertThat(web.get("/fapi/v1/ping").statusCode()).isEqualTo(200);
    pass(Duration.ofSeconds(40));
    assertThat(used(web.get("/api/v3/ping"))).isEqualTo(1);
    assertThat(simulator.stats().status(429)).isEqualTo(1);
  }

  @Test
  void whoGoesOnAfter429IsBannedForLongerEachTime() {
    restart(LimitOptions.REAL.scaled(0.001).withPatience(3));
    for (int minutes : new int[] {2, 4, 8}) {
      for (int i = 0; i < 6; i++) {
        assertThat(web.get("/api/v3/ping").statusCode()).isEqualTo(200);
      }
      for (int i = 0; i < 3; i++) {
        assertThat(web.get("/api/v3/ping").statusCode()).isEqualTo(429);
      }
      HttpResponse<String> banned = web.get("/api/v3/ping");
      assertThat(banned.statusCode()).isEqualTo(418);
      assertThat(banned.headers().firstValue("Retry-After"))
          .hasValue(Integer.toString(minutes * 60));
      pass(Duration.ofMinutes(minutes).minusSeconds(1));
      assertThat(web.get("/api/v3/ping").statusCode()).isEqualTo(418);
      pass(Duration.ofMinutes(1));
    }
  }

  @Test
  void everyAddressHasItsOwnLimit() {
    restart(LimitOptions.REAL.scaled(0.001).withPatience(3));
    for (int i = 0; i < 7; i++) {
      web.get("/api/v3/ping");
    }
    assertThat(web.get("/api/v3/ping").statusCode()).isEqualTo(429);
    assertThat(web.get("/api/v3/ping", Simulator.CLIENT_HEADER, "somebody else").statusCode())
        .isEqualTo(200);
  }

  @Test
  void fundingHasALimitOfItsOwn() {
    restart(LimitOptions.REAL.scaled(0.01));
    for (int i = 0; i < 5; i++) {
      assertThat(web.get("/fapi/v1/fundingInfo").statusCode()).isEqualTo(200);
    }
    assertThat(web.get("/fapi/v1/fundingRate?symbol=BTCUSDT").statusCode()).isEqualTo(429);
    assertThat(web.get("/fapi/v1/ping").statusCode()).isEqualTo(200);
  }

  @Test
  void bitgetLimitsEachEndpointBySecond() {
    String fills = "/api/v2/spot/market/fills?symbol=BTCUSDT&limit=1";
    for (int i = 1; i <= 10; i++) {
      HttpResponse<String> answer = web.get(fills);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("x-mbx-used-remain-limit"))
          .hasValue(Integer.toString(10 - i));
    }
    assertThat(web.error(fills)).isEqualTo("429 429");
    assertThat(web.get("/api/v2/spot/market/tickers?symbol=BTCUSDT").statusCode()).isEqualTo(200);
    pass(Duration.ofSeconds(1));
    assertThat(web.get(fills).statusCode()).isEqualTo(200);
  }

  @Test
  void bitgetTakesFiveMinutesToForgiveTooManyRequestsInAMinute() {
    restart(LimitOptions.REAL.scaled(0.001));
    for (int i = 0; i < 6; i++) {
      assertThat(web.get("/api/v2/public/time").statusCode()).isEqualTo(200);
      pass(Duration.ofSeconds(1));
    }
    assertThat(web.get("/api/v2/public/time").statusCode()).isEqualTo(429);
    pass(Duration.ofMinutes(4));
    assertThat(web.get("/api/v2/public/time").statusCode()).isEqualTo(429);
    pass(Duration.ofMinutes(1));
    assertThat(web.get("/api/v2/public/time").statusCode()).isEqualTo(200);
  }

  @Test
  void switchedOffLimitsAreStillCounted() {
    restart(LimitOptions.OFF);
    for (int i = 0; i < 30; i++) {
      assertThat(web.get(DEPTH).statusCode()).isEqualTo(200);
    }
    assertThat(simulator.stats().used("binance spot weight")).isEqualTo(30 * 250);
    assertThat(web.get("/api/v2/public/time").statusCode()).isEqualTo(200);
  }

  @Test
  void theLimitsAreTheOnesTold() {
    restart(LimitOptions.REAL.scaled(0.5));
    assertThat(web.json("/api/v3/exchangeInfo").get("rateLimits").get(0).get("limit").asInt())
        .isEqualTo(3000);
    assertThat(web.json("/fapi/v1/exchangeInfo").get("rateLimits").get(0).get("limit").asInt())
        .isEqualTo(1200);
  }

  @Test
  void headersAreMissingWhereTheExchangeForgetsThem() {
    assertThat(used(web.get("/fapi/v1/ticker/bookTicker?symbol=BTCUSDT"))).isEqualTo(-1);
    assertThat(used(web.get("/fapi/v2/ticker/price?symbol=BTCUSDT"))).isEqualTo(-1);
  }

  /** Says it, and that it is alive, by which more than a second passes. */
  private JsonNode say(Listener listener, String text) {
    pass(Duration.ofMillis(1_100));
    listener.say("ping");
    assertThat(listener.text()).isEqualTo("pong");
    listener.say(text);
    return listener.json();
  }

  @Test
  void subscriptionsOfBitgetAreCountedForAnHour() {
    restart(LimitOptions.REAL.scaled(0.2));
    String ask =
        "{\"op\":\"%s\",\"args\":[{\"instType\":\"SPOT\",\"channel\":\"none\",\"instId\":\"BTCUSDT\"}]}";
    try (Listener listener = new Listener(simulator.streamUrl(), "/v2/ws/public")) {
      for (int i = 0; i < 48; i++) {
        assertThat(say(listener, ask.formatted("subscribe")).get("code").asInt()).isEqualTo(30001);
      }
      assertThat(say(listener, ask.formatted("unsubscribe")).has("code")).isFalse();
      for (int i = 0; i < 60; i++) {
        pass(Duration.ofMinutes(1));
        listener.say("ping");
        assertThat(listener.text()).isEqualTo("pong");
      }
      for (int i = 0; i < 48; i++) {
        assertThat(say(listener, ask.formatted("subscribe")).get("code").asInt()).isEqualTo(30001);
      }
      assertThat(say(listener, ask.formatted("subscribe")).get("code").asInt()).isEqualTo(30007);
      assertThat(listener.awaitEnd()).isEqualTo(1008);
    }
  }
}
