package io.tradeflood.net.json;

import io.tradeflood.live.BookUpdate;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** Numbers, the most of what market data is: exact, in quotes or not. */
abstract sealed class Numbers extends Nesting permits Values {

  /** Longer numbers are refused: making them costs time with the square of their length. */
  private static final int LONGEST_NUMBER = 1000;

  /** Beyond this, writing a number plainly would take more memory than any payload. */
  private static final int LARGEST_SCALE = 10_000;

  /** More digits than this may not fit in a {@code long}. */
  private static final int LONGEST_MANTISSA = 18;

  private static final long[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  /** A power of two; rows with more columns have the shapes of the first ones taken for others. */
  private static final int COLUMNS = 32;

  /** Around the places from the one to before the other there is room to compare shapes. */
  private int roomFrom;

  private int roomTo;

  /** How the numbers of a row were written in the row before. */
  private final NumberShape[] shapes = new NumberShape[COLUMNS];

  /** The digits of the latest number, and how many of them stand behind the point. */
  private long mantissa;

  private int scale;

  /** Where the latest number began. */
  private int origin;

  Numbers() {
    Arrays.fill(shapes, NumberShape.NONE);
  }

  /** Begins with the payload anew. */
  final void begin() {
    roomFrom = start + NumberShape.ROOM_BEFORE;
    roomTo = end - NumberShape.ROOM;
    column = 0;
  }

  /** Reads a whole number, quoted or not: an id, a count, a time in milliseconds. */
  public long readLong() {
    return number() && scale == 0 ? mantissa : longLong();
  }

  private long longLong() {
    BigDecimal number = longNumber("a whole number");
    try {
      return number.longValueExact();
    } catch (ArithmeticException _) {
      throw unexpected("a whole number of at most 64 bits", origin);
    }
  }

  /** Reads a whole number, quoted or not. */
  public int readInt() {
    long value = readLong();
    if ((int) value != value) {
      throw unexpected("a whole number of at most 32 bits", origin);
    }
    return (int) value;
  }

  /** Reads a decimal number, quoted or not, exactly and with its scale as written. */
  public BigDecimal readDecimal() {
    return number() ? BigDecimal.valueOf(mantissa, scale) : longNumber("a number");
  }

  /** Reads a decimal number; empty for {@code null} and for a text without content. */
  public Optional<BigDecimal> readOptionalDecimal() {
    return isAbsent() ? Optional.empty() : Optional.of(readDecimal());
  }

  /** Reads a whole number; empty for {@code null} and for a text without content. */
  public OptionalLong readOptionalLong() {
    return isAbsent() ? OptionalLong.empty() : OptionalLong.of(readLong());
  }

  private boolean isAbsent() {
    int first = toValue();
    if (first == 'n' || first == '"' && byteAt(position + 1) == '"') {
      skipValue();
      return true;
    }
    return false;
  }

  /**
   * Reads a decimal number without making an object: its digits as a whole number, whose {@link
   * #scale} tells how many of them stand behind the point.
   *
   * @throws UnexpectedJsonException also for a number with more than 18 digits that matter
   */
  public long readMantissa() {
    if (!number()) {
      longMantissa();
    }
    return mantissa;
  }

  private void longMantissa() {
    BigDecimal number = longNumber("a number");
    if (number.precision() > LONGEST_MANTISSA) {
      number = number.stripTrailingZeros();
    }
    if (number.scale() < 0) {
      number = number.setScale(0);
    }
    BigInteger digits = number.unscaledValue();
    if (digits.bitLength() >= Long.SIZE) {
      throw unexpected("a number of at most 18 digits", origin);
    }
    mantissa = digits.longValue();
    scale = number.scale();
  }

  /** How many digits of the number that was read last stand behind the point. */
  public int scale() {
    return scale;
  }

  /** Reads a time in milliseconds since 1970 UTC, quoted or not. */
  public Instant readInstant() {
    return Instant.ofEpochMilli(readLong());
  }

  /**
   * Reads the next value, quoted or not, into {@link #mantissa} and {@link #scale}. All in one, too
   * large to be copied to where it is called: so a reader of rows stays small enough to be copied
   * into the loop over the rows, and what it makes of a row for a moment is not made at all.
   *
   * @return false for what is rare: over 18 digits, an exponent, or no number at all; then {@link
   *     #longNumber} decides
   */
  private boolean number() {
    byte[] payload = bytes;
    int at = position;
    if (at < roomFrom || at >= roomTo) {
      return otherNumber();
    }
    if (state == BEHIND_VALUE) {
      if ((kind & ARRAY) == 0 || payload[at] != ',') {
        return otherNumber();
      }
      at++;
    } else if (state == OPENED && (kind & ARRAY) == 0) {
      return otherNumber();
    }
    int column = this.column++ & COLUMNS - 1;
    NumberShape shape = shapes[column];
    if (!shape.fits(payload, at)) {
      var found = NumberShape.at(payload, at);
      if (found == null) {
        return otherNumber();
      }
      shape = found;
      shapes[column] = shape;
    }
    long high = Swar.word(payload, at + shape.high) & shape.highDigits;
    high = high * 2561 >>> 8 & 0x00FF00FF00FF00FFL;
    high = high * 6553601 >>> 16 & 0x0000FFFF0000FFFFL;
    high = high * 42949672960001L >>> 32;
    long low = Swar.word(payload, at + shape.low) & shape.lowDigits;
    low = low * 2561 >>> 8 & 0x00FF00FF00FF00FFL;
    low = low * 6553601 >>> 16 & 0x0000FFFF0000FFFFL;
    low = low * 42949672960001L >>> 32;
    long magnitude = high * shape.power + low;
    if (magnitude < shape.least) {
      return otherNumber();
    }
    origin = at;
    mantissa = (magnitude ^ shape.sign) - shape.sign;
    scale = shape.scale;
    position = at + shape.length;
    state = BEHIND_VALUE;
    return true;
  }

  /**
   * In an array, behind an element: passes over the numbers which follow without white space
   * between them, as far as they go.
   */
  final void skipNumbers() {
    int at = position;
    while (at >= roomFrom && at < roomTo && bytes[at] == ',') {
      int column = this.column & COLUMNS - 1;
      NumberShape shape = shapes[column];
      if (!shape.fits(bytes, at + 1) || shape.beginsWithZero(bytes, at + 1)) {
        var found = shape == NumberShape.TEXT ? null : NumberShape.at(bytes, at + 1);
        shapes[column] = found == null ? NumberShape.TEXT : found;
        if (found == null) {
          break;
        }
        shape = found;
      }
      this.column++;
      at += 1 + shape.length;
    }
    position = at;
  }

  /**
   * Reads levels of a book as far as they are plainly written, {@code ["0.0024","10"]}, one behind
   * the other, from the first bracket on; moves behind the last of them. Prices are mostly written
   * alike, and sizes, too. What stands behind the payload in its array may be loaded, but never
   * counts.
   */
  final void plainLevels(boolean isBid, BookUpdate into) {
    byte[] payload = bytes;
    int at = position;
    if (at < roomFrom) {
      return;
    }
    int last = payload.length - NumberShape.ROOM;
    int behind = end;
    NumberShape price = shapes[0];
    NumberShape size = shapes[1];
    while (at < last && payload[at] == '[') {
      int first = at + 1;
      if (!price.fits(payload, first)) {
        var found = NumberShape.at(payload, first);
        if (found == null) {
          break;
        }
        price = found;
      }
      int second = first + price.length + 1;
      if (second > last || payload[second - 1] != ',') {
        break;
      }
      if (!size.fits(payload, second)) {
        var found = NumberShape.at(payload, second);
        if (found == null) {
          break;
        }
        size = found;
      }
      int close = second + size.length;
      if (close >= behind || payload[close] != ']' || price.isSpecial() || size.isSpecial()) {
        break;
      }
      into.level(
          isBid,
          price.magnitude(payload, first),
          price.scale,
          size.magnitude(payload, second),
          size.scale);
      behind(close + 1);
      at = close + 2;
      if (at > behind || payload[close + 1] != ',') {
        break;
      }
    }
    shapes[0] = price;
    shapes[1] = size;
  }

  /** The digits of a number of a level, whose scale must fit a byte. */
  final long levelMantissa() {
    long digits = readMantissa();
    if (scale > Byte.MAX_VALUE) {
      throw unexpected("a number with at most 127 digits behind the point", origin);
    }
    return digits;
  }

  /** As {@link #number}, digit group by digit group, wherever the number stands. */
  private boolean otherNumber() {
    toValue();
    origin = position;
    return loopedNumber();
  }

  private boolean loopedNumber() {
    int at = position;
    boolean quoted = byteAt(at) == '"';
    if (quoted) {
      at++;
    }
    boolean negative = at < end && bytes[at] == '-';
    if (negative) {
      at++;
    }
    int begin = at;
    long value = 0;
    long word;
    int digits;
    do {
      word = Swar.load(bytes, at, end);
      digits = Swar.digits(word);
      value = value * POWERS[digits] + Swar.value(word, digits);
      at += digits;
    } while (digits == Long.BYTES && at - begin <= 2 * LONGEST_MANTISSA);
    int whole = at - begin;
    int fraction = 0;
    int next = (int) (word >>> (digits << 3)) & 0xFF;
    if (next == '.') {
      at++;
      int point = at;
      do {
        word = Swar.load(bytes, at, end);
        digits = Swar.digits(word);
        value = value * POWERS[digits] + Swar.value(word, digits);
        at += digits;
      } while (digits == Long.BYTES && at - begin <= 2 * LONGEST_MANTISSA);
      fraction = at - point;
      next = (int) (word >>> (digits << 3)) & 0xFF;
      if (fraction == 0) {
        return false;
      }
    }
    if (whole == 0 || whole + fraction > LONGEST_MANTISSA) {
      return false;
    }
    if (quoted) {
      if (next != '"') {
        return false;
      }
      at++;
    } else if (next == 'e' || next == 'E' || whole > 1 && bytes[begin] == '0') {
      return false;
    }
    mantissa = negative ? -value : value;
    scale = fraction;
    behind(at);
    return true;
  }

  /** Reads any number from the {@link #origin} on, quoted or not, and moves behind it. */
  private BigDecimal longNumber(String expected) {
    int from = origin;
    position = from;
    int to;
    int behind;
    if (byteAt(from) == '"') {
      from++;
      to = textEnd(from);
      behind = to + 1;
      if (!plain() || from == to) {
        throw unexpected(expected, origin);
      }
    } else {
      to = numberEnd(from, expected);
      behind = to;
    }
    if (to - from > LONGEST_NUMBER) {
      throw unexpected("a number of at most " + LONGEST_NUMBER + " digits", origin);
    }
    var number = decimal(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1), expected);
    behind(behind);
    return number;
  }

  private BigDecimal decimal(String text, String expected) {
    BigDecimal number;
    try {
      number = new BigDecimal(text);
    } catch (NumberFormatException _) {
      throw unexpected(expected, origin);
    }
    if (Math.abs((long) number.scale()) > LARGEST_SCALE) {
      throw unexpected("a number with an exponent of at most " + LARGEST_SCALE, origin);
    }
    return number;
  }
}
