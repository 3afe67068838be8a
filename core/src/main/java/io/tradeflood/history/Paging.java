package io.tradeflood.history;

import io.tradeflood.model.Interval;
import io.tradeflood.model.TimeRange;
import io.tradeflood.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The paging engine: turns the ranges that are wanted of one series into pages. Pure.
 *
 * <p>Overlapping ranges are united, so that each row is fetched once. Page sizes are chosen for the
 * whole, by what limits: see {@link Aim}. Pages lie on a fixed grid, multiples of the size counted
 * from the epoch, so that other requests share them, but only where that takes neither more calls
 * nor more weight than starting at the range's own start. Never are there more calls, nor more
 * weight, than with pages of that size for each range alone.
 */
public final class Paging {
  /** Up to this part of a window's capacity, the limit makes nobody wait. */
  private static final int FREE_PART = 4;

  /** So long before the recent part ends nothing is asked of it: the clock runs while we plan. */
  private static final Duration RECENT_MARGIN = Duration.ofMinutes(1);

  private Paging() {}

  /** What a window means on a grid: bounds are on the grid, and the present is no finer than it. */
  public static TimeRange range(Pages pages, Window window, Instant now) {
    Interval grid = pages.interval();
    Instant present = opens(pages) ? grid.next(now) : grid.floor(now);
    Instant end = window.to().map(grid::ceil).orElse(present);
    if (window.from().isEmpty()) {
      if (end.isAfter(present)) end = present; // the newest rows are those that have happened
      int rows = window.limit().orElse(Window.DEFAULT_LIMIT);
      return new TimeRange(grid.plus(end, -rows), end);
    }
    Instant start = grid.ceil(window.from().get());
    if (window.limit().isPresent()) {
      Instant full = grid.plus(start, window.limit().getAsInt());
      end = full.isBefore(end) ? full : end;
    }
    return new TimeRange(start, end.isBefore(start) ? start : end);
  }

  private static boolean opens(Pages pages) {
    return !pages.reach().closedOnly()
        || pages.recent().map(recent -> !recent.pages().reach().closedOnly()).orElse(false);
  }

  /** Plans for what limits, if these ranges are all that is asked of the limit. */
  public static PagePlan plan(Pages pages, List<TimeRange> ranges, Instant now) {
    PagePlan quick = plan(pages, ranges, now, Aim.FEWEST_CALLS);
    return aim(quick.weight(), pages.price()) == Aim.FEWEST_CALLS
        ? quick
        : plan(pages, ranges, now, Aim.LEAST_WEIGHT);
  }

  /**
   * What limits.
   *
   * @param weight what everything that is asked of the limit takes, with the fewest calls
   */
  public static Aim aim(long weight, Pages.Price price) {
    return weight <= price.capacity() / FREE_PART ? Aim.FEWEST_CALLS : Aim.LEAST_WEIGHT;
  }

  /** Plans with a given aim. */
  public static PagePlan plan(Pages pages, List<TimeRange> ranges, Instant now, Aim aim) {
    Interval grid = pages.interval();
    var wanted = ranges.stream().map(r -> Span.of(grid, r)).filter(s -> s.rows() > 0).toList();
    Span all = reach(pages, now);
    Layout best = layout(pages, Span.clip(wanted, all), aim, false);
    int recentSize = best.size();
    List<Span> had = List.of(all);
    List<Page> made = best.pages();
    long weight = best.weight();
    if (pages.recent().isPresent()) {
      Pages recentPages = pages.recent().get().pages();
      Instant edge = now.minus(pages.recent().get().length()).plus(RECENT_MARGIN);
      Span near = reach(recentPages, now).from(grid.index(grid.ceil(edge)));
      Span far = all.until(near.start());
      Layout old = layout(pages, Span.clip(wanted, far), aim, false);
      Layout recent = layout(recentPages, Span.clip(wanted, near), aim, true);
      boolean both = Span.covers(List.of(all), Span.clip(wanted, near));
      if (!both || better(aim, old, recent, best)) {
        made = new ArrayList<>(old.pages());
        made.addAll(recent.pages());
        weight = old.weight() + recent.weight();
        best = old;
        recentSize = recent.size();
        had = List.of(far, near);
      }
    }
    return new PagePlan(made, cuts(pages, wanted, had, now), weight, best.size(), recentSize);
  }

  private static boolean better(Aim aim, Layout old, Layout recent, Layout whole) {
    long calls = old.pages().size() + recent.pages().size();
    long weight = old.weight() + recent.weight();
    return aim == Aim.FEWEST_CALLS
        ? calls < whole.pages().size()
            || (calls == whole.pages().size() && weight <= whole.weight())
        : weight < whole.weight() || (weight == whole.weight() && calls <= whole.pages().size());
  }

  /** The part of the grid that pages of this kind can give. */
  private static Span reach(Pages pages, Instant now) {
    Interval grid = pages.interval();
    long first = Long.MIN_VALUE;
    if (pages.reach().since().isPresent())
      first = grid.index(grid.ceil(pages.reach().since().get()));
    if (pages.reach().retention().isPresent())
      first = Math.max(first, grid.index(grid.ceil(now.minus(pages.reach().retention().get()))));
    long end = grid.index(now) + (pages.reach().closedOnly() ? 0 : 1);
    return new Span(Math.min(first, end), end);
  }

