package io.tradeflood;

import io.tradeflood.model.TimeRange;

/**
 * What is known of a piece of a history: "nothing traded then" and "we do not have it" are never
 * confused.
 *
 * @param range the piece
 * @param state what is known of it
 * @param reason why, in a few words; empty where the state says it all
 */
public record Coverage(TimeRange range, State state, String reason) {
  /** Whether there is, or may be, something that we do not have. */
  public boolean isMissing() {
    return switch (state) {
      case BEYOND_RETENTION, OUTAGE, FAILED -> true;
      case HELD, EMPTY, UNSETTLED, NOT_LISTED -> false;
    };
  }

  /** What can be known of a piece of a history. */
  public enum State {
    /** We have it. */
    HELD,
    /** The exchange says that there is nothing. */
    EMPTY,
    /** It can still change: the open bar. */
    UNSETTLED,
    /** The exchange no longer gives it. */
    BEYOND_RETENTION,
    /** The instrument was not traded yet, or no longer. */
    NOT_LISTED,
    /** The exchange was down. */
    OUTAGE,
    /** It was asked for in vain. */
    FAILED
  }
}
