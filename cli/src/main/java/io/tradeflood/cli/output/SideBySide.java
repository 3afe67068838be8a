package io.tradeflood.cli.output;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Writes one row that holds lists of records: its single values on a line, then the lists beside
 * each other. Where there are two lists of the same record the first is mirrored, so that the best
 * bid stands beside the best ask.
 */
final class SideBySide {
  private static final String BETWEEN = " | ";

  private final List<Column> single;
  private final List<Column> lists;
  private final int width;

  SideBySide(Class<?> record, int width) {
    var columns = Column.of(record);
    this.single = columns.stream().filter(c -> c.elements().isEmpty()).toList();
    this.lists = columns.stream().filter(c -> c.elements().isPresent()).toList();
    this.width = width;
  }

  /** Whether rows of the type hold lists of records. */
  static boolean suits(Class<?> record) {
    return Column.of(record).stream().anyMatch(c -> c.elements().isPresent());
  }

  List<String> lines(Object row) {
    var lines = new ArrayList<String>();
    var title = new StringBuilder();
    for (Column column : single) {
      Object value = column.value(row);
      if (value != null)
        title
            .append("  ")
            .append(column.name())
            .append(' ')
            .append(TableLayout.text(column, value, 0));
    }
    if (!title.isEmpty()) lines.add(title.toString());
    var blocks = new ArrayList<List<String>>();
    for (int i = 0; i < lists.size(); i++)
      blocks.add(block(lists.get(i), row, i == 0 && mirrored()));
    int height = blocks.stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < height; i++) {
      var line = new StringBuilder("  ");
      for (int b = 0; b < blocks.size(); b++) {
        var block = blocks.get(b);
        if (b > 0) line.append(BETWEEN);
        line.append(i < block.size() ? block.get(i) : " ".repeat(block.getFirst().length()));
      }
      lines.add(line.length() > width ? line.substring(0, width - 1) + "…" : line.toString());
    }
    return lines;
  }

  private boolean mirrored() {
    return lists.size() == 2 && lists.get(0).elements().equals(lists.get(1).elements());
  }

  /** A list as lines of equal length: its name, the names of its columns, its elements. */
  private static List<String> block(Column list, Object row, boolean mirrored) {
    var columns = new ArrayList<>(Column.of(list.elements().orElseThrow()));
    if (mirrored) Collections.reverse(columns);
    List<?> elements = list.value(row) instanceof List<?> some ? some : List.of();
    var texts = new ArrayList<List<String>>();
    for (Column column : columns) texts.add(texts(column, elements));
    var lines = new ArrayList<String>();
    for (int i = 0; i <= elements.size(); i++) {
      var line = new ArrayList<String>();
      for (var text : texts) line.add(text.get(i));
      lines.add(String.join("  ", line));
    }
    int wide = Math.max(lines.getFirst().length(), list.name().length());
    String space = " ".repeat(wide - list.name().length());
    lines.addFirst(mirrored ? space + list.name() : list.name() + space);
    return lines.stream().map(l -> " ".repeat(wide - l.length()) + l).toList();
  }

  /** The name of a column and its values, all of one length. */
  private static List<String> texts(Column column, List<?> elements) {
    var layout = TableLayout.digits(column, elements);
    var texts = new ArrayList<String>();
    texts.add(column.name());
    for (Object element : elements)
      texts.add(TableLayout.text(column, column.value(element), layout));
    int wide = texts.stream().mapToInt(String::length).max().orElse(0);
    boolean right = column.kind() == Column.Kind.NUMBER;
    return texts.stream()
        .map(t -> right ? " ".repeat(wide - t.length()) + t : t + " ".repeat(wide - t.length()))
        .toList();
  }
}
