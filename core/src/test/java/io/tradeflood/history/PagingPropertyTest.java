package io.tradeflood.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradeflood.model.Interval;
import io.tradeflood.model.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The paging engine beside the naive one, over random declarations and ranges. */
class PagingPropertyTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");

  /** A case: what is declared, and how far back from now each range starts and how long it is. */
  record Case(Pages pages, List<TimeRange> ranges) {
    @Override
    public String toString() {
      return "%s sizes %s recent %s span %s reach %s: %s"
          .formatted(
              pages.interval(),
              pages.sizes(),
              pages.recent().map(r -> r.length() + " " + r.pages().sizes()),
              pages.reach().span(),
              pages.reach(),
              ranges);
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    return intervals()
        .flatMap(interval -> Combinators.combine(pages(interval), ranges(interval)).as(Case::new));
  }

  private Arbitrary<Interval> intervals() {
    return Arbitraries.of(
        Interval.M1,
        Interval.M5,
        Interval.H1,
        Interval.D1,
        Interval.D3,
        Interval.W1,
        Interval.MONTH1);
  }

  private Arbitrary<Pages> pages(Interval interval) {
    Duration bar = interval.longest();
    var sizes =
        Arbitraries.of(1, 2, 7, 10, 99, 100, 499, 1000, 1500).set().ofMinSize(1).ofMaxSize(4);
    var span = Arbitraries.integers().between(1, 300).optional(0.3);
    var retention = Arbitraries.integers().between(1, 3000).optional(0.3);
    var recent = Arbitraries.integers().between(1, 2000).optional(0.4);
    var price = Arbitraries.integers().between(0, 3);
    var closed = Arbitraries.of(true, false);
    return Combinators.combine(sizes, span, retention, recent, price, closed)
        .as(
            (size, longest, kept, era, cost, closedOnly) -> {
              Pages pages = priced(Pages.grid(interval).sizes(size.toArray(Integer[]::new)), cost);
              if (longest.isPresent()) pages = pages.span(bar.multipliedBy(longest.get()));
              if (kept.isPresent()) pages = pages.retention(bar.multipliedBy(kept.get()));
              if (era.isPresent())
                pages =
                    pages.recent(
                        bar.multipliedBy(era.get()), near -> near.sizes(cost == 0 ? 50 : 400));
              return closedOnly ? pages.closedOnly() : pages;
            });
  }

  private static Pages priced(Pages pages, int kind) {
    Duration minute = Duration.ofMinutes(1);
    return switch (kind) {
      case 0 -> pages.cost(_ -> 1, 20, minute);
      case 1 ->
          pages.cost(
              limit -> limit < 100 ? 1 : limit < 500 ? 2 : limit <= 1000 ? 5 : 10, 2400, minute);
      case 2 -> pages.cost(limit -> limit, 100_000, minute);
      default -> pages.cost(limit -> limit < 50 ? 20 : 4, 100, minute);
    };
  }

  private Arbitrary<List<TimeRange>> ranges(Interval interval) {
    var back = Arbitraries.integers().between(0, 4000);
    var rows = Arbitraries.integers().between(0, 2500);
    var offset = Arbitraries.integers().between(0, 59);
    return Combinators.combine(back, rows, offset)
        .as(
            (bars, length, seconds) -> {
              Instant start = interval.plus(interval.floor(NOW), -bars).plusSeconds(seconds);
              return new TimeRange(start, interval.plus(interval.ceil(start), length));
            })
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  @Property(tries = 2_000)
  void plannedResultIsTheNaiveResultAndNeverCostsMore(@ForAll("cases") Case given) {
    for (Aim aim : Aim.values()) {
      PagePlan planned = Paging.plan(given.pages(), given.ranges(), NOW, aim);
      var source = new Source(given.pages());
      planned.pages().forEach(source::fetch);
      var naive = new Naive(given.pages(), planned, source.pagesOfRecent());
      var wanted = new TreeSet<Long>();
      for (TimeRange range : given.ranges()) wanted.addAll(naive.rows(range));
      assertThat(source.rows).as("rows").isEqualTo(wanted);
      assertThat((long) planned.calls()).as("calls").isLessThanOrEqualTo(naive.calls);
      assertThat(planned.weight()).as("weight").isEqualTo(source.weight);
      assertThat(source.weight).as("weight").isLessThanOrEqualTo(naive.weight);
      cutsAndPagesAreTheRangesExactly(given, planned);
    }
  }

  private static void cutsAndPagesAreTheRangesExactly(Case given, PagePlan planned) {
    Interval grid = given.pages().interval();
    var asked = new TreeSet<Long>();
    for (TimeRange range : given.ranges()) indexes(grid, range).forEach(asked::add);
    var told = new ArrayList<Long>();
    for (Page page : planned.pages()) indexes(grid, page.range()).forEach(told::add);
    for (Cut cut : planned.cuts()) indexes(grid, cut.range()).forEach(told::add);
    assertThat(told).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(told)).isEqualTo(asked);
  }

  static LongStream indexes(Interval grid, TimeRange range) {
    return LongStream.range(
        grid.index(grid.ceil(range.start())), grid.index(grid.ceil(range.end())));
  }

  /**
   * Each range alone, from its start, with pages of the planned size; it has a memory of nothing.
   */
  private static final class Naive {
    private final Pages pages;
    private final PagePlan planned;
    private final boolean usesRecent;
    private long calls;
    private long weight;

    Naive(Pages pages, PagePlan planned, boolean usesRecent) {
      this.pages = pages;
      this.planned = planned;
      this.usesRecent = usesRecent;
    }

    Set<Long> rows(TimeRange range) {
      var rows = new HashSet<Long>();
      var far = new ArrayList<Long>();
      var near = new ArrayList<Long>();
      indexes(pages.interval(), range)
          .filter(this::canBeHad)
          .forEach(row -> (isNear(row) ? near : far).add(row));
      walk(pages, far, planned.size());
      pages.recent().ifPresent(recent -> walk(recent.pages(), near, planned.recentSize()));
      rows.addAll(far);
      rows.addAll(near);
      return rows;
    }

    private boolean canBeHad(long row) {
      Instant time = pages.interval().at(row);
      boolean kept = pages.reach().retention().map(r -> !time.isBefore(NOW.minus(r))).orElse(true);
      boolean opens =
          pages.reach().closedOnly()
              && (pages.recent().isEmpty()
                  || time.isBefore(NOW.minus(pages.recent().get().length()).plusSeconds(60)));
      long end = pages.interval().index(NOW) + (opens ? 0 : 1);
      return kept && row < end;
    }

    private boolean isNear(long row) {
      return usesRecent
          && !pages
              .interval()
              .at(row)
              .isBefore(NOW.minus(pages.recent().get().length()).plusSeconds(60));
    }

    private void walk(Pages pages, List<Long> rows, int size) {
      for (int at = 0; at < rows.size(); at += size) {
        int count = Math.min(size, rows.size() - at);
        long least = pages.price().of().applyAsLong(count);
        for (int limit : pages.sizes())
          if (limit > count) least = Math.min(least, pages.price().of().applyAsLong(limit));
        calls++;
        weight += least;
      }
    }
  }

  /** An exchange that dies on any call that a good engine does not make. */
  private static final class Source {
    private final Pages pages;
    private final Set<Page> asked = new HashSet<>();
    private final TreeSet<Long> rows = new TreeSet<>();
    private long weight;
    private boolean recent;

    Source(Pages pages) {
      this.pages = pages;
    }

    boolean pagesOfRecent() {
      return recent;
    }

    void fetch(Page page) {
      Pages used = page.recent() ? pages.recent().orElseThrow().pages() : pages;
      recent |= page.recent();
      assertThat(asked.add(page)).as("asked twice: %s", page).isTrue();
      long count = indexes(used.interval(), page.range()).count();
      assertThat(count).as("empty page").isPositive();
      assertThat((long) page.limit()).isBetween(count, (long) used.maximum());
      used.reach()
          .span()
          .filter(_ -> count > 1)
          .ifPresent(
              span -> assertThat(page.range().duration()).as("span").isLessThanOrEqualTo(span));
      if (page.recent())
        assertThat(page.range().start())
            .as("recent")
            .isAfterOrEqualTo(NOW.minus(pages.recent().orElseThrow().length()));
      weight += used.price().of().applyAsLong(page.limit());
      indexes(used.interval(), page.range())
          .forEach(row -> assertThat(rows.add(row)).as("row twice: %s", row).isTrue());
    }
  }
}
