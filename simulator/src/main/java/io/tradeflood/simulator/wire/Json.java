package io.tradeflood.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes JSON into a growing array of bytes. Commas are put by itself; that brackets match is the
 * caller's care. Decimals are whole numbers with a scale, so nothing is ever rounded.
 */
public final class Json {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int length;
  private boolean comma;

  /** An empty writer. */
  public Json() {
    this(512);
  }

  /** An empty writer with room for so many bytes. */
  public Json(int capacity) {
    this.bytes = new byte[Math.max(64, capacity)];
  }

  /** Forgets what was written. */
  public Json clear() {
    length = 0;
    comma = false;
    return this;
  }

  /** The array that is written into; of use up to {@link #length} and until more is written. */
  public byte[] array() {
    return bytes;
  }

  /** How many bytes were written. */
  public int length() {
    return length;
  }

  /** What was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  public Json beginObject() {
    return open('{');
  }

  public Json endObject() {
    return close('}');
  }

  public Json beginArray() {
    return open('[');
  }

  public Json endArray() {
    return close(']');
  }

  /** A field's name; its value must follow. */
  public Json name(String name) {
    separate();
    quoted(name);
    put(':');
    comma = false;
    return this;
  }

  public Json value(String text) {
    separate();
    quoted(text);
    return this;
  }

  public Json value(boolean truth) {
    separate();
    ascii(truth ? "true" : "false");
    return this;
  }

  public Json value(long number) {
    separate();
    digits(number);
    return this;
  }

  public Json nothing() {
    separate();
    ascii("null");
    return this;
  }

  /** A whole number between quotes. */
  public Json text(long number) {
    separate();
    put('"');
    digits(number);
    put('"');
    return this;
  }

  /**
   * A decimal between quotes with exactly {@code decimals} digits after the point, at least as many
   * as its scale.
   */
  public Json text(long mantissa, int scale, int decimals) {
    separate();
    put('"');
    decimal(mantissa, scale);
    if (scale == 0 && decimals > 0) {
      put('.');
    }
    for (int i = scale; i < decimals; i++) {
      put('0');
    }
    put('"');
    return this;
  }

  /** A decimal between quotes without zeros at its end. */
  public Json trimmed(long mantissa, int scale) {
    separate();
    put('"');
    shortest(mantissa, scale);
    put('"');
    return this;
  }

  /** A decimal with all its digits, without quotes and commas: no JSON, but of use in one. */
  public Json plain(long mantissa, int scale) {
    decimal(mantissa, scale);
    return this;
  }

  /** A character as it is. */
  public Json plain(char c) {
    put(c);
    return this;
  }

  /** A decimal as a JSON number, without zeros at its end. */
  public Json number(long mantissa, int scale) {
    separate();
    shortest(mantissa, scale);
    return this;
  }

  /** {@code "name":"text"}. */
  public Json field(String name, String text) {
    return name(name).value(text);
  }

  /** {@code "name":number}. */
  public Json field(String name, long number) {
    return name(name).value(number);
  }

  /** {@code "name":truth}. */
  public Json field(String name, boolean truth) {
    return name(name).value(truth);
  }

  private Json open(char bracket) {
    separate();
    put(bracket);
    comma = false;
    return this;
  }

  private Json close(char bracket) {
    put(bracket);
    comma = true;
    return this;
  }

  private void separate() {
    if (comma) {
      put(',');
    }
    comma = true;
  }

  private void shortest(long mantissa, int scale) {
    long shorter = mantissa;
    int decimals = scale;
    while (decimals > 0 && shorter % 10 == 0) {
      shorter /= 10;
      decimals--;
    }
    decimal(shorter, decimals);
  }

  private void decimal(long mantissa, int scale) {
    room(24 + scale);
    long rest = Math.abs(mantissa);
    int width = Math.max(width(rest), scale + 1);
    if (mantissa < 0) {
      bytes[length++] = '-';
    }
    int end = length + width + (scale > 0 ? 1 : 0);
    int at = end;
    for (int i = 0; i < width; i++) {
      if (i == scale && scale > 0) {
        bytes[--at] = '.';
      }
      bytes[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length = end;
  }

  private void digits(long number) {
    decimal(number, 0);
  }

  private static int width(long number) {
    int width = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      width++;
    }
    return width;
  }

  private void quoted(String text) {
    put('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        put('\\');
        put(c);
      } else if (c < 0x20) {
        ascii("\\u00");
        put((char) HEX[c >> 4]);
        put((char) HEX[c & 15]);
      } else if (c < 0x80) {
        put(c);
      } else {
        int end = i + (Character.isHighSurrogate(c) ? 2 : 1);
        bytes(text.substring(i, Math.min(end, text.length())).getBytes(StandardCharsets.UTF_8));
        i = end - 1;
      }
    }
    put('"');
  }

  private void ascii(String text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  private void bytes(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  private void put(char c) {
    room(1);
    bytes[length++] = (byte) c;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
