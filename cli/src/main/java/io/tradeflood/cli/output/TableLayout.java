package io.tradeflood.cli.output;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How wide each column of a table is and how its values are written, taken from some rows. Columns
 * that are empty in all of these are left out, and those that do not fit into the width.
 */
final class TableLayout {
  /** The longest text that is written whole. */
  private static final int LONGEST = 40;

  private static final String GAP = "  ";

  private final List<Cell> cells;
  private final List<Column> empty;
  private final List<String> left;

  private TableLayout(List<Cell> cells, List<Column> empty, List<String> left) {
    this.cells = cells;
    this.empty = empty;
    this.left = left;
  }

  /**
   * One column as it is laid out.
   *
   * @param digits of numbers, how many follow the point; of times, those of the second, where -3 is
   *     a whole day, and -2 a whole minute
   */
  private record Cell(Column column, int width, int digits) {
    String text(Object row) {
      return TableLayout.text(column, column.value(row), digits);
    }

    String padded(String text) {
      String fitting = text.length() > width ? text.substring(0, width - 1) + "…" : text;
      String space = " ".repeat(width - fitting.length());
      return column.kind() == Column.Kind.NUMBER ? space + fitting : fitting + space;
    }
  }

  static TableLayout of(Heading heading, List<?> rows, int width) {
    var cells = new ArrayList<Cell>();
    var empty = new ArrayList<Column>();
    var left = new ArrayList<String>();
    int taken = 0;
    for (Column column : Column.of(heading.record())) {
      if (rows.stream().allMatch(row -> column.value(row) == null)) {
        empty.add(column);
        continue;
      }
      int digits = digits(column, rows);
      int longest =
          rows.stream()
              .mapToInt(r -> text(column, column.value(r), digits).length())
              .max()
              .orElse(0);
      int wide = Math.max(column.name().length(), Math.min(longest, longestOf(column)));
      if (!left.isEmpty() || !cells.isEmpty() && taken + GAP.length() + wide > width)
        left.add(column.name());
      else {
        cells.add(new Cell(column, wide, digits));
        taken += GAP.length() + wide;
      }
    }
    return new TableLayout(List.copyOf(cells), List.copyOf(empty), List.copyOf(left));
  }

  /** Numbers and times are never cut. */
  private static int longestOf(Column column) {
    return switch (column.kind()) {
      case NUMBER, TIME -> Integer.MAX_VALUE;
      case TEXT, LIST -> LONGEST;
    };
  }

  /**
   * Whether the rows can be written so: nothing in columns left out, no number wider than its
   * column.
   */
  boolean fits(List<?> rows) {
    return rows.stream()
        .allMatch(
            row ->
                empty.stream().allMatch(c -> c.value(row) == null)
                    && cells.stream()
                        .allMatch(
                            c ->
                                longestOf(c.column()) == LONGEST
                                    || c.text(row).length() <= c.width()));
  }

  /** The names of the columns, and what was left out. */
  List<String> header() {
    var lines = new ArrayList<String>();
    if (!left.isEmpty())
      lines.add("  (not shown for want of width: " + String.join(" ", left) + ")");
    var names = new StringBuilder();
    for (Cell cell : cells) names.append(GAP).append(cell.padded(cell.column().name()));
    lines.add(names.toString());
    return lines;
  }

  String line(Object row) {
    var line = new StringBuilder();
    for (Cell cell : cells) line.append(GAP).append(cell.padded(cell.text(row)));
    return line.toString();
  }

  /** How many digits the most exact of the values needs; see {@link Cell}. */
  static int digits(Column column, List<?> rows) {
    return rows.stream().mapToInt(row -> digits(column.value(row))).max().orElse(0);
  }

  private static int digits(@Nullable Object value) {
    return switch (value) {
      case BigDecimal d -> Math.max(0, d.stripTrailingZeros().scale());
      case Instant t -> digits(t);
      case null, default -> -9;
    };
  }

  private static int digits(Instant time) {
    if (time.getNano() % 1_000 != 0) return 9;
    if (time.getNano() % 1_000_000 != 0) return 6;
    if (time.getNano() != 0) return 3;
    if (time.getEpochSecond() % 60 != 0) return 0;
    return time.getEpochSecond() % 86_400 == 0 ? -3 : -2;
  }

  static String text(Column column, @Nullable Object value, int digits) {
    return switch (value) {
      case null -> "";
      case BigDecimal d -> decimal(d, digits);
      case Instant t -> time(t, digits);
      default -> column.kind() == Column.Kind.LIST ? JsonRows.text(value) : Values.text(value);
    };
  }

  /** With so many digits behind the point, so that points stand below each other; never rounded. */
  private static String decimal(BigDecimal value, int digits) {
    var shortest = value.stripTrailingZeros();
    return (shortest.scale() < digits ? shortest.setScale(digits) : shortest).toPlainString();
  }

  private static String time(Instant time, int digits) {
    int needed = Math.max(digits, digits(time));
    String pattern =
        switch (needed) {
          case -3 -> "uuuu-MM-dd";
          case -2 -> "uuuu-MM-dd HH:mm";
          case 0 -> "uuuu-MM-dd HH:mm:ss";
          default -> "uuuu-MM-dd HH:mm:ss." + "S".repeat(needed);
        };
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(time.atOffset(ZoneOffset.UTC));
  }
}
