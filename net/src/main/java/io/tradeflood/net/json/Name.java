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

  private Name(String text) {
    this.text = text;
    // The closing quote belongs to the comparison, so that no length has to be compared.
    this.quoted = (text + '"').getBytes(StandardCharsets.UTF_8);
    this.length = quoted.length - 1;
    this.first = Swar.load(quoted, 0, quoted.length);
    this.firstMask = Swar.mask(Math.min(quoted.length, Long.BYTES));
    this.second = Swar.load(quoted, Long.BYTES, quoted.length);
    this.secondMask = Swar.mask(Math.clamp(quoted.length - Long.BYTES, 0, Long.BYTES));
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
