package io.tradeflood.simulator.market;

/**
 * How much is traded: about twelve trades a minute, about six, or about one with whole hours of
 * silence.
 */
public enum Activity {
  LIVELY,
  STEADY,
  QUIET;

  /** Orders that traded, per minute: what an exchange calls an aggregate trade. */
  Tally orders(long key) {
    return switch (this) {
      case LIVELY -> new Tally(key, 8, 1, 2, 3);
      case STEADY -> new Tally(key, 4, 0, 1, 2);
      case QUIET -> new Tally(key, 1, 0, 1, 1);
    };
  }

  /** Further fills of the same orders, per minute. */
  Tally furtherFills(long key) {
    return switch (this) {
      case LIVELY -> new Tally(key, 4, 0, 1, 2);
      case STEADY -> new Tally(key, 2, 0, 1, 1);
      case QUIET -> new Tally(key, 0, 0, 0, 0);
    };
  }
}
