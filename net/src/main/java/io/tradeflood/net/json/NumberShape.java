package io.tradeflood.net.json;

import org.jspecify.annotations.Nullable;

/**
 * How a number is written: with quotes or what follows it, with how many digits before and behind
 * the point. The numbers of a column are mostly written alike, so the shape of the number in the
 * row before is the guess for the next one; right, it spares looking for the number's end, on which
 * all that follows would wait.
 *
 * <p>A shape is compared with 24 bytes from the number's first one on, eight at a time: of the
 * bytes, combined with its own by exclusive or, digits leave 0 to 9, all other characters 0.
 */
final class NumberShape {

  /** How many bytes from a number on are looked at. */
  static final int ROOM = 3 * Long.BYTES;

  /** How many bytes before a number's first digits may be looked at. */
  static final int ROOM_BEFORE = Long.BYTES;

  /** No number is written so. */
  static final NumberShape NONE = new NumberShape();

  /** As {@link #NONE}, for a column which holds other texts. */
  static final NumberShape TEXT = new NumberShape();

  private static final int MOST_DIGITS = 2 * Long.BYTES;
  private static final String ENDS = "\",]}";
  private static final long ANY_OTHER = 0x7F;
  private static final long OVER_NINE = 0x76;

  private static final int FRACTIONS = Long.BYTES + 1;
  private static final int WHOLES = MOST_DIGITS + 1;
  private static final @Nullable NumberShape[] ALL = all();

  // What is compared: the characters, what makes the highest bit of a wrong byte, the bytes inside.
  private final long first;
  private final long second;
  private final long third;
  private final long firstWrong;
  private final long secondWrong;
  private final long thirdWrong;
  private final long firstInside;
  private final long secondInside;
  private final long thirdInside;

  // Two groups of up to eight digits make the value; each is read by the eight bytes up to its end.
  final int high;
  final long highDigits;
  final long power;
  final int low;
  final long lowDigits;

  /** -1 for a number below zero, else 0. */
  final long sign;

  /** The least magnitude, for a number which must not begin with a zero. */
  final long least;

  /** How many digits stand behind the point. */
  final int scale;

  /** From its first byte to behind its last one, a quote included. */
  final int length;

  /** Wrong from the first byte on, whatever it is. */
  private NumberShape() {
    first = second = third = 0;
    firstWrong = 0x80;
    secondWrong = thirdWrong = 0;
    firstInside = secondInside = thirdInside = 0;
    high = low = scale = length = 0;
    highDigits = lowDigits = power = sign = least = 0;
  }

  private NumberShape(int end, boolean negative, int whole, int fraction) {
    int quote = end == 0 ? 1 : 0;
    int from = quote + (negative ? 1 : 0);
    int point = from + whole;
    int to = fraction == 0 ? point : point + 1 + fraction;
    var characters = new long[3];
    var wrong = new long[3];
    var inside = new long[3];
    for (int i = 0; i <= to; i++) {
      boolean isDigit = i >= from && i < to && i != point;
      int character =
          i == to ? ENDS.charAt(end) : isDigit ? '0' : i == point ? '.' : i < quote ? '"' : '-';
      int shift = i % Long.BYTES * Byte.SIZE;
      characters[i / Long.BYTES] |= (long) character << shift;
      wrong[i / Long.BYTES] |= (isDigit ? OVER_NINE : ANY_OTHER) << shift;
      inside[i / Long.BYTES] |= 0xFFL << shift;
    }
    first = characters[0];
    second = characters[1];
    third = characters[2];
    firstWrong = wrong[0];
    secondWrong = wrong[1];
    thirdWrong = wrong[2];
    firstInside = inside[0];
    secondInside = inside[1];
    thirdInside = inside[2];
    int lowCount = fraction > 0 ? fraction : Math.min(whole, Long.BYTES);
    int highCount = fraction > 0 ? whole : whole - lowCount;
    high = (fraction > 0 ? point : to - lowCount) - Long.BYTES;
    highDigits = digits(highCount);
    power = (long) Math.pow(10, lowCount);
    low = to - Long.BYTES;
    lowDigits = digits(lowCount);
    sign = negative ? -1 : 0;
    least = quote == 0 && whole > 1 ? (long) Math.pow(10, whole + fraction - 1) : 0;
    scale = fraction;
    length = to + quote;
  }

