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

  /** The same rules with a checksum. */
  default BookRules with(BookChecksum checksum) {
    var rules = this;
    return new BookRules() {
      @Override
      public Verdict first(BookUpdate update, long snapshot) {
        return rules.first(update, snapshot);
      }

      @Override
      public Verdict next(BookUpdate update, long last) {
        return rules.next(update, last);
      }

      @Override
      public BookChecksum checksum() {
        return checksum;
      }
    };
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

  /** Numbers grow, with holes: what is not newer is known; what is missing, a checksum tells. */
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
    };
  }
}
