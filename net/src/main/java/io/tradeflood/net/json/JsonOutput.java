package io.tradeflood.net.json;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * JSON in the making: UTF-8 in an array of bytes which grows as needed and can be used again after
 * {@link #clear} or {@link #writeTo}. Commas are put by itself.
 *
 * <pre>{@code
 * output.beginObject().name("exchange").text("acme").name("price").decimal(price).endObject();
 * output.line().writeTo(stream);
 * }</pre>
 *
 * <p>Belongs to one thread. That names and values follow each other in a sensible order is up to
 * the caller.
 */
public final class JsonOutput {

  private static final byte[] HEXADECIMAL = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  private static final int LONGEST_LONG = 20;
  private static final int LONGEST_INSTANT = 32;
  private static final int LARGEST_SCALE = 64;
  private static final int SECONDS_A_DAY = 86_400;

  /** The days from 0000-01-01 to 9999-12-31, whose years have four digits. */
  private static final long FIRST_DAY = LocalDate.of(0, 1, 1).toEpochDay();

  private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

  private byte[] bytes = new byte[1024];
  private int length;
  private boolean behindValue;

  /** The day which was written last: most rows share it with the row before. */
  private long day = Long.MIN_VALUE;

  private byte[] dayText = {};

  /** Makes an empty output. */
  public JsonOutput() {}

  /** Opens an object. */
  public JsonOutput beginObject() {
    return begin('{');
  }

  /** Closes an object. */
  public JsonOutput endObject() {
    return end('}');
  }

  /** Opens an array. */
  public JsonOutput beginArray() {
    return begin('[');
  }

  /** Closes an array. */
  public JsonOutput endArray() {
    return end(']');
  }

  private JsonOutput begin(char bracket) {
    value(1);
    bytes[length++] = (byte) bracket;
    behindValue = false;
    return this;
  }

  private JsonOutput end(char bracket) {
    room(1);
    bytes[length++] = (byte) bracket;
    behindValue = true;
    return this;
  }

  /** Writes the name of a field, whose value is to follow. */
  public JsonOutput name(String name) {
    text(name);
    room(1);
    bytes[length++] = ':';
    behindValue = false;
    return this;
  }

  /** As {@link #name}, with quotes and colon already in the bytes. */
  JsonOutput preparedName(byte[] name) {
    value(name.length);
    append(name);
    behindValue = false;
    return this;
  }

  /** As {@link #text}, with quotes already in the bytes. */
  JsonOutput preparedText(byte[] text) {
    value(text.length);
    append(text);
    return this;
  }

  /** Writes a text. */
  public JsonOutput text(String text) {
    // A char becomes at most six bytes, as an escape.
    value(2 + 6 * text.length());
    bytes[length++] = '"';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
        bytes[length++] = (byte) c;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        character(Character.toCodePoint(c, text.charAt(i)));
      } else {
        character(c);
      }
    }
    bytes[length++] = '"';
    return this;
  }

  private void character(int c) {
    switch (c) {
      case '"', '\\' -> escape((char) c);
      case '\n' -> escape('n');
      case '\r' -> escape('r');
      case '\t' -> escape('t');
      case '\b' -> escape('b');
      case '\f' -> escape('f');
      default -> {
        if (c < ' ' || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
          hexadecimal(c);
        } else {
          utf8(c);
        }
      }
    }
  }

  private void escape(char c) {
    bytes[length++] = '\\';
    bytes[length++] = (byte) c;
  }

  private void hexadecimal(int c) {
    escape('u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[length++] = HEXADECIMAL[c >>> shift & 0xF];
    }
  }

  private void utf8(int c) {
    if (c < 0x80) {
      bytes[length++] = (byte) c;
      return;
    }
    if (c < 0x800) {
      bytes[length++] = (byte) (0xC0 | c >>> 6);
    } else {
      if (c < 0x10000) {
        bytes[length++] = (byte) (0xE0 | c >>> 12);
      } else {
        bytes[length++] = (byte) (0xF0 | c >>> 18);
        bytes[length++] = (byte) (0x80 | c >>> 12 & 0x3F);
      }
      bytes[length++] = (byte) (0x80 | c >>> 6 & 0x3F);
    }
    bytes[length++] = (byte) (0x80 | c & 0x3F);
  }

  /** Writes a whole number. */
  public JsonOutput number(long number) {
    value(LONGEST_LONG);
    if (number < 0) {
      bytes[length++] = '-';
    }
    digits(number);
    return this;
  }

  /** The digits of a number without its sign. */
  private void digits(long number) {
    int count = count(number);
    int at = length + count;
    // Negative throughout, since the smallest long has no positive twin.
    long rest = number < 0 ? number : -number;
    do {
      bytes[--at] = (byte) ('0' - rest % 10);
      rest /= 10;
    } while (rest != 0);
    length += count;
  }

  private static int count(long number) {
    long rest = number < 0 ? number : -number;
    int count = 1;
    for (long limit = -10; rest <= limit; limit *= 10) {
      count++;
      if (count == 19) {
        break;
      }
    }
    return count;
  }

  /** Writes a decimal as a text, plainly and with all digits of its scale. */
  public JsonOutput decimal(BigDecimal decimal) {
    int scale = decimal.scale();
    if (scale < 0 || scale > LARGEST_SCALE || decimal.precision() > 18) {
      return text(decimal.toPlainString());
    }
    value(2 + LONGEST_LONG + LARGEST_SCALE);
    long mantissa = decimal.scaleByPowerOfTen(scale).longValue();
    bytes[length++] = '"';
    if (mantissa < 0) {
      bytes[length++] = '-';
    }
    pointed(mantissa, scale);
    bytes[length++] = '"';
    return this;
  }

  private void pointed(long mantissa, int scale) {
    for (int missing = scale + 1 - count(mantissa); missing > 0; missing--) {
      bytes[length++] = '0';
    }
    digits(mantissa);
    if (scale > 0) {
      System.arraycopy(bytes, length - scale, bytes, length - scale + 1, scale);
      bytes[length - scale] = '.';
      length++;
    }
  }

  /**
   * Writes a time as ISO-8601 text in UTC, with as many groups of three digits behind the second as
   * it needs: {@code "2025-01-01T00:00:00Z"}, {@code "2025-01-01T00:00:00.250Z"}.
   */
  public JsonOutput instant(Instant instant) {
    long newDay = Math.floorDiv(instant.getEpochSecond(), SECONDS_A_DAY);
    if (newDay < FIRST_DAY || newDay > LAST_DAY) {
      return text(instant.toString());
    }
    if (newDay != day) {
      dayText = LocalDate.ofEpochDay(newDay).toString().getBytes(StandardCharsets.US_ASCII);
      day = newDay;
    }
    value(LONGEST_INSTANT);
    bytes[length++] = '"';
    append(dayText);
    int second = Math.floorMod(instant.getEpochSecond(), SECONDS_A_DAY);
    twoDigits('T', second / 3600);
    twoDigits(':', second / 60 % 60);
    twoDigits(':', second % 60);
    fraction(instant.getNano());
    bytes[length++] = 'Z';
    bytes[length++] = '"';
    return this;
  }

  private void twoDigits(char before, int number) {
    bytes[length++] = (byte) before;
    bytes[length++] = (byte) ('0' + number / 10);
    bytes[length++] = (byte) ('0' + number % 10);
  }

  private void fraction(int nanos) {
    if (nanos == 0) {
      return;
    }
    int digits = nanos % 1_000_000 == 0 ? 3 : nanos % 1000 == 0 ? 6 : 9;
    bytes[length++] = '.';
    int divisor = 100_000_000;
    for (int i = 0; i < digits; i++) {
      bytes[length++] = (byte) ('0' + nanos / divisor % 10);
      divisor /= 10;
    }
  }

  /** Writes {@code true} or {@code false}. */
  public JsonOutput bool(boolean value) {
    return preparedText(value ? TRUE : FALSE);
  }

  /** Writes {@code null}. */
  public JsonOutput nothing() {
    return preparedText(NULL);
  }

  /** Ends the line: what follows is a document of its own. */
  public JsonOutput line() {
    room(1);
    bytes[length++] = '\n';
    behindValue = false;
    return this;
  }

  /** How many bytes there are by now. */
  public int length() {
    return length;
  }

  /** Forgets what was written. */
  public void clear() {
    length = 0;
    behindValue = false;
  }

  /** Gives what was written to a stream and forgets it. */
  public void writeTo(OutputStream stream) throws IOException {
    stream.write(bytes, 0, length);
    clear();
  }

  /** A copy of what was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** What was written. */
  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** Begins a value of at most so many bytes, with a comma before it where one is due. */
  private void value(int most) {
    room(most + 1);
    if (behindValue) {
      bytes[length++] = ',';
    }
    behindValue = true;
  }

  private void append(byte[] more) {
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
    }
  }
}
