package io.tradeflood.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.model.Candle;
import io.tradeflood.model.Interval;
import io.tradeflood.model.MarkCandle;
import io.tradeflood.model.TimeRange;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A feed of bars tells each closed one once, whatever was missed. */
class EveryBarTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Times times = new Times();
  private final Told<Candle> told = new Told<>();
  private final List<Candle> history = new ArrayList<>();
  private Optional<String> refusal = Optional.empty();
  private int fetches;

  private static Candle bar(int minute, int close, boolean closed) {
    var price = BigDecimal.valueOf(close);
    return new Candle(
            Interval.M1,
            START.plus(Duration.ofMinutes(minute)),
            price,
            price,
            price,
            price,
            BigDecimal.ONE)
        .closed(closed);
  }

  private FeedSink<Candle> feed(boolean marked) {
    var out = new FeedSource<Candle>();
    out.attach(told);
    var feed =
        Continuous.bars(
            out,
            marked,
            (range, taker) -> {
              fetches++;
              if (refusal.isEmpty())
                for (Candle bar : history) if (range.contains(bar.time())) taker.row(bar);
              taker.end(refusal);
            },
            times,
            times);
    feed.state(new FeedState.Connected(), times.instant());
    return feed;
  }

  private static void comes(FeedSink<Candle> feed, Candle... bars) {
    for (Candle bar : bars) feed.rows(List.of(bar), Arrival.stream(START));
  }

  @Test
  void aBarIsToldAsItFormsAndClosesByTheExchangesMark() {
    var feed = feed(true);
    comes(feed, bar(0, 1, false), bar(0, 2, false), bar(0, 2, false), bar(0, 3, true));
    comes(feed, bar(1, 4, false));
    assertThat(told.rows)
        .containsExactly(bar(0, 1, false), bar(0, 2, false), bar(0, 3, true), bar(1, 4, false));
    assertThat(fetches).isZero();
  }

  @Test
  void withoutMarksABarClosesWhenALaterOneComes() {
    var feed = feed(false);
    comes(feed, bar(0, 1, false), bar(1, 4, false));
    assertThat(told.rows).containsExactly(bar(0, 1, false), bar(0, 1, true), bar(1, 4, false));
    assertThat(fetches).isZero();
  }

  @Test
  void aMarkThatDidNotComeIsFetched() {
    var feed = feed(true);
    history.add(bar(0, 9, true));
    history.add(bar(1, 4, false));
    comes(feed, bar(0, 1, false), bar(1, 4, false));
    times.pass(Duration.ofSeconds(2));
    assertThat(told.rows).containsExactly(bar(0, 1, false), bar(0, 9, true), bar(1, 4, false));
  }

  @Test
  void barsThatClosedWhileTheConnectionWasDownAreFetched() {
    for (boolean marked : new boolean[] {true, false}) {
      told.rows.clear();
      told.states.clear();
      history.clear();
      var feed = feed(marked);
      comes(feed, bar(0, 1, false));
      feed.state(new FeedState.Desynced("lost"), times.instant());
      times.pass(Duration.ofMinutes(3));
      history.addAll(List.of(bar(0, 2, true), bar(1, 3, true), bar(2, 4, true), bar(3, 5, false)));
      feed.state(new FeedState.Connected(), times.instant());
      comes(feed, bar(3, 6, false));
      times.pass(Duration.ofSeconds(2));
      assertThat(told.rows)
          .containsExactly(
              bar(0, 1, false),
              bar(0, 2, true),
              bar(1, 3, true),
              bar(2, 4, true),
              bar(3, 5, false),
              bar(3, 6, false));
      assertThat(told.stateNames()).endsWith("Connected", "Synced");
    }
  }

  /** Such as those of a connection that broke before its bars were fetched. */
  @Test
  void ofAnOpenBarNoEarlierStateIsToldBehindTheOneThatWasFetched() {
    var feed = feed(true);
    comes(feed, grown(0, 10, 10, 1));
    feed.state(new FeedState.Desynced("lost"), times.instant());
    times.pass(Duration.ofSeconds(5));
    feed.state(new FeedState.Connected(), times.instant());
    history.add(grown(0, 12, 8, 5));
    // The first two are older by their volume, the third by its time, the others are newer.
    var newer = List.of(grown(0, 12, 8, 6), grown(0, 13, 8, 6), grown(0, 13, 8, 7));
    comes(feed, grown(0, 11, 10, 2), grown(0, 12, 9, 4), grown(0, 12, 8, 5).closed(false));
    newer.forEach(bar -> comes(feed, bar));
    times.pass(Duration.ofSeconds(2));
    assertThat(told.rows)
        .containsExactly(
            grown(0, 10, 10, 1), grown(0, 12, 8, 5), newer.get(0), newer.get(1), newer.get(2));
    assertThat(told.stateNames()).endsWith("Connected", "Synced");
  }

  private static Candle grown(int minute, int high, int low, int volume) {
    var open = BigDecimal.TEN;
    return new Candle(
            Interval.M1,
            START.plus(Duration.ofMinutes(minute)),
            open,
            BigDecimal.valueOf(high),
            BigDecimal.valueOf(low),
            open,
            BigDecimal.valueOf(volume))
        .closed(false);
  }

  @Test
  void anEarlierStateOfABarWithoutVolumeIsTheOneOfASmallerRangeOrOfBefore() {
    var wide =
        new MarkCandle(Interval.M1, START, price(10), price(12), price(8), price(9)).closed(false);
    var narrow =
        new MarkCandle(Interval.M1, START, price(10), price(12), price(9), price(9)).closed(false);
    var same =
        new MarkCandle(Interval.M1, START, price(10), price(12), price(8), price(11)).closed(false);
    var wider =
        new MarkCandle(Interval.M1, START, price(10), price(13), price(8), price(9)).closed(false);
    for (boolean before : new boolean[] {true, false}) {
      var marks = new Told<MarkCandle>();
      var out = new FeedSource<MarkCandle>();
      out.attach(marks);
      var feed =
          Continuous.bars(
              out,
              true,
              (_, taker) -> {
                taker.row(wide);
                taker.end(Optional.empty());
              },
              times,
              times);
      feed.state(new FeedState.Connected(), times.instant());
      feed.rows(List.of(narrow), Arrival.stream(times.instant()));
      feed.state(new FeedState.Desynced("lost"), times.instant());
      feed.state(new FeedState.Connected(), times.instant());
      var received = times.instant().plusSeconds(before ? 0 : 3);
      for (var bar : List.of(narrow, same, wider))
        feed.rows(List.of(bar), Arrival.stream(received));
      times.pass(Duration.ofSeconds(2));
      assertThat(marks.rows)
          .isEqualTo(before ? List.of(narrow, wide, wider) : List.of(narrow, wide, same, wider));
    }
  }

  private static BigDecimal price(int value) {
    return BigDecimal.valueOf(value);
  }

  @Test
  void whatCannotBeFetchedIsAGapAndNothingIsClosedByGuess() {
    var feed = feed(true);
    refusal = Optional.of("banned");
    comes(feed, bar(0, 1, false), bar(2, 4, false));
    times.pass(Duration.ofSeconds(30));
    assertThat(told.rows).containsExactly(bar(0, 1, false), bar(2, 4, false));
    var gap = (FeedState.Gap) told.states.getLast();
    assertThat(gap.range().start()).isEqualTo(bar(0, 1, false).time());
    assertThat(gap.range().end()).isEqualTo(bar(2, 1, false).time());
    assertThat(gap.reason()).contains("banned");
  }

  @Test
  void aBarThatComesBeforeTheConnectionIsBackIsNotKeptBack() {
    var feed = feed(true);
    feed.state(new FeedState.Desynced("lost"), times.instant());
    comes(feed, bar(0, 1, false));
    feed.state(new FeedState.Connected(), times.instant());
    assertThat(told.rows).containsExactly(bar(0, 1, false));
    assertThat(told.stateNames()).endsWith("Connected", "Synced");
    assertThat(fetches).isZero();
  }

  @Test
  void ofThePastToldAtTheBeginningOnlyTheOpenBarIsTheFeeds() {
    var feed = feed(false);
    feed.rows(
        List.of(bar(0, 1, false), bar(1, 2, false), bar(2, 3, false)),
        new Arrival(START, Arrival.SNAPSHOT, Optional.empty()));
    assertThat(told.rows).containsExactly(bar(2, 3, false));
  }

  @Test
  void ofThePastThatComesWithAConnectionAnewNothingOlderIsToldThoughNothingCanBeFetched() {
    var feed = feed(false);
    comes(feed, bar(10, 1, false));
    feed.state(new FeedState.Desynced("lost"), times.instant());
    refusal = Optional.of("banned");
    times.pass(Duration.ofMinutes(2));
    feed.state(new FeedState.Connected(), times.instant());
    feed.rows(
        List.of(
            bar(8, 3, false),
            bar(9, 4, false),
            bar(10, 5, false),
            bar(11, 6, false),
            bar(12, 7, false)),
        new Arrival(START, Arrival.SNAPSHOT, Optional.empty()));
    times.pass(Duration.ofSeconds(30));
    assertThat(told.stateNames()).doesNotContain("Gap").endsWith("Synced");
    assertThat(told.rows)
        .containsExactly(
            bar(10, 1, false),
            bar(10, 5, false),
            bar(10, 5, true),
            bar(11, 6, false),
            bar(11, 6, true),
            bar(12, 7, false));
  }

  @Test
  void aCorrectionOfTheLastClosedBarIsTold() {
    var feed = feed(true);
    comes(feed, bar(0, 1, true), bar(1, 2, false), bar(0, 7, true), bar(0, 7, true));
    assertThat(told.rows).containsExactly(bar(0, 1, true), bar(1, 2, false), bar(0, 7, true));
  }

  @Test
  void whereNothingCanBeFetchedABarIsToldAtOnceBehindTheGap() {
    var out = new FeedSource<Candle>();
    out.attach(told);
    var feed = Continuous.bars(out, true, Refill.none("nobody keeps them"), times, times);
    feed.state(new FeedState.Connected(), times.instant());
    times.pass(Duration.ofMinutes(3));
    comes(feed, bar(0, 1, true), bar(3, 4, false));
    assertThat(told.rows).containsExactly(bar(0, 1, true), bar(3, 4, false));
    var gap = (FeedState.Gap) told.states.getLast();
    assertThat(gap.range().end()).isEqualTo(bar(3, 4, false).time());
    assertThat(gap.reason()).contains("nobody keeps them");
    feed.state(new FeedState.Desynced("lost"), times.instant());
    times.pass(Duration.ofMinutes(2));
    feed.state(new FeedState.Connected(), times.instant());
    comes(feed, bar(5, 6, false));
    assertThat(told.rows).endsWith(bar(5, 6, false));
    assertThat(told.stateNames()).endsWith("Desynced", "Connected", "Gap", "Synced");
  }

  /** As a stream tells it. */
  private static Candle streamed(Candle bar) {
    return new Candle(
        bar.interval(),
        bar.time(),
        bar.open().setScale(8),
        bar.high(),
        bar.low(),
        bar.close(),
        bar.volume(),
        Optional.of(BigDecimal.TEN),
        bar.trades(),
        bar.closed(),
        "stream");
  }

  private void breaks(FeedSink<Candle> feed, Duration pause) {
    feed.state(new FeedState.Desynced("lost"), times.instant());
    times.pass(pause);
    feed.state(new FeedState.Connected(), times.instant());
  }

  @Test
  void aClosedBarIsToldOnceWhetherTheStreamOrTheHistoryTellsItFirst() {
    var feed = feed(true);
    comes(feed, streamed(bar(0, 1, true)), streamed(bar(1, 2, false)));
    history.addAll(List.of(bar(0, 1, true), bar(1, 3, true), bar(2, 4, false)));
    breaks(feed, Duration.ofMinutes(2));
    // The history is asked while the stream tells the same.
    comes(feed, streamed(bar(1, 3, true)), streamed(bar(2, 5, false)));
    times.pass(Duration.ofSeconds(2));
    assertThat(told.rows.stream().filter(Candle::closed))
        .containsExactly(streamed(bar(0, 1, true)), bar(1, 3, true));
    assertThat(told.rows).endsWith(streamed(bar(2, 5, false)));

    comes(feed, streamed(bar(2, 6, true)));
    history.set(2, bar(2, 6, true));
    breaks(feed, Duration.ofSeconds(1));
    times.pass(Duration.ofSeconds(2));
    comes(feed, streamed(bar(2, 6, true)));
    assertThat(told.rows).endsWith(streamed(bar(2, 5, false)), streamed(bar(2, 6, true)));
  }

  @Test
  void aBarThatTheHistoryClosesOtherwiseThanTheStreamIsACorrection() {
    var feed = feed(true);
    history.add(bar(0, 1, true));
    comes(feed, streamed(bar(0, 1, false)));
    breaks(feed, Duration.ofMinutes(1));
    times.pass(Duration.ofSeconds(2));
    comes(feed, streamed(bar(0, 2, true)));
    assertThat(told.rows)
        .containsExactly(streamed(bar(0, 1, false)), bar(0, 1, true), streamed(bar(0, 2, true)));
  }

  @Test
  void aBarThatWasToldBeforeAGapIsNotToldBehindIt() {
    var feed = feed(true);
    refusal = Optional.of("banned");
    comes(feed, bar(0, 1, true));
    breaks(feed, Duration.ofMinutes(3));
    times.pass(Duration.ofSeconds(30));
    comes(feed, streamed(bar(0, 1, true)), bar(3, 4, false));
    assertThat(told.rows).containsExactly(bar(0, 1, true), bar(3, 4, false));
  }

  @Test
  void aBarThatIsStillOpenAfterABreakIsNoGap() {
    for (boolean marked : new boolean[] {true, false}) {
      told.rows.clear();
      told.states.clear();
      var feed = feed(marked);
      refusal = Optional.of("banned");
      int minute = (int) Duration.between(START, times.instant()).toMinutes();
      comes(feed, bar(minute, 1, false));
      breaks(feed, Duration.ofSeconds(20));
      comes(feed, bar(minute, 2, false));
      times.pass(Duration.ofSeconds(40));
      comes(feed, bar(minute, 3, false));
      if (marked) comes(feed, bar(minute, 3, true));
      comes(feed, bar(minute + 1, 4, false));
      assertThat(told.stateNames()).doesNotContain("Gap").endsWith("Synced");
      assertThat(told.rows)
          .containsExactly(
              bar(minute, 1, false),
              bar(minute, 2, false),
              bar(minute, 3, false),
              bar(minute, 3, true),
              bar(minute + 1, 4, false));
    }
  }

  @Test
  void theNextBarAfterAClosedOneIsNoGap() {
    var feed = feed(true);
    refusal = Optional.of("banned");
    comes(feed, bar(0, 1, true));
    breaks(feed, Duration.ofSeconds(70));
    comes(feed, bar(1, 2, false));
    times.pass(Duration.ofSeconds(20));
    assertThat(told.stateNames()).doesNotContain("Gap");
    assertThat(told.rows).containsExactly(bar(0, 1, true), bar(1, 2, false));
  }

  @Test
  void aBarThatMayHaveClosedUnseenIsFetchedWhenTheNextOneComes() {
    var feed = feed(false);
    refusal = Optional.of("banned");
    comes(feed, bar(0, 1, false));
    breaks(feed, Duration.ofSeconds(20));
    times.pass(Duration.ofSeconds(20));
    assertThat(told.stateNames()).doesNotContain("Gap").endsWith("Synced");
    refusal = Optional.empty();
    history.add(bar(0, 7, true));
    times.pass(Duration.ofSeconds(20));
    comes(feed, bar(1, 8, false));
    times.pass(Duration.ofSeconds(2));
    assertThat(told.stateNames()).doesNotContain("Gap");
    assertThat(told.rows).containsExactly(bar(0, 1, false), bar(0, 7, true), bar(1, 8, false));
  }

  @Test
  void aGapIsOfTheBarsThatClosedUnseenOnly() {
    var feed = feed(true);
    refusal = Optional.of("banned");
    comes(feed, bar(0, 1, true));
    breaks(feed, Duration.ofSeconds(200));
    comes(feed, bar(3, 4, false));
    times.pass(Duration.ofSeconds(20));
    var gap =
        told.states.stream().filter(FeedState.Gap.class::isInstance).map(FeedState.Gap.class::cast);
    assertThat(gap.map(FeedState.Gap::range))
        .containsExactly(new TimeRange(bar(1, 0, true).time(), bar(3, 0, true).time()));
  }
}
