package io.tradeflood.live;

/**
 * By what rules messages follow one another, as the exchange sets them. Pure. For exchanges whose
 * rules are none of those below it is implemented anew.
 */
public interface BookRules {
  /** What is to be done with a message. */
  enum Verdict {
    /** It is the next one. */
    APPLY,
    /** All of it is known already. */
    SKIP,
    /** Something between is missing: the book must begin anew. */
    BROKEN
  }

  /**
   * The first messages after a snapshot that did not come by the stream.
   *
   * @param snapshot the snapshot's number
   */
  Verdict first(BookUpdate update, long snapshot);

  /**
   * Every other message.
   *
   * @param last the number of the last one that was applied, or of the snapshot in the stream
   */
  Verdict next(BookUpdate update, long last);

  /** The book's checksum; books without one are never wrong by it. */
  default BookChecksum checksum() {
    return BookChecksum.NONE;
  }

  /**
   * Whether a message is missing when somebody buys for what somebody sells for. By default not:
   * where the numbers prove that none is, a crossed book is the exchange's own, as in an auction,
   * and another snapshot would bring the same.
   */
  default boolean isBrokenWhenCrossed() {
    return false;
  }

  /**
   * How many levels a side a fetched snapshot has at most. Of a side with so many it is not known
   * what lies behind the worst of them, so nothing is told of that, and the book begins anew when
   * most of them are gone. By default snapshots are of the whole book.
   */
  default int snapshotDepth() {
    return Integer.MAX_VALUE;
  }

  /** The same rules with a checksum. */
  default BookRules with(BookChecksum checksum) {
    return new RulesWith(this, checksum, snapshotDepth());
  }

  /** The same rules for snapshots of at most so many levels a side, see {@link #snapshotDepth}. */
  default BookRules cutAt(int levels) {
    return new RulesWith(this, checksum(), levels);
  }

  /**
   * Changes are numbered without holes: a message begins where the one before it ended, or earlier.
   */
  static BookRules spanning() {
    return new BookRules() {
      @Override
      public Verdict first(BookUpdate update, long snapshot) {
        return next(update, snapshot);
      }

      @Override
      public Verdict next(BookUpdate update, long last) {
        if (update.last() <= last) return Verdict.SKIP;
        return update.first() <= last + 1 ? Verdict.APPLY : Verdict.BROKEN;
      }
    };
  }

  /**
   * Each message names the last change of the one before it. The first one after a snapshot holds
   * the snapshot's number between its first and its last.
   */
  static BookRules chained() {
    return new BookRules() {
      @Override
      public Verdict first(BookUpdate update, long snapshot) {
        if (update.last() < snapshot) return Verdict.SKIP;
        return update.first() <= snapshot ? Verdict.APPLY : next(update, snapshot);
      }

      @Override
      public Verdict next(BookUpdate update, long last) {
        if (update.previous() == last) return Verdict.APPLY;
        return update.last() <= last ? Verdict.SKIP : Verdict.BROKEN;
      }
    };
  }

  /**
   * Numbers grow, with holes: what is not newer is known; what is missing, a checksum tells, or a
   * crossed book.
   */
  static BookRules growing() {
    return new BookRules() {
      @Override
      public Verdict first(BookUpdate update, long snapshot) {
        return next(update, snapshot);
      }

      @Override
      public Verdict next(BookUpdate update, long last) {
        return update.last() > last || update.last() == BookUpdate.NONE
            ? Verdict.APPLY
            : Verdict.SKIP;
      }

      @Override
      public boolean isBrokenWhenCrossed() {
        return true;
      }
    };
  }
}
