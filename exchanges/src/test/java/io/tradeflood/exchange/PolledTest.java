package io.tradeflood.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.Request;
import io.tradeflood.TradeFlood;
import io.tradeflood.exchange.binance.BinanceCoinMarkPrice;
import io.tradeflood.exchange.binance.BinanceFuturesOpenInterest;
import io.tradeflood.index.BindingEntry;
import io.tradeflood.live.Event;
import io.tradeflood.live.FeedReader;
import io.tradeflood.live.FeedState;
import io.tradeflood.live.Pace;
import io.tradeflood.model.MarkPrice;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.OpenInterest;
import io.tradeflood.model.Symbol;
import io.tradeflood.simulator.Chaos;
import io.tradeflood.simulator.Simulator;
import io.tradeflood.simulator.SimulatorOptions;
import io.tradeflood.turn.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What no stream tells is asked for again and again, of an exchange where a minute is short. */
@Timeout(120)
class PolledTest {
  private static final String PATH = "/fapi/v1/openInterest";
  private static final Instant START = Instant.parse("2026-03-10T12:00:00Z");
  private static final Request<OpenInterest> BITCOIN = openInterest("BTC/USDT:USDT");

  /** As it is built in, but in a hurry. */
  interface Hasty extends BinanceFuturesOpenInterest {
    @Override
    default Pace pace() {
      return Pace.between(Duration.ofMillis(10), Duration.ofMillis(80));
    }
  }

  /** As it is built in, but in a hurry. */
  interface HastyMark extends BinanceCoinMarkPrice {
    @Override
    default Pace pace() {
      return Pace.between(Duration.ofMillis(200), Duration.ofSeconds(2));
    }
  }

  private final Simulator simulator =
      Simulator.start(SimulatorOptions.defaults().startingAt(START).withSpeed(120));

  @TempDir Path folder;

  @AfterEach
  void close() {
    simulator.close();
  }

  private TradeFlood flood(Map<String, String> settings) {
    var builder = TradeFlood.builder().use(Hasty.class, HastyMark.class);
    simulator.hosts().forEach(builder::host);
    settings.forEach((name, value) -> builder.setting("", name, value));
    return builder.build();
  }

  private static Request<OpenInterest> openInterest(String symbol) {
    return Request.of("binance", OpenInterest.class, new NowQuery(Symbol.of(symbol)));
  }

  /** So many rows, and what else is told before. */
  private static List<OpenInterest> rows(
      FeedReader<OpenInterest> reader, int count, List<FeedState> states) {
    var rows = new ArrayList<OpenInterest>();
    while (rows.size() < count && reader.hasNext())
      switch (reader.next()) {
        case Event.Data<OpenInterest> data -> rows.add(data.row());
        case Event.Status<OpenInterest> status -> states.add(status.state());
      }
    assertThat(reader.failure()).isEmpty();
    return rows;
  }

  private static void assertEachMinuteOnce(List<OpenInterest> rows) {
    for (int i = 0; i < rows.size(); i++) {
      var row = rows.get(i);
      assertThat(row.time()).isEqualTo(row.time().truncatedTo(ChronoUnit.MINUTES));
      assertThat(row.size()).isPositive();
      if (i > 0) assertThat(row.time()).isAfter(rows.get(i - 1).time());
    }
  }

  @Test
  void eachValueIsToldOnceHoweverOftenItIsAskedFor() {
    var states = new ArrayList<FeedState>();
    try (var flood = flood(Map.of());
        var watch = flood.watch(List.of(BITCOIN))) {
      var rows = rows(watch.feed(BITCOIN).read(), 4, states);
      assertEachMinuteOnce(rows);
      assertThat(rows).extracting(OpenInterest::size).doesNotHaveDuplicates();
    }
    assertThat(states).contains(new FeedState.Synced());
    assertThat(simulator.stats().requests(PATH)).isGreaterThan(6);
    assertThat(simulator.stats().status(429)).isZero();
  }

  @Test
  void anUnknownSymbolEndsItsOwnFeedWithTheExchangesCode() {
    var unknown = openInterest("NO/USDT:USDT");
    try (var flood = flood(Map.of());
        var watch = flood.watch(List.of(unknown, BITCOIN))) {
      var reader = watch.feed(unknown).read();
      while (reader.hasNext()) assertThat(reader.next()).isInstanceOf(Event.Status.class);
      assertThat(reader.failure())
          .get()
          .isInstanceOfSatisfying(
              Failure.Refused.class,
              refused -> {
                assertThat(refused.code()).isEqualTo("-1121");
                assertThat(refused.reason())
                    .startsWith("binance knows no NO/USDT:USDT")
                    .contains("Invalid symbol.");
              });
      assertThat(rows(watch.feed(BITCOIN).read(), 2, new ArrayList<>())).hasSize(2);
    }
  }

