package io.tradeflood.turn;

/** On whose behalf something is done in a run: one asker. */
abstract sealed class Scope permits Result, Results {
  private final String label;
  private final boolean passes;
  volatile boolean over;

  Scope(String label, boolean passes) {
    this.label = label;
    this.passes = passes;
  }

  /** The asker's name. */
  public final String label() {
    return label;
  }

  /** Whether the values pass through: once taken they are not kept for later. */
  final boolean passes() {
    return passes;
  }

  /** Whether everything asked for has ended. */
  abstract boolean hasEnded();

  /** Ends what has not ended with the failure. */
  abstract void end(Failure failure);
}
