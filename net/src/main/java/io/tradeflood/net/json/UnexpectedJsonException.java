package io.tradeflood.net.json;

import org.jspecify.annotations.Nullable;

/**
 * A payload is not what its reader expects: broken, cut short, or of another shape than before. The
 * message is one line: what was expected, what was found, where.
 */
public final class UnexpectedJsonException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String expected;
  private final String found;
  private final String place;
  private final long offset;

  UnexpectedJsonException(
      String expected,
      String found,
      String place,
      long offset,
      String excerpt,
      @Nullable Throwable cause) {
    super(message(expected, found, place, offset, excerpt), cause);
    this.expected = expected;
    this.found = found;
    this.place = place;
    this.offset = offset;
  }

  private static String message(
      String expected, String found, String place, long offset, String excerpt) {
    String where = place.isEmpty() ? "at byte " + offset : "at " + place + " (byte " + offset + ")";
    String near = excerpt.isEmpty() ? "" : ", near " + excerpt;
    return "Expected " + expected + ", found " + found + " " + where + near;
  }

  /** What the reader expected, such as {@code a number}. */
  public String expected() {
    return expected;
  }

  /** What stood there instead, such as {@code the text "abc"}. */
  public String found() {
    return found;
  }

  /** The place as a JSON pointer (RFC 6901), such as {@code /data/3/1}; empty for the root. */
  public String place() {
    return place;
  }

  /** The place in bytes from the beginning of the payload; -1 when unknown. */
  public long offset() {
    return offset;
  }
}
