package io.tradeflood.model;

/** The side of the taker: who crossed the spread. */
public enum Side {
  /** The taker bought, the maker's sell order was hit. */
  BUY,
  /** The taker sold. */
  SELL
}
