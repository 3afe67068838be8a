package io.tradeflood;

import io.tradeflood.model.Interval;
import io.tradeflood.model.Row;
import io.tradeflood.model.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts together what is known of a history, piece by piece. */
final class CoverageLine {
  private final List<Coverage> pieces = new ArrayList<>();

  void add(Coverage piece) {
    if (piece.range().isEmpty()) return;
    if (!pieces.isEmpty()) {
      Coverage last = pieces.getLast();
      if (last.range().end().equals(piece.range().start())
          && last.state() == piece.state()
          && last.reason().equals(piece.reason())) {
        pieces.set(
            pieces.size() - 1,
            new Coverage(
                new TimeRange(last.range().start(), piece.range().end()),
                last.state(),
                last.reason()));
        return;
      }
    }
    pieces.add(piece);
  }

  void add(TimeRange range, Coverage.State state) {
    add(new Coverage(range, state, ""));
  }

  /** Ascending, what is alike and touches in one. */
  List<Coverage> pieces() {
    var line = new CoverageLine();
    pieces.stream().sorted(Comparator.comparing(piece -> piece.range().start())).forEach(line::add);
    return List.copyOf(line.pieces);
  }

  /**
   * What a page of bars says: which points of the grid it has, which are empty, which may change.
   */
  static List<Coverage> ofBars(Interval grid, TimeRange page, List<?> bars, Instant settled) {
    var line = new CoverageLine();
    Instant held = page.start(); // from here to where we are each bar follows the one before it
    Instant at = page.start();
    for (Object one : bars) {
      Instant start = ((Row) one).time();
      Instant end = grid.next(start);
      boolean settles = end.isAfter(settled);
      if (settles || !start.equals(at)) {
        line.add(new TimeRange(held, at), Coverage.State.HELD);
        line.gap(new TimeRange(at, start), grid, settled);
        if (settles) line.add(new TimeRange(start, end), Coverage.State.UNSETTLED);
        held = settles ? end : start;
      }
      at = end;
    }
    line.add(new TimeRange(held, at), Coverage.State.HELD);
    if (at.isBefore(page.end())) line.gap(new TimeRange(at, page.end()), grid, settled);
    return line.pieces;
  }

  private void gap(TimeRange gap, Interval grid, Instant settled) {
    Instant edge = settled.equals(Instant.MAX) ? gap.end() : grid.floor(settled);
    if (edge.isAfter(gap.end())) edge = gap.end();
    if (edge.isBefore(gap.start())) edge = gap.start();
    add(new TimeRange(gap.start(), edge), Coverage.State.EMPTY);
    add(new TimeRange(edge, gap.end()), Coverage.State.UNSETTLED);
  }

  /** What a page of other rows says. */
  static List<Coverage> ofRows(TimeRange page, List<?> rows, Instant settled) {
    var line = new CoverageLine();
    Instant edge = settled.isBefore(page.start()) ? page.start() : settled;
    if (edge.isAfter(page.end())) edge = page.end();
    line.add(
        new TimeRange(page.start(), edge),
        rows.isEmpty() ? Coverage.State.EMPTY : Coverage.State.HELD);
    line.add(new TimeRange(edge, page.end()), Coverage.State.UNSETTLED);
    return line.pieces;
  }
}
