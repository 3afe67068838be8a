package io.tradeflood.cli.output;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.util.Locale;

/** A format in which rows are written. */
public enum Format {
  /** For people: aligned columns, as wide as the terminal. */
  TABLE,
  /** One JSON object on each line. */
  NDJSON,
  /** One JSON array of objects. */
  JSON,
  /** RFC 4180: a header, then one line for each row. */
  CSV;

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Writes to the stream in this format.
   *
   * @param width how many characters a line of a table may have
   */
  public RowOutput to(OutputStream out, int width) {
    var buffered = new BufferedOutputStream(out, 1 << 16);
    return switch (this) {
      case TABLE -> new TableOutput(buffered, width);
      case NDJSON -> JsonRows.lines(buffered);
      case JSON -> JsonRows.array(buffered);
      case CSV -> new CsvOutput(buffered);
    };
  }
}
