package io.tradeflood.cli.output;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Aligned columns for people. The first rows of a heading decide how wide the columns are; later
 * rows that do not fit begin a new table under the same heading. Rows that hold lists of records,
 * such as books, are written one by one, their lists side by side.
 */
final class TableOutput implements RowOutput {
  /** How many rows the widths are taken from. */
  private static final int SAMPLE = 1_000;

  private final BufferedWriter out;
  private final int width;
  private final List<Object> waiting = new ArrayList<>();
  private Optional<TableLayout> layout = Optional.empty();
  private Optional<Heading> heading = Optional.empty();
  private long written;

  TableOutput(OutputStream out, int width) {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    this.width = width;
  }

  @Override
  public void begin(Heading next) throws IOException {
    finish();
    if (heading.isPresent()) out.write('\n');
    heading = Optional.of(next);
    layout = Optional.empty();
    written = 0;
    if (!next.title().isEmpty()) line(next.title());
  }

  @Override
  public void rows(List<?> rows) throws IOException {
    written += rows.size();
    Class<?> record = heading.orElseThrow().record();
    if (SideBySide.suits(record)) {
      for (Object row : rows)
        for (String text : new SideBySide(record, width).lines(row)) line(text);
      out.flush();
      return;
    }
    waiting.addAll(rows);
    if (layout.isPresent() || waiting.size() >= SAMPLE) write();
  }

  private void write() throws IOException {
    if (waiting.isEmpty()) return;
    if (layout.isEmpty() || !layout.get().fits(waiting)) {
      layout = Optional.of(TableLayout.of(heading.orElseThrow(), waiting, width));
      for (String text : layout.get().header()) line(text);
    }
    for (Object row : waiting) line(layout.get().line(row));
    waiting.clear();
    out.flush();
  }

  private void finish() throws IOException {
    write();
    if (heading.isPresent() && written == 0) line("  no rows");
    out.flush();
  }

  private void line(String text) throws IOException {
    out.write(text.stripTrailing());
    out.write('\n');
  }

  @Override
  public void close() throws IOException {
    finish();
    heading = Optional.empty();
  }
}
