package io.tradeflood.history;

import io.tradeflood.model.TimeRange;

/**
 * A piece of a range for which there is no page.
 *
 * @param range the piece
 * @param why why there is none
 * @param reason the same in a few words, for users
 */
public record Cut(TimeRange range, Why why, String reason) {
  /** Why there is no page for a piece. */
  public enum Why {
    /** The exchange does not reach back so far. */
    BEYOND_REACH,
    /** The bar is not closed, and the endpoint gives closed ones only. */
    OPEN,
    /** It has not happened yet. */
    FUTURE
  }
}
