package io.tradeflood.net.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of a payload at once, in a {@code long} whose lowest byte is the first one. */
final class Swar {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';
  private static final long ZEROS = ONES * '0';

  private Swar() {}

  /** The eight bytes at a place; bytes at or behind the end are read as zero. */
  static long load(byte[] bytes, int at, int end) {
    return at <= end - Long.BYTES ? word(bytes, at) : tail(bytes, at, end);
  }

  /** The eight bytes at a place, all of which must be there. */
  static long word(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  private static long tail(byte[] bytes, int at, int end) {
    long word = 0;
    for (int i = end - 1; i >= at; i--) {
      word = word << Byte.SIZE | bytes[i] & 0xFF;
    }
    return word;
  }

  /** A mask of the lowest {@code count} bytes, 0 to 8. */
  static long mask(int count) {
    return count == 0 ? 0 : -1L >>> Long.SIZE - count * Byte.SIZE;
  }

  /**
   * Marks what ends or interrupts plain text: a quote, a backslash, a control character, a byte
   * above ASCII. Only the lowest mark is to be trusted.
   */
  static long interruptions(long word) {
    long quote = word ^ QUOTES;
    long backslash = word ^ BACKSLASHES;
    return ((quote - ONES) & ~quote
            | (backslash - ONES) & ~backslash
            | word - SPACES & ~word
            | word)
        & HIGH_BITS;
  }

  /** The number of the byte which the lowest mark stands in; 8 without a mark. */
  static int first(long marks) {
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }

  /**
   * Marks the bytes which are no digits; exact up to the first byte above ASCII, behind which a
   * digit may be marked too.
   */
  static long otherThanDigits(long word) {
    long values = word ^ ZEROS;
    return (values + 0x7676767676767676L | values) & HIGH_BITS;
  }

  /** How many digits the word begins with, 0 to 8. */
  static int digits(long word) {
    return first(otherThanDigits(word));
  }

  /** The value of the {@code count} digits which the word begins with, 0 to 8. */
  static long value(long word, int count) {
    int half = (Long.BYTES - count) << 2;
    // Two shifts, since a shift by 64 would be none; zeros come in as leading digits.
    return value(word << half << half);
  }

  /** The value of a word of eight digits. */
  static long value(long word) {
    return digitsValue(word & 0x0F0F0F0F0F0F0F0FL);
  }

  /** The value of a word of eight bytes from 0 to 9. */
  static long digitsValue(long digits) {
    long values = digits * 2561 >>> 8 & 0x00FF00FF00FF00FFL;
    values = values * 6553601 >>> 16 & 0x0000FFFF0000FFFFL;
    return values * 42949672960001L >>> 32;
  }
}
