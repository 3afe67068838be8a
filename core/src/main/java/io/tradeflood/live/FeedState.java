package io.tradeflood.live;

import io.tradeflood.model.TimeRange;

/** What became of a feed; told in the feed itself, at its place among the rows. */
public sealed interface FeedState {
  /** The exchange has taken the subscription: rows come from now on. */
  record Connected() implements FeedState {}

  /**
   * What follows is whole: the book stands, or the rows that were missed have been fetched. Also
   * told of a feed that needs no more than to be connected.
   */
  record Synced() implements FeedState {}

  /**
   * What follows is not whole until {@link Synced} is told again. A book gives no rows meanwhile.
   *
   * @param reason what happened, one line
   */
  record Desynced(String reason) implements FeedState {}

  /**
   * Rows of this range are missing, or may be, and cannot be had.
   *
   * @param range from the last row that was had to the first one after it, UTC
   * @param reason what happened, and why they could not be fetched
   */
  record Gap(TimeRange range, String reason) implements FeedState {}

  /**
   * Nothing has come for longer than is usual; the connection is replaced, or the answer of a poll
   * is waited for.
   *
   * @param reason for how long, and what is done
   */
  record Stale(String reason) implements FeedState {}
}
