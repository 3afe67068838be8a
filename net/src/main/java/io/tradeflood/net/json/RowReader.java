package io.tradeflood.net.json;

/** Turns one row of a page into a value. See {@link Payload#rows}. */
@FunctionalInterface
public interface RowReader<T> {

  /**
   * Reads one row. The scanner stands inside the row: before the first column of an array, before
   * the first field of an object, or before the value itself where a row is a text or a number.
   * What is left unread is skipped.
   */
  T read(JsonScanner row);
}