  private static List<Cut> cuts(Pages pages, List<Span> wanted, List<Span> had, Instant now) {
    Interval grid = pages.interval();
    long open = grid.index(now);
    var cuts = new ArrayList<Cut>();
    for (Span missing : Span.without(Span.union(wanted), had)) {
      if (missing.start() < open)
        cuts.add(
            new Cut(missing.until(open).range(grid), Cut.Why.BEYOND_REACH, reachWords(pages, now)));
      if (missing.start() <= open && missing.end() > open)
        cuts.add(
            new Cut(
                new Span(open, open + 1).range(grid),
                Cut.Why.OPEN,
                "the bar is still open, and only closed ones are given"));
      if (missing.end() > open + 1)
        cuts.add(new Cut(missing.from(open + 1).range(grid), Cut.Why.FUTURE, "lies in the future"));
    }
    return cuts;
  }

  private static String reachWords(Pages pages, Instant now) {
    var reach = pages.reach();
    Instant since =
        pages.interval().at(Math.min(reach(pages, now).start(), pages.interval().index(now)));
    return reach.retention().isPresent()
        ? "is kept for %s only: ask from %s on".formatted(words(reach.retention().get()), since)
        : "begins at %s: ask from there on".formatted(since);
  }

  private static String words(Duration length) {
    return length.toHours() % 24 == 0 && length.toDays() > 1
        ? length.toDays() + " days"
        : length.toMinutes() % 60 == 0 ? length.toHours() + " hours" : length.toString();
  }

  /** Chooses the size, then lays out each united range. */
  private static Layout layout(Pages pages, List<Span> wanted, Aim aim, boolean recent) {
    var united = Span.union(wanted);
    var tariff = new Tariff(pages);
    int size = tariff.choose(united, aim);
    var parts = new ArrayList<Span>();
    for (Span span : united)
      parts.addAll(tariff.lay(span, wanted.stream().filter(span::contains).toList(), size));
    var made = new ArrayList<Page>();
    long weight = 0;
    for (Span part : parts) {
      int limit = tariff.limit(part.rows());
      weight += tariff.weight(limit);
      made.add(new Page(part.range(pages.interval()), limit, pages.ends(), recent));
    }
    return new Layout(made, weight, size);
  }

  private record Layout(List<Page> pages, long weight, int size) {}

  /** What pages of one kind cost, and how they are laid. */
  private record Tariff(Pages pages, List<Integer> sizes) {
    Tariff(Pages pages) {
      this(
          pages,
          pages.sizes().stream()
              .map(size -> Math.min(size, within(pages)))
              .distinct()
              .sorted()
              .toList());
    }

    /** How many rows the longest page may cover, however long the months are. */
    private static int within(Pages pages) {
      if (pages.reach().span().isEmpty()) return pages.maximum();
      long row = pages.interval().longest().toMillis();
      return (int) Math.clamp(pages.reach().span().get().toMillis() / row, 1, pages.maximum());
    }

    long weight(int limit) {
      return pages.price().of().applyAsLong(limit);
    }

    /** The cheapest limit that is enough for so many rows. */
    int limit(long rows) {
      int best = Math.toIntExact(rows);
      for (int size : pages.sizes()) if (size > rows && weight(size) < weight(best)) best = size;
      return best;
    }

    long cost(long rows) {
      return rows == 0 ? 0 : weight(limit(rows));
    }

    int choose(List<Span> united, Aim aim) {
      Comparator<Total> order =
          aim == Aim.FEWEST_CALLS
              ? Comparator.comparingLong(Total::calls).thenComparingLong(Total::weight)
              : Comparator.comparingLong(Total::weight).thenComparingLong(Total::calls);
      return sizes.stream()
          .map(size -> total(united, size))
          .min(order.thenComparing(Comparator.comparingInt(Total::size).reversed()))
          .orElseThrow()
          .size();
    }

    private Total total(List<Span> united, int size) {
      long calls = 0;
      long weight = 0;
      for (Span span : united) {
        long full = span.rows() / size;
        long rest = span.rows() % size;
        calls += full + (rest > 0 ? 1 : 0);
        weight += full * cost(size) + cost(rest);
      }
      return new Total(size, calls, weight);
    }

    private record Total(int size, long calls, long weight) {}

    /** Pages for a united range; the best of three ways, none dearer than each range alone. */
    List<Span> lay(Span united, List<Span> wanted, int size) {
      var alone = new ArrayList<Span>();
      var rest = new ArrayList<Span>();
      long done = united.start();
      for (Span one : wanted) {
        for (Span page : one.pages(one.start(), size)) {
          alone.add(page);
          if (page.end() > done) rest.add(page.from(done));
        }
        done = Math.max(done, one.end());
      }
      var plain = united.pages(united.start(), size);
      var grid = united.pages(Math.floorDiv(united.start(), size) * (long) size, size);
      if (noDearer(grid, plain) && noDearer(grid, alone)) return grid;
      return noDearer(plain, alone) ? plain : rest;
    }

    private boolean noDearer(List<Span> one, List<Span> other) {
      return one.size() <= other.size() && sum(one) <= sum(other);
    }

    private long sum(List<Span> parts) {
      long sum = 0;
      for (Span part : parts) sum += cost(part.rows());
      return sum;
    }
  }
}
