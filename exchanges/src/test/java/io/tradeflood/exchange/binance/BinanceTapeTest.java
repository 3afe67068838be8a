package io.tradeflood.exchange.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.exchange.Replay;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.Symbol;
import io.tradeflood.model.Window;
import io.tradeflood.simulator.wire.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Finding the first aggregate of a moment, with windows shorter than an hour, in quiet markets. */
class BinanceTapeTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  @RegisterExtension static final Replay REPLAY = new Replay(Map.of());

  /** Number {@code i} traded at the i-th moment. */
  private static void tape(List<Instant> moments) {
    REPLAY.serveText("/fapi/v1/aggTrades", query -> !query.has("startTime"), rows(moments, 0));
    for (int hour = 0; hour < 30; hour++) {
      Instant from = START.plus(HOUR.multipliedBy(hour));
      var inside =
          LongStream.range(0, moments.size())
              .filter(i -> !moments.get((int) i).isBefore(from))
              .filter(i -> moments.get((int) i).isBefore(from.plus(HOUR)))
              .limit(1)
              .boxed()
              .toList();
      REPLAY.serveText(
          "/fapi/v1/aggTrades",
          window(from),
          inside.isEmpty()
              ? "[]"
              : rows(List.of(moments.get(inside.getFirst().intValue())), inside.getFirst()));
    }
  }

  private static Predicate<Query> window(Instant from) {
    String start = Long.toString(from.toEpochMilli());
    String end = Long.toString(from.plus(HOUR).toEpochMilli() - 1);
    return query ->
        query.get("startTime").filter(start::equals).isPresent()
            && query.get("endTime").filter(end::equals).isPresent();
  }

  private static String rows(List<Instant> moments, long first) {
    return LongStream.range(0, moments.size())
        .mapToObj(
            i ->
                "{\"a\":%d,\"p\":\"1\",\"q\":\"1\",\"f\":1,\"l\":1,\"T\":%d,\"m\":true}"
                    .formatted(first + i, moments.get((int) i).toEpochMilli()))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static OptionalLong firstAt(Instant moment) throws InterruptedException {
    return REPLAY.run(
        REPLAY
            .wiring()
            .binding(BinanceFuturesTrades.class)
            .firstAt(
                REPLAY.wiring().connector(BinanceFuturesRest.class),
                new SeriesQuery(Symbol.of("NEW/USDT:USDT"), Window.since(moment)),
                moment));
  }

  @Test
  void whatTradedWithinTheHourIsFoundAtOnce() throws Exception {
    tape(List.of(START.minusSeconds(1), START.plusSeconds(3), START.plusSeconds(4)));

    assertThat(firstAt(START)).hasValue(1);
    assertThat(REPLAY.asked()).hasSize(1);
  }

  @Test
  void afterTheNewestTradeThereIsNone() throws Exception {
    tape(List.of(START.minusSeconds(5), START.minusSeconds(1)));

    assertThat(firstAt(START)).isEmpty();
    assertThat(REPLAY.asked()).hasSize(2);
  }

  @Test
  void whatTheNewestTradesShowIsNotSearched() throws Exception {
    tape(
        List.of(
            START.minusSeconds(1),
            START.plus(HOUR.multipliedBy(9)),
            START.plus(HOUR.multipliedBy(20))));

    assertThat(firstAt(START)).hasValue(1);
    assertThat(REPLAY.asked()).hasSize(2);
  }

  @Test
  void aQuietTimeBeforeManyTradesIsSearchedHourByHour() throws Exception {
    tape(
        List.of(START.plus(HOUR.multipliedBy(3)).plusSeconds(2), START.plus(HOUR.multipliedBy(4))));

    assertThat(firstAt(START)).hasValue(0);
    assertThat(REPLAY.asked()).hasSize(2 + 3);
  }

  @Test
  void anEmptyTapeHasNoFirst() throws Exception {
    tape(List.of());

    assertThat(firstAt(START)).isEmpty();
  }
}