  /** A mask of the values of the last digits of eight. */
  private static long digits(int count) {
    return count == 0 ? 0 : 0x0F0F0F0F0F0F0F0FL << Long.SIZE - count * Byte.SIZE;
  }

  private static @Nullable NumberShape[] all() {
    var all = new @Nullable NumberShape[ENDS.length() * 2 * WHOLES * FRACTIONS];
    for (int end = 0; end < ENDS.length(); end++) {
      for (int whole = 1; whole < WHOLES; whole++) {
        for (int fraction = 0; fraction < FRACTIONS; fraction++) {
          if (fraction == 0 || whole <= Long.BYTES) {
            all[index(end, false, whole, fraction)] = new NumberShape(end, false, whole, fraction);
            all[index(end, true, whole, fraction)] = new NumberShape(end, true, whole, fraction);
          }
        }
      }
    }
    return all;
  }

  private static int index(int end, boolean negative, int whole, int fraction) {
    return ((end * 2 + (negative ? 1 : 0)) * WHOLES + whole) * FRACTIONS + fraction;
  }

  /**
   * The shape of the number at a place, around which there must be room; nothing for what is rare:
   * over 16 digits or over 8 on a side of the point, an exponent, or no number at all.
   */
  static @Nullable NumberShape at(byte[] bytes, int place) {
    int at = place;
    boolean quoted = bytes[at] == '"';
    if (quoted) {
      at++;
    }
    boolean negative = bytes[at] == '-';
    if (negative) {
      at++;
    }
    int whole = digits(bytes, at);
    int begin = at;
    at += whole;
    int fraction = 0;
    if (whole <= Long.BYTES && bytes[at] == '.') {
      fraction = Swar.digits(Swar.word(bytes, at + 1));
      at += 1 + fraction;
      if (fraction == 0) {
        return null;
      }
    }
    int end = quoted ? 0 : 1;
    while (bytes[at] != ENDS.charAt(end)) {
      if (quoted || ++end == ENDS.length()) {
        return null;
      }
    }
    boolean leadingZero = !quoted && whole > 1 && bytes[begin] == '0';
    return leadingZero ? null : ALL[index(end, negative, whole, fraction)];
  }

  /** Whether the number may be below zero, or begin with a zero that JSON refuses. */
  boolean isSpecial() {
    return sign != 0 || least != 0;
  }

  /** Whether what is at a place, around which there must be room, is written so. */
  boolean fits(byte[] bytes, int at) {
    long head = (Swar.word(bytes, at) ^ first) & firstInside;
    long middle = (Swar.word(bytes, at + Long.BYTES) ^ second) & secondInside;
    long wrong = head | head + firstWrong | middle | middle + secondWrong;
    if (thirdInside != 0) {
      long tail = (Swar.word(bytes, at + 2 * Long.BYTES) ^ third) & thirdInside;
      wrong |= tail | tail + thirdWrong;
    }
    return (wrong & Swar.HIGH_BITS) == 0;
  }

  /** The digits of the number at a place that is written so, which is not below zero. */
  long magnitude(byte[] bytes, int at) {
    long front = Swar.word(bytes, at + high) & highDigits;
    long back = Swar.word(bytes, at + low) & lowDigits;
    return Swar.digitsValue(front) * power + Swar.digitsValue(back);
  }

  /** Whether the number at a place, written so, has a zero before others that JSON refuses. */
  boolean beginsWithZero(byte[] bytes, int at) {
    return least != 0 && bytes[at - (int) sign] == '0';
  }

  /** How many digits there are, 0 to 16. */
  private static int digits(byte[] bytes, int at) {
    int count = Swar.digits(Swar.word(bytes, at));
    return count < Long.BYTES ? count : count + Swar.digits(Swar.word(bytes, at + Long.BYTES));
  }
}
