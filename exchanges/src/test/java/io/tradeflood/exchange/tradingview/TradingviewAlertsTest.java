package io.tradeflood.exchange.tradingview;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradeflood.Request;
import io.tradeflood.TradeFlood;
import io.tradeflood.exchange.Told;
import io.tradeflood.live.FeedState;
import io.tradeflood.model.BarQuery;
import io.tradeflood.model.Candle;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.ExchangeQuery;
import io.tradeflood.model.Interval;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.TimeRange;
import io.tradeflood.net.callback.CallbackTransport;
import io.tradeflood.simulator.Chaos;
import io.tradeflood.simulator.Simulator;
import io.tradeflood.simulator.SimulatorOptions;
import io.tradeflood.simulator.callback.AlertOptions;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The simulator's caller posts alerts, some twice, some too late, to what users watch. */
@Timeout(120)
class TradingviewAlertsTest {
  private static final Symbol BTC = Symbol.of("BTC/USDT");
  private static final Request<Candle> CANDLES =
      Request.of("tradingview", Candle.class, new BarQuery(BTC, Interval.M1));
  private static final Request<Alert> ALERTS =
      Request.of("tradingview", Alert.class, new ExchangeQuery());
  private static final int ALERTED = 30;

  /** Twenty candles a second, so that one that is overtaken is not late by as much as is a gap. */
  private final SimulatorOptions options =
      SimulatorOptions.defaults()
          .startingAt(Instant.parse("2025-03-14T09:00:00Z"))
          .withSpeed(1200)
          .withChaos(Chaos.parse("repeat@0.3/tradingview reorder@0.2/tradingview").withSeed(5));

  /** What an alert says of a candle, however many zeros are written. */
  private static List<Object> values(Candle candle) {
    return Stream.of(candle.open(), candle.high(), candle.low(), candle.close(), candle.volume())
        .<Object>map(BigDecimal::stripTrailingZeros)
        .collect(() -> new ArrayList<Object>(List.of(candle.time())), List::add, List::addAll);
  }

  @Test
  void eachCandleIsToldOnceAndInOrder() throws Exception {
    var builder =
        TradeFlood.builder()
            .setting("", "callback.listen", "127.0.0.1:0")
            .setting("tradingview", "secret", "hush")
            .setting("tradingview", "senders", "127.0.0.1");
    try (var simulator = Simulator.start(options)) {
      simulator.hosts().forEach(builder::host);
      try (var flood = builder.build();
          var watch = flood.watch(List.of(CANDLES, ALERTS))) {
        var alerts = Told.of(watch.feed(ALERTS));
        var candles = Told.of(watch.feed(CANDLES));
        await().atMost(20, SECONDS).until(() -> alerts.states().contains(new FeedState.Synced()));

        int port = flood.service(CallbackTransport.class).port().orElseThrow();
        long calls;
        try (var caller =
            simulator.alerts(
                AlertOptions.of(
                    URI.create("http://127.0.0.1:%d/v1/hooks/tradingview".formatted(port)),
                    "BTCUSDT",
                    "hush"))) {
          await().atMost(60, SECONDS).until(() -> candles.rows().size() >= ALERTED);
          calls = caller.calls();
          assertThat(caller.accepted()).isGreaterThanOrEqualTo(ALERTED);
        }

        var told = List.copyOf(candles.rows());
        assertThat(calls).as("some are posted again").isGreaterThan(told.size());
        var fired = alerts.rows().stream().flatMap(alert -> alert.time().stream()).toList();
        assertThat(fired).as("some overtake others").isNotEqualTo(fired.stream().sorted().toList());
        assertThat(alerts.rows()).doesNotHaveDuplicates();
        assertThat(candles.states()).noneMatch(FeedState.Gap.class::isInstance);
        var range = new TimeRange(told.getFirst().time(), Interval.M1.next(told.getLast().time()));
        var truth =
            flood.pull(
                Request.of("binance", Candle.class, new CandleQuery(BTC, Interval.M1, range)));
        assertThat(told)
            .extracting(TradingviewAlertsTest::values)
            .containsExactlyElementsOf(
                truth.rows().stream().map(TradingviewAlertsTest::values).toList());
        assertThat(told).allMatch(Candle::closed);
      }
    }
  }
}
