package io.tradeflood.exchange.tradingview;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tradeflood.binding.Availability;
import io.tradeflood.exchange.Golden;
import io.tradeflood.exchange.Told;
import io.tradeflood.exchange.Wiring;
import io.tradeflood.model.BarQuery;
import io.tradeflood.model.Candle;
import io.tradeflood.model.ExchangeQuery;
import io.tradeflood.model.Interval;
import io.tradeflood.model.Symbol;
import io.tradeflood.net.callback.CallbackRules;
import io.tradeflood.net.callback.CallbackTransport;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Posts by HTTP, as TradingView posts, to what listens for them. */
class TradingviewCallbackTest {
  private static final Symbol BTC = Symbol.of("BTC/USDT");
  private static final Instant MINUTE = Instant.parse("2026-01-01T00:00:00Z");
  private static final String CANDLE = Golden.text("tradingview/callback/candle.json").strip();

  private final Wiring wiring = wiring(Map.of("secret", "s3cret", "senders", "any"));
  private final TradingviewCallback tradingview = wiring.connector(TradingviewCallback.class);
  private final HttpClient client = HttpClient.newHttpClient();

  private static Wiring wiring(Map<String, String> settings) {
    var all = new HashMap<>(settings);
    all.put("callback.listen", "127.0.0.1:0");
    return new Wiring(URI.create("http://127.0.0.1:1"), all);
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    wiring.close();
  }

  private Told<Candle> candles(Symbol symbol, Interval interval) throws Exception {
    return Told.of(
            wiring.begin(
                wiring
                    .binding(TradingviewCandles.class)
                    .plan(tradingview, new BarQuery(symbol, interval))))
        .connected();
  }

  private Told<Alert> alerts() throws Exception {
    return Told.of(
            wiring.begin(
                wiring.binding(TradingviewAlerts.class).plan(tradingview, new ExchangeQuery())))
        .connected();
  }

