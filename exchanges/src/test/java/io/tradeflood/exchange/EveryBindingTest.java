package io.tradeflood.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.Answer;
import io.tradeflood.Request;
import io.tradeflood.TradeFlood;
import io.tradeflood.connector.Connector;
import io.tradeflood.connector.Mode;
import io.tradeflood.index.BindingEntry;
import io.tradeflood.model.Bar;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.Candle;
import io.tradeflood.model.CandleQuery;
import io.tradeflood.model.CatalogQuery;
import io.tradeflood.model.ExchangeQuery;
import io.tradeflood.model.Instrument;
import io.tradeflood.model.Interval;
import io.tradeflood.model.NowQuery;
import io.tradeflood.model.OrderBook;
import io.tradeflood.model.Query;
import io.tradeflood.model.RangeQuery;
import io.tradeflood.model.Row;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.SymbolQuery;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Window;
import io.tradeflood.simulator.Simulator;
import io.tradeflood.simulator.SimulatorOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Walks the index: what is built in works against the exchanges that the simulator plays. */
class EveryBindingTest {
  private static final Instant NOW = Instant.parse("2026-03-10T12:34:56.789Z");
  private static final TimeRange RANGE = TimeRange.parse("2026-03-10T04:00:00Z/PT6H");

  /** Of each kind of market one that is always there. */
  private static final List<Symbol> MARKETS =
      Stream.of("BTC/USDT", "BTC/USDT:USDT", "BTC/USD:BTC").map(Symbol::of).toList();

  /** What each query is asked with; a new kind of query needs a line here, a new model none. */
  private static final Map<Class<?>, Function<Symbol, Query>> QUESTIONS =
      Map.of(
          CandleQuery.class, symbol -> new CandleQuery(symbol, Interval.M5, RANGE),
          SeriesQuery.class, symbol -> new SeriesQuery(symbol, Window.of(RANGE)),
          NowQuery.class, NowQuery::new,
          BookQuery.class, symbol -> new BookQuery(symbol, OptionalInt.of(5)),
          CatalogQuery.class, _ -> new CatalogQuery(),
          ExchangeQuery.class, _ -> new ExchangeQuery());

  private static final Simulator SIMULATOR =
      Simulator.start(SimulatorOptions.defaults().frozenAt(NOW));
  private static final Wiring WIRING = new Wiring(SIMULATOR.baseUrl());
  private static final TradeFlood FLOOD = flood();

  private static TradeFlood flood() {
    var builder = TradeFlood.builder().clock(InstantSource.fixed(NOW));
    SIMULATOR.hosts().forEach(builder::host);
    return builder.build();
  }

  @AfterAll
  static void close() throws Exception {
    FLOOD.close();
    WIRING.close();
    assertThat(SIMULATOR.stats().status(429)).as("limits broken").isZero();
    SIMULATOR.close();
  }

  @Test
  void everyBuiltInConnectorIsPlayed() {
    assertThat(SIMULATOR.hosts().keySet())
        .containsAll(
            FLOOD.index().connectors().stream()
                .filter(connector -> connector.mode() != Mode.CALLBACK) // has no address to ask
                .map(connector -> connector.hostName())
                .toList());
  }

  @TestFactory
  Stream<DynamicTest> givesRowsThatKeepTheContractOfTheirModel() {
    return FLOOD.index().bindings().stream()
        .filter(entry -> !entry.isLive())
        .flatMap(
            entry ->
                markets(entry).stream()
                    .map(
                        symbol ->
                            DynamicTest.dynamicTest(
                                entry.type().getSimpleName() + " " + symbol,
                                () -> check(entry, symbol))));
  }

  /** The markets that a binding can tell of: at least one. */
  private static List<Symbol> markets(BindingEntry entry) {
    if (!SymbolQuery.class.isAssignableFrom(entry.queryType())) return List.of(MARKETS.getFirst());
    var covered =
        MARKETS.stream()
            .filter(symbol -> connector(entry).covers(symbol))
            .filter(symbol -> !symbol.isSpot() || toldOfSpot(entry))
            .toList();
    assertThat(covered).as("markets of %s", entry.type().getSimpleName()).isNotEmpty();
    return covered;
  }

  /** One connector for all markets tells these of contracts only. */
  private static boolean toldOfSpot(BindingEntry entry) {
    return !entry.exchange().equals("bitget-unified")
        || List.of("candle", "trade", "book", "ticker", "serverTime").contains(entry.model());
  }

  private static Connector connector(BindingEntry entry) {
    return WIRING.connector(entry.connectorType());
  }

  private static void check(BindingEntry entry, Symbol symbol) {
    var question = Optional.ofNullable(QUESTIONS.get(entry.queryType()));
    assertThat(question).as("a question for %s", entry.queryType().getSimpleName()).isPresent();
    var query = limited(entry, question.orElseThrow().apply(symbol));
    var request = Request.of(entry.exchange(), entry.modelType(), query);

    assertThat(FLOOD.plan(List.of(request)).explain().toString())
        .contains(entry.type().getSimpleName());
    Answer<?> answer = FLOOD.pull(request);

    assertThat(answer.failure()).isEmpty();
    assertThat(answer.isWhole()).isTrue();
    assertThat(answer.rows()).isNotEmpty();
    if (query instanceof RangeQuery range) checkHistory(answer.rows(), range);
    answer.rows().forEach(EveryBindingTest::checkRow);
    if (entry.modelType() == Instrument.class)
      assertThat(answer.rows())
          .extracting(row -> ((Instrument) row).symbol())
          .doesNotHaveDuplicates()
          .anyMatch(connector(entry)::covers);
  }

  /** The third version of Bitget has no past of trades, only the newest hundred. */
  private static Query limited(BindingEntry entry, Query query) {
    return entry.exchange().equals("bitget-unified") && query instanceof SeriesQuery series
        ? new SeriesQuery(series.symbol(), Window.latest(100))
        : query;
  }

  private static void checkHistory(List<?> rows, RangeQuery query) {
    var history = rows.stream().map(Row.class::cast).toList();
    assertThat(history).extracting(Row::time).isSorted();
    assertThat(history).extracting(row -> row.time() + " " + row.id()).doesNotHaveDuplicates();
    if (query.window().from().isPresent())
      assertThat(history).allMatch(row -> RANGE.contains(row.time()));
    if (history.getFirst() instanceof Bar)
      assertThat(history).as("six hours by five minutes").hasSize(72);
  }

  private static void checkRow(Object row) {
    switch (row) {
      case Candle candle -> {
        assertThat(candle.low()).isPositive();
        assertThat(candle.low()).isLessThanOrEqualTo(candle.open().min(candle.close()));
        assertThat(candle.high()).isGreaterThanOrEqualTo(candle.open().max(candle.close()));
        assertThat(candle.volume()).isNotNegative();
        assertThat(candle.closed()).isTrue();
      }
      case OrderBook book -> {
        assertThat(book.bids()).hasSize(5);
        assertThat(book.asks()).hasSize(5);
        assertThat(book.asks().getFirst().price()).isGreaterThan(book.bids().getFirst().price());
      }
      default -> assertThat(row).isInstanceOf(Record.class);
    }
  }
}
