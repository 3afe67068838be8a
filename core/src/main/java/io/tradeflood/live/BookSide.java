package io.tradeflood.live;

import io.tradeflood.model.OrderBook.Level;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/**
 * One side of a book, in arrays with the best level last: what changes is mostly among the best, so
 * little is moved. Levels are ordered by a key, which is the price at the scale of the book, turned
 * negative on the side of who sells; so the greatest key is the best on either side.
 */
final class BookSide {
  private static final int FIRST_ROOM = 64;

  private final boolean bid;
  private long[] keys = new long[FIRST_ROOM];
  private long[] sizes = new long[FIRST_ROOM];

  /** Of the price and of the size, as the exchange wrote them, in one. */
  private short[] scales = new short[FIRST_ROOM];

  private int count;

  /** Beyond this nothing is known, so nothing is kept. */
  private long horizon = Long.MIN_VALUE;

  BookSide(boolean bid) {
    this.bid = bid;
  }

  static short scales(int price, int size) {
    return (short) (price << Byte.SIZE | size);
  }

  int count() {
    return count;
  }

  void clear() {
    count = 0;
    horizon = Long.MIN_VALUE;
  }

  /** From here on levels that are worse than the worst one are not known. */
  void endsHere() {
    if (count > 0) horizon = keys[0];
  }

  boolean isCut() {
    return horizon != Long.MIN_VALUE;
  }

  /** Whether the side knows of levels with the key. */
  boolean knows(long key) {
    return key >= horizon;
  }

  /** The key of the best level; only if there is one. */
  long best() {
    return keys[count - 1];
  }

  /** A level of the book, 0 the best. */
  long key(int level) {
    return keys[count - 1 - level];
  }

  long size(int level) {
    return sizes[count - 1 - level];
  }

  int priceScale(int level) {
    return scales[count - 1 - level] >>> Byte.SIZE;
  }

  int sizeScale(int level) {
    return scales[count - 1 - level] & 0xFF;
  }

  /** Gives a level another size; 0 takes it away, and one that is not there is not missed. */
  void put(long key, long size, short levelScales) {
    if (key < horizon) return;
    int at = find(key);
    if (size == 0) {
      if (at >= 0) remove(at);
      return;
    }
    if (at < 0) {
      at = ~at;
      insert(at);
      keys[at] = key;
    }
    sizes[at] = size;
    scales[at] = levelScales;
  }

  /** Where the key is, or the complement of where it belongs; looks among the best first. */
  private int find(long key) {
    int high = count;
    int low = count - 1;
    int step = 1;
    while (low >= 0 && keys[low] > key) {
      high = low;
      low -= step;
      step <<= 1;
    }
    if (low < 0) low = -1;
    else if (keys[low] == key) return low;
    // Of low it is known that its key is less, of high that it is greater.
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      long found = keys[middle];
      if (found == key) return middle;
      if (found < key) low = middle;
      else high = middle;
    }
    return ~high;
  }

  private void insert(int at) {
    if (count == keys.length) room(2 * count);
    int behind = count - at;
    if (behind > 0) {
      System.arraycopy(keys, at, keys, at + 1, behind);
      System.arraycopy(sizes, at, sizes, at + 1, behind);
      System.arraycopy(scales, at, scales, at + 1, behind);
    }
    count++;
  }

  private void remove(int at) {
    count--;
    int behind = count - at;
    if (behind > 0) {
      System.arraycopy(keys, at + 1, keys, at, behind);
      System.arraycopy(sizes, at + 1, sizes, at, behind);
      System.arraycopy(scales, at + 1, scales, at, behind);
    }
  }

  private void room(int levels) {
    keys = Arrays.copyOf(keys, levels);
    sizes = Arrays.copyOf(sizes, levels);
    scales = Arrays.copyOf(scales, levels);
  }

  /** Whether all keys fit when they are multiplied. */
  boolean fits(long factor) {
    long most = Long.MAX_VALUE / factor;
    if (isCut() && Math.abs(horizon) > most) return false;
    // One of these is the farthest from zero.
    return count == 0 || Math.abs(keys[0]) <= most && Math.abs(keys[count - 1]) <= most;
  }

  void multiply(long factor) {
    for (int i = 0; i < count; i++) keys[i] *= factor;
    if (isCut()) horizon *= factor;
  }

  /** Takes over the best levels of another. */
  void copy(BookSide other, int most) {
    count = Math.min(most, other.count);
    if (count > keys.length) room(count + count / 4);
    int from = other.count - count;
    System.arraycopy(other.keys, from, keys, 0, count);
    System.arraycopy(other.sizes, from, sizes, 0, count);
    System.arraycopy(other.scales, from, scales, 0, count);
  }

  /** The best levels, as many as there are. */
  List<Level> levels(int most, int keyScale) {
    var levels = new Level[Math.min(most, count)];
    for (int i = 0; i < levels.length; i++) {
      int priceScale = priceScale(i);
      levels[i] =
          new Level(
              BigDecimal.valueOf(Decimals.rescaled(price(i), keyScale, priceScale), priceScale),
              BigDecimal.valueOf(size(i), sizeScale(i)));
    }
    return List.of(levels);
  }

  /** The price of a level at the scale of the keys. */
  long price(int level) {
    long key = key(level);
    return bid ? key : -key;
  }
}
