package io.tradeflood.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.model.Side;
import io.tradeflood.model.Trade;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A feed of rows that all count is told each of them once, in order, or of a gap. */
class EveryRowTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Times times = new Times();
  private final Told<Trade> told = new Told<>();
  private final List<Trade> history = new ArrayList<>();
  private Optional<String> refusal = Optional.empty();
  private int fetches;

  private static Trade trade(long number) {
    return new Trade(
        "" + number, START.plusMillis(number * 100), BigDecimal.ONE, BigDecimal.ONE, Side.BUY);
  }

  private static Arrival stream() {
    return Arrival.stream(START);
  }

  private FeedSink<Trade> feed(boolean numbered) {
    var out = new FeedSource<Trade>();
    out.attach(told);
    return Continuous.every(
        out,
        trade -> numbered ? OptionalLong.of(Long.parseLong(trade.id())) : OptionalLong.empty(),
        (range, taker) -> {
          fetches++;
          if (refusal.isEmpty())
            for (Trade trade : List.copyOf(history))
              if (!trade.time().isBefore(range.start()) && trade.time().isBefore(range.end()))
                taker.row(trade);
          taker.end(refusal);
        },
        times,
        times);
  }

  private void comes(FeedSink<Trade> feed, long... numbers) {
    for (long number : numbers) feed.rows(List.of(trade(number)), stream());
  }

  private void happens(long from, long to) {
    LongStream.rangeClosed(from, to).forEach(number -> history.add(trade(number)));
  }

  private void connects(FeedSink<Trade> feed) {
    feed.state(new FeedState.Connected(), times.instant());
  }

  private void breaks(FeedSink<Trade> feed) {
    feed.state(new FeedState.Desynced("the connection was lost"), times.instant());
  }

  private List<String> ids() {
    return told.rows.stream().map(Trade::id).toList();
  }

  @Test
  void whatComesTwiceIsToldOnce() {
    var feed = feed(true);
    connects(feed);
    comes(feed, 5, 6, 5, 6, 7, 7);
    assertThat(ids()).containsExactly("5", "6", "7");
    assertThat(told.stateNames()).containsExactly("Connected", "Synced");
  }

  @Test
  void whatOvertookIsPutInOrderWithoutAsking() {
    var feed = feed(true);
    connects(feed);
    comes(feed, 5, 8, 7, 6, 9);
    times.pass(Duration.ofSeconds(10));
    assertThat(ids()).containsExactly("5", "6", "7", "8", "9");
    assertThat(fetches).isZero();
  }

  @Test
  void aHoleIsFetchedWhileNewerRowsWait() {
    var feed = feed(true);
    happens(1, 20);
    connects(feed);
    comes(feed, 5, 8, 9);
    assertThat(ids()).containsExactly("5");
    times.pass(Duration.ofSeconds(1));
    assertThat(ids())
        .containsExactly(
            "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19",
            "20");
    assertThat(told.origins.subList(0, 5))
        .containsExactly("stream", "rest", "rest", "stream", "stream");
    comes(feed, 10, 20, 21);
    assertThat(ids()).endsWith("20", "21").doesNotHaveDuplicates();
    assertThat(told.stateNames()).containsExactly("Connected", "Synced");
  }

  @Test
  void aHoleThatCannotBeFetchedIsAGapWithItsReason() {
    var feed = feed(true);
    refusal = Optional.of("there is no history");
    connects(feed);
    comes(feed, 5, 8);
    times.pass(Duration.ofSeconds(30));
    comes(feed, 9);
    assertThat(ids()).containsExactly("5", "8", "9");
    var gap = (FeedState.Gap) told.states.getLast();
    assertThat(gap.reason()).contains("there is no history");
    assertThat(gap.range().start()).isEqualTo(trade(5).time());
    assertThat(gap.range().end()).isEqualTo(trade(8).time());
    assertThat(told.all.indexOf(gap))
        .isBetween(told.all.indexOf(trade(5)), told.all.indexOf(trade(8)));
  }

  @Test
  void whatIsMissedWhileTheConnectionIsDownIsFetched() {
    for (boolean numbered : new boolean[] {true, false}) {
      told.rows.clear();
      told.states.clear();
      history.clear();
      var feed = feed(numbered);
      connects(feed);
      comes(feed, 1, 2);
      breaks(feed);
      happens(1, 6);
      connects(feed);
      comes(feed, 6, 7);
      times.pass(Duration.ofSeconds(1));
      comes(feed, 7, 8);
      assertThat(ids()).containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
      assertThat(told.stateNames())
          .containsExactly("Connected", "Synced", "Desynced", "Connected", "Synced");
      assertThat(fetches).isPositive();
    }
  }

  @Test
  void aRefusedHistoryAfterABreakIsAGap() {
    var feed = feed(false);
    refusal = Optional.of("banned");
    connects(feed);
    comes(feed, 1, 2);
    breaks(feed);
    connects(feed);
    comes(feed, 7);
    times.pass(Duration.ofSeconds(30));
    assertThat(ids()).containsExactly("1", "2", "7");
    assertThat(told.stateNames())
        .containsExactly("Connected", "Synced", "Desynced", "Connected", "Gap", "Synced");
  }

  @Test
  void aBreakWhileFetchingBeginsAnewAndSaysSyncedOnce() {
    var feed = feed(true);
    connects(feed);
    comes(feed, 1);
    breaks(feed);
    connects(feed);
    breaks(feed);
    happens(1, 5);
    times.pass(Duration.ofSeconds(5));
    assertThat(ids()).containsExactly("1");
    connects(feed);
    times.pass(Duration.ofSeconds(5));
    assertThat(ids()).containsExactly("1", "2", "3", "4", "5");
    assertThat(told.stateNames().stream().filter("Synced"::equals)).hasSize(2);
    assertThat(told.stateNames()).endsWith("Synced");
  }

  @Test
  void theRecentPastToldAtTheBeginningIsNotTheFeeds() {
    var feed = feed(true);
    connects(feed);
    feed.rows(List.of(trade(1), trade(2)), new Arrival(START, Arrival.SNAPSHOT, Optional.empty()));
    comes(feed, 3);
    assertThat(ids()).containsExactly("3");
    breaks(feed);
    happens(1, 5);
    connects(feed);
    feed.rows(
        List.of(trade(3), trade(4), trade(5)),
        new Arrival(START, Arrival.SNAPSHOT, Optional.empty()));
    times.pass(Duration.ofSeconds(1));
    assertThat(ids()).containsExactly("3", "4", "5");
  }

  /** Whatever is lost, repeated and overtaken: each row once and in order, if history has it. */
  @Property(tries = 300)
  void eachRowIsToldOnceAndInOrder(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 9) Integer> deeds) {
    new EveryRowTest().live(deeds); // a property's tries share their instance
  }

  private void live(List<Integer> deeds) {
    var feed = feed(true);
    connects(feed);
    long number = 0;
    Trade kept = null;
    boolean open = true;
    comes(feed, 0);
    history.add(trade(0));
    for (int deed : deeds) {
      number++;
      history.add(trade(number));
      switch (deed) {
        case 0 -> {} // lost
        case 1 -> comes(feed, number, number);
        case 2 -> kept = trade(number);
        case 3 -> {
          breaks(feed);
          open = false;
        }
        case 4 -> {
          connects(feed);
          open = true;
          comes(feed, number);
        }
        case 5 -> times.pass(Duration.ofMillis(400));
        default -> {
          if (open) comes(feed, number);
          if (kept != null && open) {
            feed.rows(List.of(kept), stream());
            kept = null;
          }
        }
      }
    }
    if (!open) connects(feed);
    history.add(trade(number + 1));
    comes(feed, number + 1);
    times.pass(Duration.ofSeconds(30));
    Set<String> expected = new LinkedHashSet<>();
    for (long each = 0; each <= number + 1; each++) expected.add("" + each);
    assertThat(ids()).containsExactlyElementsOf(expected);
    assertThat(told.stateNames()).doesNotContain("Gap").endsWith("Synced");
  }

  private FeedSink<Trade> feedWithoutPast(boolean numbered) {
    var out = new FeedSource<Trade>();
    out.attach(told);
    return Continuous.every(
        out,
        trade -> numbered ? OptionalLong.of(Long.parseLong(trade.id())) : OptionalLong.empty(),
        Refill.none("nobody keeps them"),
        times,
        times);
  }

  @Test
  void whereNothingCanBeFetchedAHoleWaitsForWhatWasOvertakenOnly() {
    var feed = feedWithoutPast(true);
    connects(feed);
    comes(feed, 5, 8, 7, 6);
    comes(feed, 11);
    assertThat(ids()).containsExactly("5", "6", "7", "8");
    times.pass(Duration.ofMillis(300));
    assertThat(ids()).containsExactly("5", "6", "7", "8", "11");
    var gap = (FeedState.Gap) told.states.getLast();
    assertThat(gap.range().start()).isEqualTo(trade(8).time());
    assertThat(gap.range().end()).isEqualTo(trade(11).time());
    assertThat(gap.reason()).contains("nobody keeps them");
  }

  @Test
  void whereNothingCanBeFetchedALossIsAGapAtOnce() {
    var feed = feedWithoutPast(false);
    connects(feed);
    comes(feed, 5);
    breaks(feed);
    times.pass(Duration.ofSeconds(1));
    connects(feed);
    assertThat(told.stateNames())
        .containsExactly("Connected", "Synced", "Desynced", "Connected", "Gap", "Synced");
    comes(feed, 15);
    assertThat(ids()).containsExactly("5", "15");
  }

  @Test
  void whereNothingCanBeFetchedNumbersTellWhatALossHasCost() {
    var feed = feedWithoutPast(true);
    connects(feed);
    comes(feed, 5);
    breaks(feed);
    connects(feed);
    comes(feed, 6);
    assertThat(ids()).containsExactly("5", "6");
    assertThat(told.stateNames())
        .containsExactly("Connected", "Synced", "Desynced", "Connected", "Synced");
    breaks(feed);
    connects(feed);
    comes(feed, 9);
    times.pass(Duration.ofMillis(300));
    assertThat(ids()).containsExactly("5", "6", "9");
    assertThat(told.stateNames()).endsWith("Synced", "Gap");
  }
}
