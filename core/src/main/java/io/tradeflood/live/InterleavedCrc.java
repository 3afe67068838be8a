package io.tradeflood.live;

/**
 * The CRC-32 of a text of the best levels, a bid and an ask in turn, each {@code price:size}, all
 * joined by colons, with the digits that the exchange wrote: {@code 100.5:2:100.6:1.5:100.40:3}. A
 * side with fewer levels is passed over. Bitget, for one, sums its books up so. Allocates nothing;
 * immutable.
 *
 * @param levels how many of each side
 */
public record InterleavedCrc(int levels) implements BookChecksum {
  private static final int POLYNOMIAL = 0xEDB88320;
  private static final int[] TABLE = table();

  private static int[] table() {
    var table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int sum = i;
      for (int bit = 0; bit < Byte.SIZE; bit++)
        sum = (sum & 1) == 0 ? sum >>> 1 : sum >>> 1 ^ POLYNOMIAL;
      table[i] = sum;
    }
    return table;
  }

  @Override
  public int of(BookLevels book, int given) {
    int bids = Math.min(levels, book.bids());
    int asks = Math.min(levels, book.asks());
    int sum = -1;
    boolean first = true;
    for (int i = 0; i < bids || i < asks; i++) {
      if (i < bids) {
        sum = level(first ? sum : next(sum, ':'), book, true, i);
        first = false;
      }
      if (i < asks) {
        sum = level(first ? sum : next(sum, ':'), book, false, i);
        first = false;
      }
    }
    return ~sum;
  }

  private static int level(int before, BookLevels book, boolean bid, int i) {
    int sum = number(before, book.price(bid, i), book.priceScale(bid, i));
    return number(next(sum, ':'), book.size(bid, i), book.sizeScale(bid, i));
  }

  private static int number(int before, long mantissa, int scale) {
    int sum = mantissa < 0 ? next(before, '-') : before;
    long rest = Math.abs(mantissa);
    int digits = 1;
    while (digits < 19 && Decimals.power(digits) <= rest) digits++;
    // At least one digit stands before the point.
    for (int i = Math.max(digits, scale + 1) - 1; i >= 0; i--) {
      int digit = 0;
      if (i < digits) {
        long power = Decimals.power(i);
        digit = (int) (rest / power);
        rest -= digit * power;
      }
      sum = next(sum, '0' + digit);
      if (i == scale && scale > 0) sum = next(sum, '.');
    }
    return sum;
  }

  private static int next(int sum, int character) {
    return TABLE[(sum ^ character) & 0xFF] ^ sum >>> Byte.SIZE;
  }
}
