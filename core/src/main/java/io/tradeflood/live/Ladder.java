package io.tradeflood.live;

import io.tradeflood.model.OrderBook;
import io.tradeflood.model.OrderBook.Level;
import java.math.BigDecimal;
import java.util.List;

/**
 * The levels of both sides of a book, changed in place. Allocates only to grow. Not thread-safe.
 */
final class Ladder implements BookLevels {
  /** Prices with more digits behind the point are compared without the zeros at their end. */
  private static final int USUAL_SCALE = 10;

  private final BookSide bids = new BookSide(true);
  private final BookSide asks = new BookSide(false);

  /** Of all keys of both sides. */
  private int scale;

  void clear() {
    bids.clear();
    asks.clear();
    scale = 0;
  }

  /** Begins with a book that was fetched, of which each side may be cut after so many levels. */
  void begin(OrderBook book, int cutAfter) {
    clear();
    begin(true, book.bids());
    begin(false, book.asks());
    if (bids.count() >= cutAfter) bids.endsHere();
    if (asks.count() >= cutAfter) asks.endsHere();
  }

  private void begin(boolean bid, List<Level> levels) {
    for (int i = levels.size() - 1; i >= 0; i--) {
      BigDecimal price = Decimals.fitting(levels.get(i).price());
      BigDecimal size = Decimals.fitting(levels.get(i).size());
      put(
          bid,
          price.unscaledValue().longValue(),
          price.scale(),
          size.unscaledValue().longValue(),
          size.scale());
    }
  }

  void apply(BookUpdate update) {
    if (update.isSnapshot()) {
      clear();
      // Books are told from the best level on, and kept the other way.
      for (int i = update.size() - 1; i >= 0; i--) put(update, i);
    } else {
      int size = update.size();
      for (int i = 0; i < size; i++) put(update, i);
    }
  }

  private void put(BookUpdate update, int i) {
    put(
        update.isBid(i),
        update.price(i),
        update.priceScale(i),
        update.size(i),
        update.sizeScale(i));
  }

  private void put(boolean bid, long price, int priceScale, long size, int sizeScale) {
    long key = priceScale == scale ? price : key(price, priceScale);
    short scales = BookSide.scales(priceScale, sizeScale);
    if (bid) bids.put(key, size, scales);
    else asks.put(-key, size, scales);
  }

  /** The price at the scale of the keys, which grows if that is too small for it. */
  private long key(long price, int priceScale) {
    long mantissa = price;
    int digits = priceScale;
    if (digits > scale && !(digits <= USUAL_SCALE && grow(digits))) {
      while (digits > scale && mantissa % 10 == 0) {
        mantissa /= 10;
        digits--;
      }
      if (digits > scale && !grow(digits)) throw Decimals.tooLong(price, priceScale);
    }
    if (!Decimals.fits(mantissa, scale - digits)) throw Decimals.tooLong(price, priceScale);
    return Decimals.rescaled(mantissa, digits, scale);
  }

  private boolean grow(int larger) {
    if (bids.count() > 0 || asks.count() > 0) {
      long factor = Decimals.power(larger - scale);
      if (factor == 0 || !bids.fits(factor) || !asks.fits(factor)) return false;
      bids.multiply(factor);
      asks.multiply(factor);
    }
    scale = larger;
    return true;
  }

  /** Whether a level of an update is within what is known of the book. */
  boolean knows(BookUpdate update, int i) {
    if (!bids.isCut() && !asks.isCut()) return true;
    long key = key(update.price(i), update.priceScale(i));
    return update.isBid(i) ? bids.knows(key) : asks.knows(-key);
  }

  /** Whether somebody would buy for what somebody sells for, or more. */
  boolean isCrossed() {
    return bids.count() > 0 && asks.count() > 0 && bids.best() >= -asks.best();
  }

  /** Whether a side that is known only so far has fewer levels left than this. */
  boolean isWornTo(int levels) {
    return bids.isCut() && bids.count() < levels || asks.isCut() && asks.count() < levels;
  }

  /** Takes over the best levels of another. */
  void copy(Ladder other, int depth) {
    scale = other.scale;
    bids.copy(other.bids, depth);
    asks.copy(other.asks, depth);
  }

  List<Level> levels(boolean bid, int depth) {
    return (bid ? bids : asks).levels(depth, scale);
  }

  @Override
  public int bids() {
    return bids.count();
  }

  @Override
  public int asks() {
    return asks.count();
  }

  @Override
  public long price(boolean bid, int level) {
    BookSide side = bid ? bids : asks;
    return Decimals.rescaled(side.price(level), scale, side.priceScale(level));
  }

  @Override
  public int priceScale(boolean bid, int level) {
    return (bid ? bids : asks).priceScale(level);
  }

  @Override
  public long size(boolean bid, int level) {
    return (bid ? bids : asks).size(level);
  }

  @Override
  public int sizeScale(boolean bid, int level) {
    return (bid ? bids : asks).sizeScale(level);
  }
}
