package io.tradeflood;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.acme.AcmeCandles;
import io.tradeflood.acme.AcmeFills;
import io.tradeflood.acme.AcmeServer;
import io.tradeflood.acme.AcmeTrades;
import io.tradeflood.acme.Fill;
import io.tradeflood.model.Candle;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.Interval;
import io.tradeflood.model.Row;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.Trade;
import io.tradeflood.model.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Requests planned as one beside each of them alone, over an exchange that dies on a second call.
 */
class PlannedIsNaivePropertyTest {
  private static final int TRADES = 3_000;
  private static final Instant NOW = AcmeServer.FIRST_TRADE.plusSeconds(TRADES);
  private static final Symbol BTC = Symbol.of("BTC/USDT");

  @Provide
  Arbitrary<List<Request<?>>> requests() {
    var from = Arbitraries.integers().between(0, TRADES - 1);
    var length = Arbitraries.integers().between(1, 2_000);
    var limit = Arbitraries.integers().between(1, 700).optional(0.4);
    var kind = Arbitraries.integers().between(0, 3);
    var shape = Arbitraries.integers().between(0, 3);
    return Combinators.combine(from, length, limit, kind, shape)
        .as(PlannedIsNaivePropertyTest::request)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  private static Request<?> request(
      int from, int length, Optional<Integer> limit, int kind, int shape) {
    Optional<Instant> start = Optional.of(AcmeServer.FIRST_TRADE.plusSeconds(from));
    Optional<Instant> end = start.map(s -> s.plusSeconds(length));
    OptionalInt most = limit.map(OptionalInt::of).orElse(OptionalInt.empty());
    Window window =
        switch (shape) {
          case 0 -> new Window(start, end, most);
          case 1 -> new Window(start, Optional.empty(), most);
          case 2 -> new Window(Optional.empty(), end, most);
          default -> new Window(Optional.empty(), Optional.empty(), most);
        };
    return switch (kind) {
      case 0 -> Request.of("acme", Trade.class, new SeriesQuery(BTC, window));
      case 1 -> Request.of("acme", Fill.class, new SeriesQuery(BTC, window));
      case 2 ->
          Request.of(
              "acme",
              Candle.class,
              new CandleQuery(BTC, new Interval(5, Interval.Unit.SECOND), window));
      default -> Request.of("acme", Candle.class, new CandleQuery(BTC, Interval.M1, window));
    };
  }

  /** What a reader of the whole history would take from it. */
  private static List<Instant> expected(Request<?> request) {
    Window window;
    int step = 1;
    if (request.query() instanceof CandleQuery candles) {
      window = candles.window();
      step = Math.toIntExact(candles.interval().duration().toSeconds());
    } else window = ((SeriesQuery) request.query()).window();
    int last = request.query() instanceof CandleQuery ? TRADES : TRADES - 1;
    var times = new ArrayList<Instant>();
    for (int at = request.query() instanceof CandleQuery ? -100_000 * step : 0;
        at <= last;
        at += step) {
      Instant time = AcmeServer.FIRST_TRADE.plusSeconds(at);
      boolean inside =
          window.from().map(f -> !time.isBefore(f)).orElse(true)
              && window.to().map(time::isBefore).orElse(true);
      if (inside) times.add(time);
    }
    int most = window.limit().orElse(window.isTail() ? Window.DEFAULT_LIMIT : Integer.MAX_VALUE);
    if (times.size() <= most) return times;
    return window.isTail()
        ? times.subList(times.size() - most, times.size())
        : times.subList(0, most);
  }

  @Property(tries = 150)
  void plannedResultIsTheNaiveResultWithNoMoreCallsOrWeight(
      @ForAll("requests") List<Request<?>> requests) {
    var naive = new ArrayList<List<Instant>>();
    int naiveCalls = 0;
    for (Request<?> request : requests)
      try (var acme = new AcmeServer(NOW).trades(TRADES);
          var flood = flood(acme)) {
        naive.add(times(flood.pull(request)));
        naiveCalls += acme.calls().size();
      }
    try (var acme = new AcmeServer(NOW).trades(TRADES);
        var flood = flood(acme)) {
      var answers = flood.pull(requests);
      for (int i = 0; i < requests.size(); i++) {
        if (!expected(requests.get(i)).isEmpty()) // a range without a point of the grid is refused
        assertThat(answers.get(i).failure()).as("%s", requests.get(i)).isEmpty();
        assertThat(times(answers.get(i))).as("%s", requests.get(i)).isEqualTo(naive.get(i));
        assertThat(naive.get(i)).as("%s", requests.get(i)).isEqualTo(expected(requests.get(i)));
      }
      assertThat(acme.calls().size()).isLessThanOrEqualTo(naiveCalls);
    }
  }

  private static List<Instant> times(Answer<?> answer) {
    return answer.rows().stream().map(row -> ((Row) row).time()).toList();
  }

  private static TradeFlood flood(AcmeServer acme) {
    return new FloodBuilder(false)
        .add(AcmeCandles.class, AcmeTrades.class, AcmeFills.class)
        .clock(() -> NOW)
        .setting("acme.rest", "server", acme.name())
        .build();
  }
}
