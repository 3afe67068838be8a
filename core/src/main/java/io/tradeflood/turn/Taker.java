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

  /**
   * Whether what it makes of the outcome may still be wanted; once it is not, it never is again.
   */
  boolean isWanted();
}
