package io.tradeflood.live;

/**
 * How a feed is read.
 *
 * @param overflow what happens when the reader is slower than the feed
 * @param capacity how many unread rows are kept, at least 1
 * @param raw whether rows carry the message that they came in
 */
public record ReadOptions(Overflow overflow, int capacity, boolean raw) {
  /** How many unread rows are kept unless somebody says otherwise. */
  public static final int CAPACITY = 4096;

  public ReadOptions {
    if (capacity < 1)
      throw new IllegalArgumentException(
          "A reader must keep at least 1 unread row, was " + capacity);
  }

  /** The oldest unread rows go if there are more than {@link #CAPACITY}. */
  public static ReadOptions standard() {
    return new ReadOptions(Overflow.DROP_OLDEST, CAPACITY, false);
  }

  /** The same with another policy. */
  public ReadOptions overflow(Overflow other) {
    return new ReadOptions(other, capacity, raw);
  }

  /** The same with another capacity. */
  public ReadOptions capacity(int other) {
    return new ReadOptions(overflow, other, raw);
  }

  /** The same with the messages. */
  public ReadOptions withRaw() {
    return new ReadOptions(overflow, capacity, true);
  }
}
