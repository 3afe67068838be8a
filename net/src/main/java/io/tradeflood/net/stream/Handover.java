package io.tradeflood.net.stream;

import io.tradeflood.live.BookUpdate;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What a second connection has told of a book so far, while the first one still leads. It can lead
 * as soon as the next message of its own follows the last one that was told. Belongs to a loop.
 */
final class Handover {
  private static final int MOST = 10_000;

  private final ArrayDeque<Kept> kept = new ArrayDeque<>();

  /** The number of the last message that was told and dropped here; NONE if there is none. */
  private long dropped = BookUpdate.NONE;

  private boolean overflown;

  /** A message that was not told. */
  record Kept(BookUpdate update, long received) {}

  /** Keeps a message of the second connection; it is copied. */
  void keep(BookUpdate update, long received) {
    if (kept.size() == MOST) {
      overflown = true;
      kept.clear();
    }
    if (overflown) return;
    var copy = new BookUpdate();
    copy.copy(update);
    kept.add(new Kept(copy, received));
  }

  /**
   * Whether the second connection can lead from here on without a break. What was told already is
   * dropped.
   *
   * @param told the number of the last message that was told, or NONE
   */
  boolean isReady(long told) {
    if (overflown) return false;
    Kept next = next(told);
    if (next == null) return dropped != BookUpdate.NONE && dropped == told;
    BookUpdate update = next.update();
    if (update.last() == BookUpdate.NONE || told == BookUpdate.NONE) return update.isSnapshot();
    if (update.isSnapshot()) return false;
    if (update.previous() != BookUpdate.NONE) return update.previous() == told;
    if (update.first() != BookUpdate.NONE) return update.first() <= told + 1;
    return dropped != BookUpdate.NONE;
  }

  private @Nullable Kept next(long told) {
    Kept next = kept.peek();
    while (next != null
        && told != BookUpdate.NONE
        && next.update().last() != BookUpdate.NONE
        && next.update().last() <= told) {
      dropped = next.update().last();
      kept.poll();
      next = kept.peek();
    }
    return next;
  }

  /** Whether more came than is kept. */
  boolean isOverflown() {
    return overflown;
  }

  /** What it has told that the first one has not. */
  ArrayDeque<Kept> rest() {
    return kept;
  }
}
