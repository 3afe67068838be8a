package io.tradeflood.history;

import io.tradeflood.model.Interval;
import io.tradeflood.model.TimeRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A piece of a grid, by the numbers of its points.
 *
 * @param start the first one inside
 * @param end the first one after it; never before the start
 */
record Span(long start, long end) {
  static Span of(Interval grid, TimeRange range) {
    return new Span(grid.index(grid.ceil(range.start())), grid.index(grid.ceil(range.end())));
  }

  TimeRange range(Interval grid) {
    return new TimeRange(grid.at(start), grid.at(end));
  }

  long rows() {
    return end - start;
  }

  boolean contains(Span other) {
    return other.start >= start && other.end <= end;
  }

  /** What of it lies from the point on. */
  Span from(long point) {
    return new Span(Math.min(Math.max(start, point), end), end);
  }

  /** What of it lies before the point. */
  Span until(long point) {
    return new Span(start, Math.max(Math.min(end, point), start));
  }

  /** Pages of the size, counted from an origin at or before the start, cut to this span. */
  List<Span> pages(long origin, int size) {
    var pages = new ArrayList<Span>();
    for (long at = origin; at < end; at += size)
      pages.add(new Span(Math.max(at, start), Math.min(at + size, end)));
    return pages;
  }

  /** What of each lies inside the bounds; by start, empty ones left out. */
  static List<Span> clip(List<Span> spans, Span bounds) {
    return spans.stream()
        .map(s -> s.from(bounds.start).until(bounds.end))
        .filter(s -> s.rows() > 0)
        .sorted(Comparator.comparingLong(Span::start).thenComparingLong(Span::end))
        .toList();
  }

  /** Ascending, without overlap or touch. */
  static List<Span> union(List<Span> spans) {
    var union = new ArrayList<Span>();
    for (Span next : spans.stream().sorted(Comparator.comparingLong(Span::start)).toList()) {
      if (union.isEmpty() || union.getLast().end < next.start) union.add(next);
      else
        union.set(
            union.size() - 1,
            new Span(union.getLast().start, Math.max(union.getLast().end, next.end)));
    }
    return union;
  }

  /** What of the united spans lies in none of the others. */
  static List<Span> without(List<Span> united, List<Span> others) {
    var left = new ArrayList<Span>(united);
    for (Span other : others) {
      var next = new ArrayList<Span>();
      for (Span span : left) {
        if (span.until(other.start).rows() > 0) next.add(span.until(other.start));
        if (span.from(other.end).rows() > 0) next.add(span.from(other.end));
      }
      left = next;
    }
    return left;
  }

  static boolean covers(List<Span> covering, List<Span> covered) {
    return without(union(covered), covering).isEmpty();
  }
}
