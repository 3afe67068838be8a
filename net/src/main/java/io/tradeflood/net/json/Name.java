package io.tradeflood.net.json;

import java.nio.charset.StandardCharsets;

/**
 * The name of a field, prepared for comparison with a payload eight bytes at a time. Make it once,
 * as a constant:
 *
 * <pre>{@code
 * private static final Name PRICE = Name.of("price");
 * }</pre>
 */
public final class Name {

  private final String text;
  private final long[] words;
  private final long lastMask;
  private final int length;

  private Name(String text) {
    this.text = text;
    // The closing quote belongs to the comparison, so that no length has to be compared.
    byte[] quoted = (text + '"').getBytes(StandardCharsets.UTF_8);
    this.length = quoted.length - 1;
    this.words = new long[(quoted.length + 7) / Long.BYTES];
    for (int i = 0; i < words.length; i++) {
      words[i] = Swar.load(quoted, i * Long.BYTES, quoted.length);
    }
    this.lastMask = Swar.mask(quoted.length - (words.length - 1) * Long.BYTES);
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
    int last = words.length - 1;
    int from = at;
    for (int i = 0; i < last; i++) {
      if (Swar.load(bytes, from, end) != words[i]) {
        return false;
      }
      from += Long.BYTES;
    }
    return (Swar.load(bytes, from, end) & lastMask) == words[last];
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
