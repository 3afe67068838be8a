package io.tradeflood.turn;

/**
 * How far a run has come.
 *
 * @param known the distinct calls found so far; steps still to come may find more
 * @param done how many gave a value
 * @param failed how many failed or were given up
 */
public record Progress(long known, long done, long failed) {
  /** How many are under way. */
  public long open() {
    return known - done - failed;
  }
}
