package io.tradeflood.turn;

/** Somebody in a run who waits for outcomes. */
interface Taker {
  /**
   * Takes an outcome. Does little itself: what follows is put to the pump, so the stack stays flat.
   *
   * @param index which of those it waits for
   * @param outcome a value or {@link Broken}
   */
  void take(int index, Object outcome, Pump pump);

  /** Whether somebody still wants what it will make of the outcome. */
  boolean isWanted();
}
