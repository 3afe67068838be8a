package io.tradeflood.live;

import io.tradeflood.turn.Failure;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Decimals without objects: a mantissa, and how many of its digits stand behind the point. */
final class Decimals {
  /** The greatest power of ten in a {@code long}. */
  private static final int MOST_ZEROS = 18;

  private static final long[] POWERS = powers();

  private Decimals() {}

  private static long[] powers() {
    var powers = new long[MOST_ZEROS + 1];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) powers[i] = powers[i - 1] * 10;
    return powers;
  }

  /** The power of ten; 0 if it does not fit. */
  static long power(int zeros) {
    return zeros <= MOST_ZEROS ? POWERS[zeros] : 0;
  }

  /** The same number with another scale, which it is known to fit. */
  static long rescaled(long mantissa, int from, int to) {
    if (from == to || mantissa == 0) return mantissa;
    return from < to ? mantissa * POWERS[to - from] : mantissa / POWERS[from - to];
  }

  /** Whether a number fits with so many zeros added. */
  static boolean fits(long mantissa, int zeros) {
    if (zeros == 0 || mantissa == 0) return true;
    long power = power(zeros);
    return power != 0 && Math.abs(mantissa) <= Long.MAX_VALUE / power;
  }

  static Failure tooLong(long mantissa, int scale) {
    return new Failure.Unreadable(
        "A price of a book should fit 64 bits with as many digits behind the point as the book's other prices, but %s does not"
            .formatted(BigDecimal.valueOf(mantissa, scale).toPlainString()));
  }

  /** The number without the zeros at its end that stand behind the point, if it does not fit. */
  static BigDecimal fitting(BigDecimal number) {
    BigDecimal whole = number.scale() < 0 ? number.setScale(0) : number;
    if (whole.unscaledValue().bitLength() < Long.SIZE) return whole;
    BigDecimal stripped = whole.stripTrailingZeros();
    if (stripped.scale() < 0) stripped = stripped.setScale(0);
    BigInteger digits = stripped.unscaledValue();
    if (digits.bitLength() >= Long.SIZE || stripped.scale() > Byte.MAX_VALUE)
      throw new Failure.Unreadable(
          "A number of a book should fit 64 bits without its point, but %s does not"
              .formatted(number.toPlainString()));
    return stripped;
  }
}