  @Test
  void aPauseThatTheExchangeWantsIsKept() {
    simulator.chaos(Chaos.parse("error=429@every4" + PATH));
    var states = new ArrayList<FeedState>();
    try (var flood = flood(Map.of());
        var watch = flood.watch(List.of(BITCOIN))) {
      assertEachMinuteOnce(rows(watch.feed(BITCOIN).read(), 4, states));
    }
    assertThat(simulator.stats().played("error")).isPositive();
    assertThat(simulator.stats().status(418)).isZero();
    assertThat(states).doesNotHaveAnyElementsOfTypes(FeedState.Desynced.class);
  }

  @Test
  void aFaultIsToldAndPasses() {
    simulator.chaos(Chaos.parse("error=503@every3" + PATH));
    var states = new ArrayList<FeedState>();
    try (var flood = flood(Map.of("net.tries", "1"));
        var watch = flood.watch(List.of(BITCOIN))) {
      assertEachMinuteOnce(rows(watch.feed(BITCOIN).read(), 5, states));
    }
    assertThat(states)
        .hasAtLeastOneElementOfType(FeedState.Desynced.class)
        .last()
        .isEqualTo(new FeedState.Synced());
  }

  @Test
  void manySymbolsAreAskedForByOneCall() {
    var requests =
        Stream.of("BTC/USD:BTC", "ETH/USD:ETH")
            .map(name -> Request.of("binance", MarkPrice.class, new NowQuery(Symbol.of(name))))
            .toList();
    try (var flood = flood(Map.of());
        var watch = flood.watch(requests)) {
      for (var request : requests) {
        var reader = watch.feed(request).read();
        for (int rows = 0; rows < 4; ) if (reader.next() instanceof Event.Data<?>) rows++;
      }
    }
    // One by one it would be four for each of both.
    assertThat(simulator.stats().requests("/dapi/v1/premiumIndex")).isBetween(4L, 7L);
  }

  /** Whatever the index says is polled is told at once, of each market that it can tell of. */
  @TestFactory
  Stream<DynamicTest> allThatIsPolledIsTold() {
    var flood = flood(Map.of());
    return flood.index().bindings().stream()
        .filter(BindingEntry::isPolled)
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.type().getSimpleName(),
                    () -> {
                      var symbol =
                          entry.connector().equals("coin-rest") ? "BTC/USD:BTC" : "BTC/USDT:USDT";
                      var request =
                          Request.of(
                              entry.exchange(), entry.modelType(), new NowQuery(Symbol.of(symbol)));
                      assertThat(flood.planWatch(List.of(request)).explain().toString())
                          .contains("by " + entry.type().getSimpleName() + " on ");
                      try (var watch = flood.watch(List.of(request));
                          var reader = watch.feed(request).read()) {
                        Event<?> event = reader.next();
                        while (event instanceof Event.Status<?>) event = reader.next();
                        assertThat(((Event.Data<?>) event).row()).isInstanceOf(entry.modelType());
                      }
                    }))
        .onClose(flood::close);
  }

  @Test
  void whatIsPlannedTellsTheLimitThatIsSharedWithAllOtherRequests() {
    try (var flood = flood(Map.of())) {
      var plan = flood.planWatch(List.of(BITCOIN)).explain();
      assertThat(plan.toString())
          .contains("by Hasty on binance.futures-rest", "GET ", PATH + "?symbol=BTCUSDT")
          .contains("binance.openInterest, direct, 1 of binance.futures-rest weight")
          .contains("asked for every 0.01 s while it changes");
    }
    assertThat(simulator.stats().requests()).isZero();
  }

  @Test
  void aTapeTellsTheSameAndEnds() {
    String tape = folder.resolve("polled.tape").toString();
    List<OpenInterest> recorded;
    try (var flood = flood(Map.of("tape.record", tape));
        var watch = flood.watch(List.of(BITCOIN))) {
      recorded = rows(watch.feed(BITCOIN).read(), 3, new ArrayList<>());
    }
    long asked = simulator.stats().requests();
    try (var flood = flood(Map.of("tape.replay", tape, "tape.speed", "max"));
        var watch = flood.watch(List.of(BITCOIN))) {
      var played = rows(watch.feed(BITCOIN).read(), Integer.MAX_VALUE, new ArrayList<>());
      assertThat(played).startsWith(recorded.toArray(OpenInterest[]::new));
    }
    assertThat(simulator.stats().requests()).isEqualTo(asked);
  }
}
