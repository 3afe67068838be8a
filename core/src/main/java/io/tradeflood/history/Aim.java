package io.tradeflood.history;

/** What pages are chosen for. */
public enum Aim {
  /** Few round trips: for what is little beside the limit. */
  FEWEST_CALLS,
  /** Little of the limit: for so much that the limit decides how long it takes. */
  LEAST_WEIGHT
}