  private int post(Wiring to, String path, String body) throws Exception {
    int port = to.service(CallbackTransport.class).port().orElseThrow();
    return client
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private int post(String body) throws Exception {
    return post(wiring, "/v1/hooks/tradingview", body);
  }

  /** Posts are read in their order: once this one is told, all before it were. */
  private void postLast(Told<Alert> alerts) throws Exception {
    assertThat(post("{\"secret\":\"s3cret\",\"last\":true}")).isEqualTo(200);
    await()
        .atMost(20, SECONDS)
        .until(() -> alerts.rows().stream().anyMatch(alert -> alert.text().contains("last")));
  }

  @Test
  void anAlertOfTheRecommendedFormIsACandle() throws Exception {
    var told = candles(BTC, Interval.M1);
    var alerts = alerts();

    assertThat(post(CANDLE)).isEqualTo(200);
    postLast(alerts);

    assertThat(told.rows())
        .containsExactly(
            new Candle(
                Interval.M1,
                MINUTE,
                new BigDecimal("87648.21"),
                new BigDecimal("87700.00"),
                new BigDecimal("87600.10"),
                new BigDecimal("87690.00"),
                new BigDecimal("12.5"),
                Optional.empty(),
                OptionalLong.empty(),
                true,
                "callback"));
  }

  @Test
  void aCandleThatIsToldBeforeItsEndIsOpen() throws Exception {
    var told = candles(BTC, Interval.M1);
    var alerts = alerts();

    post(CANDLE.replace("00:01:00Z", "00:00:30Z"));
    postLast(alerts);

    assertThat(told.rows()).extracting(Candle::closed).containsExactly(false);
  }

  @Test
  void othersAlertsAreNoCandlesOfThis() throws Exception {
    var perpetual = candles(Symbol.of("BTC/USDT:USDT"), Interval.M1);
    var hours = candles(BTC, Interval.H1);
    var alerts = alerts();

    post(CANDLE);
    post(CANDLE.replace("BTCUSDT", "BTCUSDT.P"));
    postLast(alerts);

    assertThat(perpetual.rows()).hasSize(1);
    assertThat(hours.rows()).isEmpty();
    assertThat(alerts.rows()).hasSize(3);
  }

  @Test
  void anAlertWithoutAReadableTimeIsSaidToBeNoCandle() throws Exception {
    var told = candles(BTC, Interval.M1);
    var alerts = alerts();
    String broken = CANDLE.replace("2026-01-01T00:00:00Z", "yesterday");

    assertThat(post(broken)).isEqualTo(200);
    postLast(alerts);

    assertThat(told.rows()).isEmpty();
    assertThat(alerts.rows()).hasSize(2);
    assertThatThrownBy(() -> TradingviewAlert.readForBars(broken.getBytes(StandardCharsets.UTF_8)))
        .hasMessageStartingWith("the time of an alert of BTCUSDT is missing or not such as")
        .hasMessageNotContaining("s3cret");
    byte[] other = "{\"text\":\"BTC is up\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(TradingviewAlert.readForBars(other)).isEqualTo(TradingviewAlert.read(other));
  }

  @Test
  void whatIsPostedTwiceIsToldOnceAndAnsweredWell() throws Exception {
    var told = candles(BTC, Interval.M1);
    var alerts = alerts();

    assertThat(post(CANDLE)).isEqualTo(200);
    assertThat(post(CANDLE)).isEqualTo(200);
    assertThat(post(CANDLE.replace("00:00:00Z", "00:01:00Z"))).isEqualTo(200);
    postLast(alerts);

    assertThat(told.rows()).hasSize(2);
    assertThat(alerts.rows()).hasSize(3);
  }

  @Test
  void whoDoesNotKnowTheSecretIsKeptOut() throws Exception {
    var alerts = alerts();

    assertThat(post(CANDLE.replace("s3cret", "guess"))).isEqualTo(403);
    assertThat(post("BTC is up")).isEqualTo(403);
    assertThat(post("{\"secret\":\"s3cret\",\"text\":\"%s\"}".formatted("x".repeat(20_000))))
        .isEqualTo(413);
    postLast(alerts);

    assertThat(alerts.rows())
        .extracting(Alert::text)
        .containsExactly("{\"secret\":\"***\",\"last\":true}");
  }

  @Test
  void anyMessageIsAnAlertWhereTheSecretStandsBehindThePath() throws Exception {
    try (var other = wiring(Map.of("pathSecret", "hush", "senders", "127.0.0.1, 10.0.0.1"))) {
      var alerts =
          Told.of(
              other.begin(
                  other
                      .binding(TradingviewAlerts.class)
                      .plan(other.connector(TradingviewCallback.class), new ExchangeQuery())));

      assertThat(post(other, "/v1/hooks/tradingview", CANDLE)).isEqualTo(403);
      for (String text : List.of("BTC is \"up\"", "{\"close\":NaN}", CANDLE))
        assertThat(post(other, "/v1/hooks/tradingview/hush", text)).isEqualTo(200);
      await().atMost(20, SECONDS).until(() -> alerts.rows().size() == 3);

      assertThat(alerts.rows())
          .extracting(Alert::text)
          .containsExactly("BTC is \"up\"", "{\"close\":NaN}", CANDLE);
      assertThat(alerts.rows().getLast())
          .isEqualTo(
              new Alert(
                  Optional.of(MINUTE.plusSeconds(60)),
                  Optional.of("minutes"),
                  Optional.of("BINANCE"),
                  Optional.of("BTCUSDT"),
                  CANDLE));
    }
  }

  @Test
  void onlyTradingviewsAddressesMayPostUnlessOthersAreSet() throws Exception {
    try (var other = wiring(Map.of("secret", "s3cret"))) {
      var connector = other.connector(TradingviewCallback.class);
      other.begin(connector.alerts());

      assertThat(post(other, "/v1/hooks/tradingview", CANDLE)).isEqualTo(403);
      var rules = connector.callbackRules();
      assertThat(rules.senders()).containsExactlyInAnyOrderElementsOf(TradingviewCallback.SENDERS);
      assertThat(rules.bodySecret()).contains(new CallbackRules.BodySecret("secret", "secret"));
      assertThat(rules.pathSecret()).isEmpty();
    }
  }

  @Test
  void whatCannotBeHadIsSaidBefore() throws Exception {
    var candles = wiring.binding(TradingviewCandles.class);
    assertThat(candles.availability(tradingview, new BarQuery(BTC, Interval.H8), MINUTE))
        .isInstanceOf(Availability.Cannot.class);
    assertThat(candles.availability(tradingview, new BarQuery(BTC, Interval.H4), MINUTE))
        .isEqualTo(Availability.can());
    try (var open = wiring(Map.of())) {
      assertThat(
              open.binding(TradingviewAlerts.class)
                  .availability(
                      open.connector(TradingviewCallback.class), new ExchangeQuery(), MINUTE))
          .isInstanceOfSatisfying(
              Availability.Cannot.class,
              cannot -> assertThat(cannot.reason()).contains("pathSecret"));
    }
  }
}
