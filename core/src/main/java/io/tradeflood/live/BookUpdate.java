package io.tradeflood.live;

import java.util.Arrays;

/**
 * One message about a book, as a transport reads it off the wire: levels with their new sizes, and
 * what the exchange says of their order. Reused for message after message, so nothing is allocated;
 * it is valid only while the sink is being told. Sizes are absolute; 0 takes the level away.
 *
 * <p>Prices and sizes are exact: a number is {@code mantissa * 10^-scale}, written with as many
 * digits as the exchange wrote ({@code 100.40} is 10040 with scale 2), since checksums depend on
 * it.
 */
public final class BookUpdate {
  /** No number was given. */
  public static final long NONE = Long.MIN_VALUE;

  private boolean snapshot;
  private long first = NONE;
  private long last = NONE;
  private long previous = NONE;
  private long time = NONE;
  private boolean checked;
  private int checksum;
  private int bids;
  private int count;
  private boolean[] bid = new boolean[64];
  private long[] price = new long[64];
  private byte[] priceScale = new byte[64];
  private long[] size = new long[64];
  private byte[] sizeScale = new byte[64];

  /**
   * Begins anew.
   *
   * @param whole whether the message is the whole book rather than what changed of it
   */
  public BookUpdate begin(boolean whole) {
    snapshot = whole;
    first = last = previous = time = NONE;
    checked = false;
    bids = count = 0;
    return this;
  }

  /** The numbers of the first and the last change in the message; the same if there is but one. */
  public BookUpdate sequence(long firstChange, long lastChange) {
    first = firstChange;
    last = lastChange;
    return this;
  }

  /** The number of the last change of the message before this one. */
  public BookUpdate previous(long lastChange) {
    previous = lastChange;
    return this;
  }

  /** The exchange's time, in milliseconds since 1970 UTC. */
  public BookUpdate time(long millis) {
    time = millis;
    return this;
  }

  /** The checksum of the book after this message. */
  public BookUpdate checksum(int sum) {
    checked = true;
    checksum = sum;
    return this;
  }

  /**
   * A level.
   *
   * @param isBid whether it is one of who buys
   * @param priceMantissa see the class
   * @param priceScale 0 to 127
   * @param sizeMantissa 0 takes the level away
   * @param sizeScale 0 to 127
   */
  public void level(
      boolean isBid, long priceMantissa, int priceScale, long sizeMantissa, int sizeScale) {
    if (count == price.length) grow();
    bid[count] = isBid;
    price[count] = priceMantissa;
    this.priceScale[count] = (byte) priceScale;
    size[count] = sizeMantissa;
    this.sizeScale[count] = (byte) sizeScale;
    count++;
    if (isBid) bids++;
  }

  private void grow() {
    int longer = count * 2;
    bid = Arrays.copyOf(bid, longer);
    price = Arrays.copyOf(price, longer);
    priceScale = Arrays.copyOf(priceScale, longer);
    size = Arrays.copyOf(size, longer);
    sizeScale = Arrays.copyOf(sizeScale, longer);
  }

  /** Whether it is the whole book. */
  public boolean isSnapshot() {
    return snapshot;
  }

  /** The number of its first change, or {@link #NONE}. */
  public long first() {
    return first;
  }

  /** The number of its last change, or {@link #NONE}. */
  public long last() {
    return last;
  }

  /** The number of the last change before it, or {@link #NONE}. */
  public long previous() {
    return previous;
  }

  /** The exchange's time in milliseconds since 1970 UTC, or {@link #NONE}. */
  public long time() {
    return time;
  }

  /** Whether the exchange gave a checksum. */
  public boolean hasChecksum() {
    return checked;
  }

  /** The checksum, if there is one. */
  public int checksum() {
    return checksum;
  }

  /** How many levels it has. */
  public int size() {
    return count;
  }

  /** How many of them are of who buys. */
  public int bids() {
    return bids;
  }

  /** Whether the level is one of who buys. */
  public boolean isBid(int level) {
    return bid[level];
  }

  /** The level's price without its point. */
  public long price(int level) {
    return price[level];
  }

  /** How many digits of the price stand behind the point. */
  public int priceScale(int level) {
    return priceScale[level];
  }

  /** The level's size without its point; 0 takes it away. */
  public long size(int level) {
    return size[level];
  }

  /** How many digits of the size stand behind the point. */
  public int sizeScale(int level) {
    return sizeScale[level];
  }

  /** Takes over all of another, to keep it. */
  public void copy(BookUpdate other) {
    begin(other.snapshot);
    first = other.first;
    last = other.last;
    previous = other.previous;
    time = other.time;
    checked = other.checked;
    checksum = other.checksum;
    while (price.length < other.count) {
      count = price.length;
      grow();
    }
    count = other.count;
    bids = other.bids;
    System.arraycopy(other.bid, 0, bid, 0, count);
    System.arraycopy(other.price, 0, price, 0, count);
    System.arraycopy(other.priceScale, 0, priceScale, 0, count);
    System.arraycopy(other.size, 0, size, 0, count);
    System.arraycopy(other.sizeScale, 0, sizeScale, 0, count);
  }
}
