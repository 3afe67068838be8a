package io.tradeflood.live;

/** How an exchange sums a book up, so that both sides can see whether they have the same. */
@FunctionalInterface
public interface BookChecksum {
  /** There is none. */
  BookChecksum NONE = (_, given) -> given;

  /**
   * The checksum of a book. Called for each message that carries one: it should allocate nothing.
   *
   * @param book the book as it is now
   * @param given what the exchange gave
   */
  int of(BookLevels book, int given);
}
