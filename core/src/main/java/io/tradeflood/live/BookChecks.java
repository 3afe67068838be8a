package io.tradeflood.live;

import org.jspecify.annotations.Nullable;

/** What may be wrong with a book, by the rules of its exchange, in words. */
final class BookChecks {
  /** A book that is known only so far begins anew when one in so many of its levels is left. */
  private static final int WORN = 10;

  private final BookChecksum checksum;
  private final boolean uncrossed;
  private final int snapshotDepth;

  BookChecks(BookRules rules) {
    checksum = rules.checksum();
    uncrossed = rules.isBrokenWhenCrossed();
    snapshotDepth = rules.snapshotDepth();
  }

  int snapshotDepth() {
    return snapshotDepth;
  }

  /** Why the ladder is not what it should be after a message; null if it is. */
  @Nullable String faultAfter(BookUpdate update, Ladder ladder) {
    if (update.hasChecksum()) {
      int sum = checksum.of(ladder, update.checksum());
      if (sum != update.checksum())
        return "its checksum is %d after number %d, but the exchange's is %d"
            .formatted(sum, update.last(), update.checksum());
    }
    if (uncrossed && ladder.isCrossed())
      return "it is crossed after number %d: a message is missing".formatted(update.last());
    return null;
  }

  /** Why the ladder will not be of use for long; null if it will. */
  @Nullable String wearOf(Ladder ladder) {
    if (snapshotDepth == Integer.MAX_VALUE || !ladder.isWornTo(snapshotDepth / WORN)) return null;
    return "fewer than %d of the %d levels of its snapshot are left"
        .formatted(snapshotDepth / WORN, snapshotDepth);
  }

  /** That a message does not go on from a number. */
  static String hole(long last, BookUpdate early) {
    return "changes after number %d are missing: the next message %s"
        .formatted(
            last,
            early.previous() == BookUpdate.NONE
                ? "begins with " + early.first()
                : "goes on from " + early.previous());
  }
}
