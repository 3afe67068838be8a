package io.tradeflood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.acme.AcmeCandles;
import io.tradeflood.acme.AcmeFills;
import io.tradeflood.acme.AcmeRest;
import io.tradeflood.acme.AcmeServer;
import io.tradeflood.acme.AcmeTickers;
import io.tradeflood.acme.AcmeTrades;
import io.tradeflood.acme.Fill;
import io.tradeflood.binding.Availability;
import io.tradeflood.binding.HistoryBinding;
import io.tradeflood.binding.Replaces;
import io.tradeflood.binding.SnapshotBinding;
import io.tradeflood.history.Page;
import io.tradeflood.history.Pages;
import io.tradeflood.model.Candle;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.IndexPrice;
import io.tradeflood.model.Interval;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Trade;
import io.tradeflood.model.Window;
import io.tradeflood.turn.Explanation;
import io.tradeflood.turn.Failure;
import io.tradeflood.turn.Turn;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Instant NOW = Instant.parse("2025-06-01T12:00:30Z");
  private static final Symbol BTC = Symbol.of("BTC/USDT");

  private final AcmeServer acme = new AcmeServer(NOW);

  @AfterEach
  void close() {
    acme.close();
  }

  private TradeFlood flood(Class<?>... types) {
    return new FloodBuilder(false)
        .add(types)
        .clock(() -> NOW)
        .setting("acme.rest", "server", acme.name())
        .build();
  }

  private static Request<Candle> candles(String range) {
    return Request.of(
        "acme", Candle.class, new CandleQuery(BTC, Interval.M1, TimeRange.parse(range)));
  }

  /** A third party's endpoint in the place of a built-in one. */
  public interface ThriftyAcme extends AcmeRest {
    @Override
    default Turn<String> ticker(String symbol) {
      return Turn.now("7");
    }
  }

  @Replaces(AcmeTickers.class)
  interface FlatTickers extends SnapshotBinding<AcmeRest, NowQuery, IndexPrice> {
    @Override
    default Turn<IndexPrice> plan(AcmeRest acme, NowQuery query) {
      return Turn.now(new IndexPrice(AcmeServer.FIRST_TRADE, java.math.BigDecimal.TWO));
    }
  }

  /** The last hour only, but from the very same call that candles are made of. */
  record Tick(Instant time) implements io.tradeflood.model.Row {}

  interface Ticks extends HistoryBinding<AcmeRest, CandleQuery, Tick> {
    @Override
    default Availability availability(AcmeRest acme, CandleQuery query, Instant now) {
      return Availability.partly(
          TimeRange.parse("2025-01-01T01:00/2025-01-01T02:00"), "ticks are kept for one hour");
    }

    @Override
    default Pages pages(CandleQuery query) {
      return Pages.grid(query.interval()).sizes(AcmeRest.PAGE).ends(true, true);
    }

    @Override
    default Turn<List<Tick>> plan(AcmeRest acme, CandleQuery query, Page page) {
      return acme.candles(
              query.symbol().join("-"), query.interval(), page.start(), page.end(), page.limit())
          .map(bars -> bars.stream().map(Tick::new).toList());
    }
  }

  @Test
  void aPlanTellsWhatItWouldDoAndDoesNothing() {
    try (var flood = flood(AcmeCandles.class, AcmeTrades.class)) {
      var requests =
          List.of(
              candles("2025-01-01T00:00/2025-01-01T04:00"),
              candles("2025-01-01T02:00/2025-01-01T05:00"),
              Request.of("acme", Trade.class, new SeriesQuery(BTC, Window.latest(10))),
              Request.of(
                  "acme", Trade.class, new SeriesQuery(Symbol.of("A/B:B"), Window.latest(1))));
      String text = flood.plan(requests).explain().toString();
      assertThat(text)
          .isEqualTo(
              """
              requests
                acme BTC/USDT candle 1m from 2025-01-01T00:00:00Z to 2025-01-01T04:00:00Z
                  by AcmeCandles on acme.rest: at most 240 rows in 3 pages
                acme BTC/USDT candle 1m from 2025-01-01T02:00:00Z to 2025-01-01T05:00:00Z
                  by AcmeCandles on acme.rest: at most 180 rows in 2 pages
                acme BTC/USDT trade latest 10
                  by AcmeTrades on acme.rest: at most 10 rows
                acme A/B:B trade latest 1
                  cannot: acme.rest does not trade A/B:B
              """
                  + text.substring(text.indexOf("plan: ")));
      assertThat(text)
          .contains("plan: 4 calls")
          .contains("acme weight")
          .contains("candles BTC-USDT 1m")
          .contains("direct");
      assertThat(flood.plan(requests).explain()).isEqualTo(flood.plan(requests).explain());
      assertThat(acme.calls()).isEmpty();
    }
  }

  @Test
  void walksOfOneRequestAreOneAskerThatGoesOn() {
    try (var flood = flood(AcmeFills.class)) {
      var range = TimeRange.parse("2025-01-01T00:00/2025-01-01T00:30");
      var request = Request.of("acme", Fill.class, new SeriesQuery(BTC, Window.of(range)));
      assertThat(flood.plan(List.of(request)).explain().calls().askers())
          .containsExactly(
              new Explanation.Asker(
                  "acme BTC/USDT fill from 2025-01-01T00:00:00Z to 2025-01-01T00:30:00Z",
                  3,
                  true,
                  List.of()));
    }
  }

  @Test
  void afterARunThePlanIsComparedWithWhatWasDone() {
    try (var flood = flood(AcmeCandles.class);
        var run = flood.plan(List.of(candles("2025-01-01T00:00/2025-01-01T04:00"))).run()) {
      assertThat(run.answers()).hasSize(1);
      assertThat(run.analyze().calls().calls()).hasSize(3);
      assertThat(run.analyze().rows()).isEqualTo(240);
      assertThat(run.analyze().toString()).contains("rows given: 240");
    }
  }

  @Test
  void twoBindingsOverOneCallMakeItOnce() {
    try (var flood = flood(AcmeCandles.class, Ticks.class)) {
      var query =
          new CandleQuery(BTC, Interval.M1, TimeRange.parse("2025-01-01T01:00/2025-01-01T02:00"));
      var answers =
          flood.pull(
              List.of(
                  Request.of("acme", Candle.class, query), Request.of("acme", Tick.class, query)));
      assertThat(answers).extracting(a -> a.rows().size()).containsExactly(60, 60);
      assertThat(acme.calls()).hasSize(1);
    }
  }

  @Test
  void whatABindingCanGiveInPartIsGivenInPartWithTheReason() {
    try (var flood = flood(Ticks.class)) {
      var request =
          Request.of(
              "acme",
              Tick.class,
              new CandleQuery(
                  BTC, Interval.M1, TimeRange.parse("2025-01-01T00:30/2025-01-01T01:30")));
      var part = flood.plan(List.of(request)).explain().requests().getFirst();
      assertThat(part.availability()).isEqualTo(PlanExplanation.Availability.PARTLY);
      assertThat(part.reason()).contains("ticks are kept for one hour");
      var answer = flood.pull(request);
      assertThat(answer.rows()).hasSize(30);
      assertThat(answer.isWhole()).isFalse();
      assertThat(answer.coverage())
          .extracting(Coverage::state)
          .containsExactly(Coverage.State.BEYOND_RETENTION, Coverage.State.HELD);
    }
  }

  @Test
  void aThirdPartysConnectorIsUsedByBuiltInBindings() {
    try (var flood = flood(AcmeTickers.class, ThriftyAcme.class)) {
      var answer = flood.pull(Request.of("acme", IndexPrice.class, new NowQuery(BTC)));
      assertThat(answer.orThrow().getFirst().price()).isEqualTo("7");
      assertThat(acme.calls()).isEmpty();
    }
  }

  @Test
  void aReplacingBindingIsUsedInsteadOfTheOldOne() {
    try (var flood = flood(AcmeTickers.class, FlatTickers.class)) {
      var answer = flood.pull(Request.of("acme", IndexPrice.class, new NowQuery(BTC)));
      assertThat(answer.orThrow().getFirst().price()).isEqualTo("2");
    }
  }

  @Test
  void theTenantIsPartOfTheCallsKey() {
    try (var flood = flood(AcmeTickers.class)) {
      var plan =
          flood.plan(
              List.of(
                  new Request<>("acme", IndexPrice.class, new NowQuery(BTC), "alice"),
                  new Request<>("acme", IndexPrice.class, new NowQuery(BTC), "bob"),
                  Request.of("acme", IndexPrice.class, new NowQuery(BTC))));
      assertThat(plan.explain().calls().calls()).hasSize(3);
      assertThat(plan.explain().toString()).contains("acme.rest@alice.ticker");
    }
  }

  @Test
  void aServiceThatNoModuleSuppliesIsNamed() {
    interface Needy extends AcmeRest {
      @Override
      default AcmeServer server() {
        return context().services().get(AcmeServer.class);
      }
    }
    try (var flood = flood(AcmeTickers.class, Needy.class)) {
      var answer = flood.pull(Request.of("acme", IndexPrice.class, new NowQuery(BTC)));
      assertThat(answer.failure().orElseThrow())
          .isInstanceOf(Failure.Bug.class)
          .hasMessageContaining("No module supplies AcmeServer");
    }
  }

  @Test
  void unknownHostsAndSettingsNameTheKnownOnes() {
    assertThatThrownBy(
            () ->
                new FloodBuilder(false)
                    .add(AcmeTickers.class)
                    .host("acme.spot-rest", URI.create("http://127.0.0.1:1"))
                    .build())
        .hasMessage("Unknown host acme.spot-rest: known: acme.rest");
    assertThatThrownBy(
            () ->
                new FloodBuilder(false)
                    .add(AcmeTickers.class)
                    .host("acme.rest", URI.create("127.0.0.1:9100")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new FloodBuilder(false)
                    .add(AcmeTickers.class)
                    .setting("acne", "key", "value")
                    .build())
        .hasMessage("Unknown place of a setting acne: did you mean acme? Known: acme, acme.rest");
  }

  @Test
  void rowsOfARequestCanBeReadOnce() {
    try (var flood = flood(AcmeTickers.class)) {
      var request = Request.of("acme", IndexPrice.class, new NowQuery(BTC));
      try (var run = flood.plan(List.of(request)).run()) {
        run.rows(request).close();
        assertThatThrownBy(() -> run.rows(request)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> run.rows(candles("2025-01-01/P1D")))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }
}
