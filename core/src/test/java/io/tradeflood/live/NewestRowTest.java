package io.tradeflood.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.model.MarkPrice;
import io.tradeflood.model.OrderBook;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Of rows that replace one another, none is told after a newer one. */
class NewestRowTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static <M> Told<M> told(FeedSource<M> out) {
    var told = new Told<M>();
    out.attach(told);
    return told;
  }

  private static OrderBook book(Optional<Instant> time, OptionalLong sequence) {
    return new OrderBook(time, sequence, List.of(), List.of());
  }

  private static MarkPrice price(int second, int value) {
    return new MarkPrice(START.plusSeconds(second), BigDecimal.valueOf(value));
  }

  @Test
  void aBookThatWasOvertakenIsNotToldByItsNumber() {
    var out = new FeedSource<OrderBook>();
    var told = told(out);
    var feed = Continuous.replacing(out);
    for (long number : new long[] {5, 7, 6, 8})
      feed.rows(List.of(book(Optional.empty(), OptionalLong.of(number))), Arrival.stream(START));
    assertThat(told.rows)
        .extracting(book -> book.sequence().getAsLong())
        .containsExactly(5L, 7L, 8L);
  }

  @Test
  void aBookWithoutANumberIsOrderedByItsTime() {
    var out = new FeedSource<OrderBook>();
    var told = told(out);
    var feed = Continuous.replacing(out);
    for (int second : new int[] {5, 7, 6, 8})
      feed.rows(
          List.of(book(Optional.of(START.plusSeconds(second)), OptionalLong.empty())),
          Arrival.stream(START));
    assertThat(told.rows)
        .extracting(book -> book.time().orElseThrow())
        .containsExactly(START.plusSeconds(5), START.plusSeconds(7), START.plusSeconds(8));
  }

  @Test
  void aRowOfAnEarlierTimeIsNotToldAndOneOfTheSameIs() {
    var out = new FeedSource<MarkPrice>();
    var told = told(out);
    var feed = Continuous.replacing(out);
    feed.rows(List.of(price(2, 1)), Arrival.stream(START));
    feed.rows(List.of(price(1, 2)), Arrival.stream(START));
    feed.rows(List.of(price(2, 3)), Arrival.stream(START));
    assertThat(told.rows).containsExactly(price(2, 1), price(2, 3));
  }

  @Test
  void behindABreakNumbersMayBeginAnew() {
    var out = new FeedSource<OrderBook>();
    var told = told(out);
    var feed = Continuous.replacing(out);
    feed.rows(List.of(book(Optional.empty(), OptionalLong.of(9))), Arrival.stream(START));
    feed.state(new FeedState.Desynced("restarted"), START);
    feed.rows(List.of(book(Optional.empty(), OptionalLong.of(1))), Arrival.stream(START));
    feed.rows(List.of(book(Optional.empty(), OptionalLong.of(2))), Arrival.stream(START));
    assertThat(told.rows)
        .extracting(book -> book.sequence().getAsLong())
        .containsExactly(9L, 1L, 2L);
  }
}
