package io.tradeflood;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.acme.AcmeCandles;
import io.tradeflood.acme.AcmeFills;
import io.tradeflood.acme.AcmeInstruments;
import io.tradeflood.acme.AcmeServer;
import io.tradeflood.acme.AcmeTickers;
import io.tradeflood.acme.AcmeTrades;
import io.tradeflood.acme.Fill;
import io.tradeflood.model.Candle;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.CatalogQuery;
import io.tradeflood.model.IndexPrice;
import io.tradeflood.model.Instrument;
import io.tradeflood.model.Interval;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.Row;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Trade;
import io.tradeflood.model.Window;
import io.tradeflood.turn.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FacadeTest {
  private static final Instant NOW = Instant.parse("2025-06-01T12:00:30Z");
  private static final Symbol BTC = Symbol.of("BTC/USDT");

  private final AcmeServer acme = new AcmeServer(NOW);
  private final TradeFlood flood = builder().build();

  private TradeFlood.Builder builder() {
    return new FloodBuilder(false)
        .add(
            AcmeCandles.class,
            AcmeTrades.class,
            AcmeFills.class,
            AcmeTickers.class,
            AcmeInstruments.class)
        .clock(() -> NOW)
        .setting("acme.rest", "server", acme.name());
  }

  @AfterEach
  void close() {
    flood.close();
    acme.close();
  }

  private static Request<Candle> candles(String range) {
    return Request.of(
        "acme", Candle.class, new CandleQuery(BTC, Interval.M1, TimeRange.parse(range)));
  }

  private static <M extends Row> Request<M> series(Class<M> model, Window window) {
    return Request.of("acme", model, new SeriesQuery(BTC, window));
  }

  private static List<String> ids(Answer<? extends Row> answer) {
    return answer.rows().stream().map(Row::id).toList();
  }

  private static List<String> numbers(long from, long until) {
    return LongStream.range(from, until).mapToObj(String::valueOf).toList();
  }

  private static Instant trade(long number) {
    return AcmeServer.FIRST_TRADE.plusSeconds(number);
  }

  @Test
  void aRangeOfCandlesIsWholeAscendingAndUnique() {
    var answer = flood.pull(candles("2025-01-01/2025-01-02"));
    assertThat(answer.failure()).isEmpty();
    assertThat(answer.rows()).hasSize(1_440);
    assertThat(answer.rows()).extracting(Candle::time).isSorted().doesNotHaveDuplicates();
    assertThat(answer.isWhole()).isTrue();
    assertThat(answer.coverage())
        .containsExactly(
            new Coverage(TimeRange.parse("2025-01-01/2025-01-02"), Coverage.State.HELD, ""));
    assertThat(acme.calls("candles")).hasSize(15);
  }

  @Test
  void requestsOfOneSeriesShareTheirPages() {
    var requests =
        List.of(
            candles("2025-01-01/2025-01-02"),
            candles("2025-01-01T12:00/2025-01-02T12:00"),
            candles("2025-01-01T06:00/2025-01-01T07:00"));
    var answers = flood.pull(requests);
    assertThat(answers).extracting(a -> a.rows().size()).containsExactly(1_440, 1_440, 60);
    assertThat(acme.calls("candles")).hasSizeLessThanOrEqualTo(22);
  }

  @Test
  void theOpenBarIsMarkedByTheExchangesClock() {
    acme.time(Instant.parse("2025-06-01T12:01:10Z"));
    var request =
        Request.of("acme", Candle.class, new CandleQuery(BTC, Interval.M1, Window.latest(3)));
    var answer = flood.pull(request);
    assertThat(answer.rows())
        .extracting(Candle::time)
        .containsExactly(
            Instant.parse("2025-06-01T11:58:00Z"),
            Instant.parse("2025-06-01T11:59:00Z"),
            Instant.parse("2025-06-01T12:00:00Z"));
    assertThat(answer.rows()).allMatch(Candle::closed);
    assertThat(acme.calls()).first().isEqualTo("time ");
  }

  @Test
  void aBarThatHasNotEndedIsOpenAndUnsettled() {
    var request =
        Request.of("acme", Candle.class, new CandleQuery(BTC, Interval.M1, Window.latest(2)));
    var answer = flood.pull(request);
    assertThat(answer.rows()).extracting(Candle::closed).containsExactly(true, false);
    assertThat(answer.coverage())
        .extracting(Coverage::state)
        .containsExactly(Coverage.State.HELD, Coverage.State.UNSETTLED);
  }

  @Test
  void aMinuteWithoutTradesIsEmptyNotMissing() {
    acme.empty(time -> time.equals(Instant.parse("2025-01-01T00:05:00Z")));
    var answer = flood.pull(candles("2025-01-01T00:00/2025-01-01T00:10"));
    assertThat(answer.rows()).hasSize(9);
    assertThat(answer.coverage())
        .extracting(Coverage::state)
        .containsExactly(Coverage.State.HELD, Coverage.State.EMPTY, Coverage.State.HELD);
    assertThat(answer.isWhole()).isTrue();
  }

  @Test
  void aPageThatFailsLeavesTheOthers() {
    acme.refuses(call -> call.contains("..2025-01-01T03:"));
    var answer = flood.pull(candles("2025-01-01/2025-01-02"));
    assertThat(answer.failure()).get().isInstanceOf(Failure.Refused.class);
    assertThat(answer.rows()).hasSizeBetween(1_100, 1_430);
    assertThat(answer.coverage())
        .extracting(Coverage::state)
        .containsExactly(Coverage.State.HELD, Coverage.State.FAILED, Coverage.State.HELD);
    assertThat(answer.isWhole()).isFalse();
  }

  @Test
  void whenEverythingFailsTheRestIsGivenUp() {
    acme.refuses(call -> call.startsWith("candles"));
    var answer = flood.pull(candles("2025-01-01/2025-03-01"));
    assertThat(answer.rows()).isEmpty();
    assertThat(answer.coverage())
        .extracting(Coverage::range, Coverage::state)
        .last()
        .satisfies(
            last ->
                assertThat(((TimeRange) last.toList().getFirst()).end())
                    .isEqualTo(Instant.parse("2025-03-01T00:00:00Z")));
    assertThat(answer.coverage())
        .allSatisfy(c -> assertThat(c.state()).isEqualTo(Coverage.State.FAILED));
  }

  @Test
  void whatIsNoLongerKeptIsToldAndTheRestGiven() {
    var answer = flood.pull(candles("2024-04-26T23:00/2024-04-27T13:00"));
    assertThat(answer.failure()).isEmpty();
    assertThat(answer.rows()).hasSize(59);
    assertThat(answer.isWhole()).isFalse();
    assertThat(answer.coverage().getFirst().state()).isEqualTo(Coverage.State.BEYOND_RETENTION);
    assertThat(answer.coverage().getFirst().reason()).contains("400 days");
  }

  @Test
  void whatCannotBeHadIsRefusedBeforeAnythingIsAsked() {
    assertThat(refusal(candles("2020-01-01/2020-02-01"))).contains("is kept for 400 days only");
    assertThat(refusal(candles("2026-01-01/2026-02-01")))
        .isEqualTo(
            "The range starts at 2026-01-01T00:00:00Z, which is in the future: ask for an earlier"
                + " one");
    assertThat(refusal(candles("2025-01-01T00:00:10Z/2025-01-01T00:00:50Z")))
        .startsWith("No 1m bar starts between 2025-01-01T00:00:10Z and 2025-01-01T00:00:50Z");
    assertThat(
            refusal(
                Request.of(
                    "acme",
                    Candle.class,
                    new CandleQuery(BTC, Interval.S1, TimeRange.parse("2025-01-01/P1D")))))
        .isEqualTo("acme has no candles of 1s: ask for 1m");
    assertThat(
            refusal(Request.of("acme", IndexPrice.class, new NowQuery(Symbol.of("BTC/USDT:USDT")))))
        .isEqualTo("acme.rest does not trade BTC/USDT:USDT");
    assertThat(refusal(Request.of("acne", Candle.class, new NowQuery(BTC))))
        .isEqualTo("Unknown exchange acne: did you mean acme? Known: acme");
    assertThat(refusal(Request.of("acme", Candle.class, new NowQuery(BTC))))
        .isEqualTo("Model candle of acme is asked for with CandleQuery, not with NowQuery");
    assertThat(acme.calls()).isEmpty();
  }

  private String refusal(Request<?> request) {
    var answer = flood.pull(request);
    assertThat(answer.failure()).get().isInstanceOf(Failure.Unsupported.class);
    return answer.failure().orElseThrow().getMessage();
  }

  @Test
  void oneImpossibleRequestDoesNotTouchTheOthers() {
    var answers =
        flood.pull(List.of(candles("2020-01-01/2020-02-01"), candles("2025-01-01/2025-01-02")));
    assertThat(answers.getFirst().failure()).isPresent();
    assertThat(answers.getLast().rows()).hasSize(1_440);
  }

  @Test
  void numberedRowsAreLocatedThenHadInPages() {
    var answer =
        flood.pull(series(Trade.class, Window.of(new TimeRange(trade(150), trade(1_250)))));
    assertThat(answer.failure()).isEmpty();
    assertThat(ids(answer)).isEqualTo(numbers(150, 1_250));
    assertThat(acme.calls("trades")).hasSizeLessThanOrEqualTo(12);
    assertThat(answer.coverage())
        .containsExactly(
            new Coverage(new TimeRange(trade(150), trade(1_250)), Coverage.State.HELD, ""));
  }

  @Test
  void aFewNumberedRowsTakeTwoCalls() {
    var answer = flood.pull(series(Trade.class, Window.of(new TimeRange(trade(150), trade(200)))));
    assertThat(ids(answer)).isEqualTo(numbers(150, 200));
    assertThat(acme.calls()).hasSize(2);
  }

  @Test
  void theNewestNumberedRowsAreFetchedBackwards() {
    var answer = flood.pull(series(Trade.class, Window.latest(230)));
    assertThat(ids(answer)).isEqualTo(numbers(9_770, 10_000));
  }

  @Test
  void theNewestNumberedRowsBeforeAMomentAreGiven() {
    var window = new Window(Optional.empty(), Optional.of(trade(500)), OptionalInt.of(150));
    assertThat(ids(flood.pull(series(Trade.class, window)))).isEqualTo(numbers(350, 500));
  }

  @Test
  void fromAndALimitGiveTheOldestNumberedRows() {
    var window = Window.since(trade(100)).limit(250);
    assertThat(ids(flood.pull(series(Trade.class, window)))).isEqualTo(numbers(100, 350));
    assertThat(acme.calls("at")).hasSize(1);
  }

  @Test
  void numberedRowsUpToNowEndWithTheNewest() {
    var answer = flood.pull(series(Trade.class, Window.since(trade(9_700))));
    assertThat(ids(answer)).isEqualTo(numbers(9_700, 10_000));
  }

  @Test
  void aCursorIsWalkedForEachSpanAndRepeatedRowsAreDropped() {
    var answer = flood.pull(series(Fill.class, Window.of(new TimeRange(trade(100), trade(2_000)))));
    assertThat(answer.failure()).isEmpty();
    assertThat(ids(answer)).isEqualTo(numbers(100, 2_000));
    assertThat(answer.coverage())
        .containsExactly(
            new Coverage(new TimeRange(trade(100), trade(2_000)), Coverage.State.HELD, ""));
  }

  @Test
  void theNewestRowsOfACursorTakeNoMoreStepsThanTheyNeed() {
    var window = new Window(Optional.empty(), Optional.of(trade(5_000)), OptionalInt.of(60));
    assertThat(ids(flood.pull(series(Fill.class, window)))).isEqualTo(numbers(4_940, 5_000));
    assertThat(acme.calls("fills")).hasSize(2);
  }

  @Test
  void fromAndALimitGiveTheOldestRowsOfACursor() {
    var window = new Window(Optional.of(trade(100)), Optional.of(trade(5_000)), OptionalInt.of(60));
    assertThat(ids(flood.pull(series(Fill.class, window)))).isEqualTo(numbers(100, 160));
  }

  @Test
  void aStepThatFailsKeepsWhatCameBefore() {
    acme.refuses(call -> call.contains("before 1922"));
    var answer =
        flood.pull(series(Fill.class, Window.of(new TimeRange(trade(1_800), trade(2_000)))));
    assertThat(answer.failure()).isPresent();
    assertThat(ids(answer)).isEqualTo(numbers(1_921, 2_000));
  }

  @Test
  void aPresentValueIsOneRow() {
    var answer = flood.pull(Request.of("acme", IndexPrice.class, new NowQuery(BTC)));
    assertThat(answer.orThrow())
        .singleElement()
        .satisfies(p -> assertThat(p.price()).isEqualTo("100.5"));
    assertThat(answer.coverage()).isEmpty();
  }

  @Test
  void aListIsFilteredBySymbolsNamesAndGlobs() {
    var query = new CatalogQuery(List.of("BTC/USDT", "ETHBTC"));
    var answer = flood.pull(Request.of("acme", Instrument.class, query));
    assertThat(answer.rows())
        .extracting(i -> i.symbol().toString())
        .containsExactly("BTC/USDT", "ETH/BTC");
  }

  @Test
  void rowsStreamInOrderWhileLaterPagesAreStillOut() {
    acme.holds(call -> call.startsWith("candles") && call.contains("2025-01-01T2"));
    var request = candles("2025-01-01/2025-01-02");
    try (var run = flood.plan(List.of(request)).run();
        var rows = run.rows(request)) {
      var early = new ArrayList<Candle>();
      for (int i = 0; i < 300; i++) early.add(rows.next());
      assertThat(early).extracting(Candle::time).isSorted();
      acme.release();
      int rest = 0;
      for (; rows.hasNext(); rest++) rows.next();
      assertThat(rest).isEqualTo(1_140);
      assertThat(run.progress().rows()).isEqualTo(1_440);
      assertThat(run.progress().requestsDone()).isEqualTo(1);
    }
  }

  @Test
  void aCancelledRunEndsEveryRequest() {
    acme.holds(call -> call.startsWith("candles"));
    var request = candles("2025-01-01/2025-01-02");
    try (var run = flood.plan(List.of(request)).run()) {
      run.cancel();
      var answer = run.answer(request);
      assertThat(answer.failure()).get().isInstanceOf(Failure.Cancelled.class);
    }
  }

  @Test
  void aRunThatTakesTooLongIsLate() {
    acme.holds(call -> call.startsWith("candles"));
    try (var hurried = builder().deadline(Duration.ofMillis(50)).build()) {
      var answer = hurried.pull(candles("2025-01-01/2025-01-02"));
      assertThat(answer.failure()).get().isInstanceOf(Failure.Late.class);
    }
  }

  @Test
  void closingARunStopsWhatItStarted() {
    acme.holds(call -> call.startsWith("candles"));
    var request = candles("2025-01-01/2025-01-02");
    var run = flood.plan(List.of(request)).run();
    run.close();
    assertThat(run.answer(request).failure()).get().isInstanceOf(Failure.Cancelled.class);
  }

  @Test
  void theSameRequestTwiceIsOneRequest() {
    var request = candles("2025-01-01/2025-01-02");
    var answers = flood.pull(List.of(request, candles("2025-01-01/2025-01-02")));
    assertThat(answers).hasSize(2);
    assertThat(answers.getFirst()).isEqualTo(answers.getLast());
  }
}
