package io.tradeflood.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.model.Interval;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PagingTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");

  /** Klines of Binance's USD-M futures. */
  private static final Pages KLINES =
      Pages.grid(Interval.M1)
          .sizes(99, 499, 1000, 1500)
          .cost(
              limit -> limit < 100 ? 1 : limit < 500 ? 2 : limit <= 1000 ? 5 : 10,
              2400,
              Duration.ofMinutes(1))
          .ends(true, true);

  private static TimeRange range(String text) {
    return TimeRange.parse(text);
  }

  private static List<String> ranges(PagePlan plan) {
    return plan.pages().stream().map(page -> page.range().toString()).toList();
  }

  @Test
  void aYearOfMinutesTakesTheSizeThatCostsLeast() {
    PagePlan year = Paging.plan(KLINES, List.of(range("2025-01-01/2026-01-01")), NOW);
    assertThat(year.size()).isEqualTo(499);
    assertThat(year.weight()).isEqualTo(2108);
    assertThat(year.calls()).isEqualTo(1054);
    PagePlan quick =
        Paging.plan(KLINES, List.of(range("2025-01-01/2026-01-01")), NOW, Aim.FEWEST_CALLS);
    assertThat(quick.calls()).isEqualTo(351);
    assertThat(quick.weight()).isLessThanOrEqualTo(3510);
  }

  @Test
  void aSmallRangeIsOneCall() {
    PagePlan day = Paging.plan(KLINES, List.of(range("2025-01-01/P1D")), NOW);
    assertThat(day.calls()).isEqualTo(1);
    assertThat(day.pages().getFirst().limit()).isEqualTo(1440);
  }

  @Test
  void ofAsFewCallsTheCheapestSizeIsTaken() {
    PagePlan plan =
        Paging.plan(KLINES, List.of(range("2025-01-01T00:00Z/PT1600M")), NOW, Aim.FEWEST_CALLS);
    assertThat(plan.calls()).isEqualTo(2);
    assertThat(plan.weight()).isEqualTo(10);
  }

  @Test
  void theLastPageAsksForJustEnough() {
    PagePlan plan =
        Paging.plan(KLINES, List.of(range("2025-01-01T00:00Z/PT520M")), NOW, Aim.LEAST_WEIGHT);
    assertThat(plan.pages()).extracting(Page::limit).containsExactlyInAnyOrder(499, 21);
    assertThat(plan.weight()).isEqualTo(3);
  }

  @Test
  void aRangeIsRewrittenToPagesOnAFixedGridSoOverlappingRangesSharePages() {
    Pages flat = Pages.grid(Interval.M1).sizes(1000);
    var first = Paging.plan(flat, List.of(range("2025-01-01T01:00Z/PT9700M")), NOW);
    var second = Paging.plan(flat, List.of(range("2025-01-03T07:00Z/PT9500M")), NOW);
    var shared = List.copyOf(first.pages());
    assertThat(shared.stream().filter(second.pages()::contains).count()).isGreaterThanOrEqualTo(5);
    assertThat(first.calls()).isEqualTo(10);
    assertThat(second.calls()).isEqualTo(10);
  }

  @Test
  void theFixedGridIsLeftWhereItWouldCostACallMore() {
    Pages flat = Pages.grid(Interval.M1).sizes(1000);
    var plan = Paging.plan(flat, List.of(range("2025-01-01T00:01Z/PT3000M")), NOW);
    assertThat(plan.calls()).isEqualTo(3);
    assertThat(plan.pages().getFirst().range().start())
        .isEqualTo(Instant.parse("2025-01-01T00:01:00Z"));
  }

  @Test
  void aUnionNeverCostsMoreThanEachRangeAlone() {
    Pages dear =
        KLINES.sizes(1500); // 1000 rows cost 5 and 1500 cost 10: the union costs 15 in two pages
    var plan =
        Paging.plan(
            dear,
            List.of(range("2025-01-01T00:00Z/PT1000M"), range("2025-01-01T16:40Z/PT1000M")),
            NOW);
    assertThat(plan.weight()).isEqualTo(10);
    assertThat(plan.calls()).isEqualTo(2);
  }

  @Test
  void theLatestRowsAreTheTailPageForAllWhoAskWithinAnInterval() {
    Window latest = Window.latest(100);
    TimeRange early = Paging.range(KLINES, latest, Instant.parse("2026-03-04T05:06:00.001Z"));
    TimeRange late = Paging.range(KLINES, latest, Instant.parse("2026-03-04T05:06:59.999Z"));
    assertThat(early).isEqualTo(late).isEqualTo(range("2026-03-04T03:27:00Z/2026-03-04T05:07:00Z"));
    assertThat(Paging.plan(KLINES, List.of(early), NOW).pages())
        .singleElement()
        .satisfies(page -> assertThat(page.limit()).isEqualTo(100));
  }

  @Test
  void theNewestRowsBeforeAMomentToComeAreThoseOfNow() {
    var window =
        new Window(Optional.empty(), Optional.of(NOW.plusSeconds(86_400)), OptionalInt.of(3));
    assertThat(Paging.range(KLINES, window, NOW))
        .isEqualTo(Paging.range(KLINES, Window.latest(3), NOW));
  }

  @Test
  void fromAndALimitAreTheOldestRows() {
    var window =
        new Window(
            Optional.of(Instant.parse("2025-01-01T00:00:30Z")),
            Optional.of(Instant.parse("2025-06-01T00:00:00Z")),
            OptionalInt.of(3));
    assertThat(Paging.range(KLINES, window, NOW))
        .isEqualTo(range("2025-01-01T00:01:00Z/2025-01-01T00:04:00Z"));
  }

  @Test
  void whatIsNoLongerKeptIsCutWithAWord() {
    Pages kept = Pages.grid(Interval.H1).sizes(200).retention(Duration.ofDays(90));
    var plan = Paging.plan(kept, List.of(range("2025-01-01/2026-03-01")), NOW);
    assertThat(plan.cuts())
        .singleElement()
        .satisfies(
            cut -> {
              assertThat(cut.why()).isEqualTo(Cut.Why.BEYOND_REACH);
              assertThat(cut.range()).isEqualTo(range("2025-01-01/2025-12-04T06:00:00Z"));
              assertThat(cut.reason())
                  .isEqualTo("is kept for 90 days only: ask from 2025-12-04T06:00:00Z on");
            });
    assertThat(plan.pages().getFirst().range().start())
        .isEqualTo(Instant.parse("2025-12-04T06:00:00Z"));
  }

  @Test
  void theOpenBarIsCutWhereOnlyClosedOnesAreGiven() {
    Pages closed = Pages.grid(Interval.H1).sizes(200).closedOnly();
    var plan = Paging.plan(closed, List.of(range("2026-03-04T00:00Z/2026-03-04T08:00Z")), NOW);
    assertThat(ranges(plan)).containsExactly("2026-03-04T00:00:00Z/2026-03-04T05:00:00Z");
    assertThat(plan.cuts()).extracting(Cut::why).containsExactly(Cut.Why.OPEN, Cut.Why.FUTURE);
    assertThat(Paging.range(closed, Window.latest(2), NOW))
        .isEqualTo(range("2026-03-04T03:00:00Z/2026-03-04T05:00:00Z"));
  }

  @Test
  void noPageCoversMoreThanItsSpan() {
    Pages spans = Pages.grid(Interval.MONTH1).sizes(200).span(Duration.ofDays(90));
    var plan = Paging.plan(spans, List.of(range("2025-01-01/2026-01-01")), NOW);
    assertThat(plan.pages())
        .hasSize(6)
        .allSatisfy(
            page -> assertThat(page.range().duration()).isLessThanOrEqualTo(Duration.ofDays(90)));
  }

  @Test
  void weeksStartOnMonday() {
    var plan = Paging.plan(Pages.grid(Interval.W1), List.of(range("2025-01-01/2025-02-01")), NOW);
    assertThat(ranges(plan)).containsExactly("2025-01-06T00:00:00Z/2025-02-03T00:00:00Z");
  }

  @Test
  void theRecentPartIsHadByItsOwnPages() {
    Pages eras =
        Pages.grid(Interval.H1)
            .sizes(200)
            .recent(Duration.ofDays(30), recent -> recent.sizes(1000))
            .closedOnly();
    var plan = Paging.plan(eras, List.of(range("2026-01-01/2026-03-05")), NOW);
    assertThat(plan.cuts()).extracting(Cut::why).containsExactly(Cut.Why.FUTURE);
    assertThat(plan.pages()).filteredOn(Page::recent).hasSize(1);
    assertThat(plan.pages())
        .filteredOn(page -> !page.recent())
        .hasSize(4)
        .allSatisfy(page -> assertThat(page.limit()).isLessThanOrEqualTo(200));
    assertThat(Paging.range(eras, Window.latest(5), NOW).end())
        .isEqualTo(Instant.parse("2026-03-04T06:00:00Z"));
  }

  @Test
  void theOldWayIsKeptForTheRecentPartWhereItCostsNoMore() {
    Pages eras =
        Pages.grid(Interval.H1)
            .sizes(200)
            .recent(Duration.ofDays(30), recent -> recent.sizes(1000));
    var plan = Paging.plan(eras, List.of(range("2026-02-01/2026-02-05")), NOW);
    assertThat(plan.pages()).singleElement().satisfies(p -> assertThat(p.recent()).isFalse());
  }

  @Test
  void boundsAreSentAsTheEndpointReadsThem() {
    var page = Paging.plan(KLINES, List.of(range("2025-01-01/P1D")), NOW).pages().getFirst();
    assertThat(page.start()).isEqualTo(Instant.parse("2025-01-01T00:00:00Z"));
    assertThat(page.end()).isEqualTo(Instant.parse("2025-01-01T23:59:59.999Z"));
  }
}
