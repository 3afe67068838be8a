package io.tradeflood;

import io.tradeflood.model.Row;
import io.tradeflood.model.TimeRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Brings the rows of a page into order. */
final class Tidy {
  private static final Comparator<Row> ASCENDING =
      Comparator.comparing(Row::time).thenComparing(Row::id, Tidy::compareIds);

  private Tidy() {}

  /** What tells a row from all others of its history. */
  record Key(java.time.Instant time, String id) {
    static Key of(Row row) {
      return new Key(row.time(), row.id());
    }
  }

  /** The rows in the range, ascending, each once; of double ones the last that was given. */
  static <M> List<M> rows(List<M> rows, TimeRange range) {
    var inside = new ArrayList<Row>(rows.size());
    boolean sorted = true;
    Row before = null;
    for (M one : rows) {
      var row = (Row) one;
      if (!range.contains(row.time())) continue;
      if (before != null && !before.time().isBefore(row.time())) sorted = false;
      inside.add(row);
      before = row;
    }
    return cast(sorted ? inside : sorted(inside));
  }

  private static List<Row> sorted(List<Row> rows) {
    boolean backwards = rows.size() > 1 && rows.getFirst().time().isAfter(rows.getLast().time());
    var ordered = new ArrayList<Row>(backwards ? rows.reversed() : rows);
    ordered.sort(ASCENDING);
    Set<Key> seen = new HashSet<>();
    var once = new ArrayList<Row>(ordered.size());
    for (Row row : ordered) {
      if (seen.add(Key.of(row))) once.add(row);
      else replace(once, row);
    }
    return once;
  }

  private static void replace(List<Row> rows, Row row) {
    for (int i = rows.size() - 1; i >= 0; i--)
      if (Key.of(rows.get(i)).equals(Key.of(row))) {
        rows.set(i, row);
        return;
      }
  }

  /** Ids that are numbers count as such; others keep the exchange's order. */
  private static int compareIds(String one, String other) {
    if (!isNumber(one) || !isNumber(other)) return 0;
    return one.length() != other.length()
        ? Integer.compare(one.length(), other.length())
        : one.compareTo(other);
  }

  private static boolean isNumber(String id) {
    if (id.isEmpty()) return false;
    for (int i = 0; i < id.length(); i++)
      if (id.charAt(i) < '0' || id.charAt(i) > '9') return false;
    return true;
  }

  @SuppressWarnings("unchecked") // the rows came as a list of M
  private static <M> List<M> cast(List<Row> rows) {
    return (List<M>) rows;
  }
}
