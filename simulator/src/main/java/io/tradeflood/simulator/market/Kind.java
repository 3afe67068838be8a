package io.tradeflood.simulator.market;

/**
 * What an instrument is: the thing itself, a contract without end, or a contract with a day of
 * delivery.
 */
public enum Kind {
  SPOT,
  PERPETUAL,
  DELIVERY
}
