package io.tradeflood.cli.output;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * CSV with a header. Rows of another model start with a blank line and a header of their own; rows
 * of another symbol of the same model simply follow.
 */
final class CsvOutput implements RowOutput {
  private final BufferedWriter out;
  private Optional<Class<?>> written = Optional.empty();
  private List<Column> columns = List.of();

  CsvOutput(OutputStream out) {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  @Override
  public void begin(Heading heading) throws IOException {
    columns = Column.of(heading);
    if (written.equals(Optional.of(heading.record()))) return;
    if (written.isPresent()) out.write('\n');
    out.write(String.join(",", columns.stream().map(c -> cell(c.name())).toList()));
    out.write('\n');
    written = Optional.of(heading.record());
  }

  @Override
  public void rows(List<?> rows) throws IOException {
    for (Object row : rows) {
      String between = "";
      for (Column column : columns) {
        out.write(between);
        Object value = column.value(row);
        if (value != null) out.write(cell(text(column, value)));
        between = ",";
      }
      out.write('\n');
    }
    out.flush();
  }

  private static String text(Column column, Object value) {
    return column.kind() == Column.Kind.LIST ? JsonRows.text(value) : Values.text(value);
  }

  /** Quoted where it must be: where there is a comma, a quote or the end of a line in it. */
  private static String cell(String text) {
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }

  @Override
  public void close() throws IOException {
    out.flush();
  }
}
