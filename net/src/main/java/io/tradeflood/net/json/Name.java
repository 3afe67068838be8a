package io.tradeflood.net.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name of a field, prepared for comparison with a payload eight bytes at a time. Make it once,
 * as a constant:
 *
 * <pre>{@code
 * private static final Name PRICE = Name.of("price");
 * }</pre>
 */
public final class Name {

  /** Longer names have the rest compared byte by byte. */
  private static final int SHORT = 2 * Long.BYTES;

  private final String text;
  private final byte[] quoted;
  private final int length;
  private final long first;
  private final long firstMask;
  private final long second;
  private final long secondMask;

  // The field from the comma before it to the colon behind its name.
  private final byte[] field;
  private final long comma;
  private final long commaMask;
  private final long colon;
  private final long colonMask;
  private final int room;

  private Name(String text) {
    this.text = text;
    // The closing quote belongs to the comparison, so that no length has to be compared.
    this.quoted = (text + '"').getBytes(StandardCharsets.UTF_8);
    this.length = quoted.length - 1;
    this.first = Swar.load(quoted, 0, quoted.length);
    this.firstMask = Swar.mask(Math.min(quoted.length, Long.BYTES));
    this.second = Swar.load(quoted, Long.BYTES, quoted.length);
    this.secondMask = Swar.mask(Math.clamp(quoted.length - Long.BYTES, 0, Long.BYTES));
    this.field = (",\"" + text + "\":").getBytes(StandardCharsets.UTF_8);
    this.comma = Swar.load(field, 0, field.length);
    this.commaMask = Swar.mask(Math.min(field.length, Long.BYTES));
    this.colon = Swar.load(field, Long.BYTES, field.length);
    this.colonMask = Swar.mask(Math.clamp(field.length - Long.BYTES, 0, Long.BYTES));
    this.room = Math.max(field.length, field.length <= Long.BYTES ? Long.BYTES : SHORT);
  }

  /** The name as it reads without quotes and escapes. */
  public static Name of(String text) {
    return new Name(text);
  }

  /** The length in bytes of UTF-8, without quotes. */
  int length() {
    return length;
  }

  /**
   * Whether the text which begins behind the quote before {@code at} is this name, written plainly.
   */
  boolean standsAt(byte[] bytes, int at, int end) {
    if ((Swar.load(bytes, at, end) & firstMask ^ first) != 0) {
      return false;
    }
    return quoted.length <= Long.BYTES
        || (Swar.load(bytes, at + Long.BYTES, end) & secondMask ^ second) == 0
            && (quoted.length <= SHORT || restStandsAt(bytes, at, end));
  }

  /**
   * Whether the field of this name begins at a place, its comma, or, first in its object, the brace
   * before it, and nothing but the name stands between that and the colon.
   *
   * @return the place of the value, or -1
   */
  int valueOfFieldAt(byte[] bytes, int at, int end, boolean first) {
    if (at + room > end) {
      return -1;
    }
    long different = (Swar.word(bytes, at) ^ comma) & commaMask;
    if ((first ? different & ~0xFFL : different) != 0) {
      return -1;
    }
    boolean goesOn =
        field.length <= Long.BYTES
            || ((Swar.word(bytes, at + Long.BYTES) ^ colon) & colonMask) == 0
                && (field.length <= SHORT || restOfFieldStandsAt(bytes, at));
    return goesOn ? at + field.length : -1;
  }

  private boolean restOfFieldStandsAt(byte[] bytes, int at) {
    return Arrays.equals(bytes, at + SHORT, at + field.length, field, SHORT, field.length);
  }

  private boolean restStandsAt(byte[] bytes, int at, int end) {
    int to = at + quoted.length;
    return to <= end && Arrays.equals(bytes, at + SHORT, to, quoted, SHORT, quoted.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Name name && text.equals(name.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The name itself. */
  @Override
  public String toString() {
    return text;
  }
}
