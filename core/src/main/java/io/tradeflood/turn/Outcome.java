package io.tradeflood.turn;

/** How a turn ended. */
public sealed interface Outcome<T> {
  /** It gave a value. */
  record Value<T>(T value) implements Outcome<T> {}

  /** It failed. */
  record Failed<T>(Failure failure) implements Outcome<T> {}

  /**
   * The value.
   *
   * @throws Failure if there is none
   */
  default T orThrow() {
    return switch (this) {
      case Value<T>(var value) -> value;
      case Failed<T>(var failure) -> throw failure;
    };
  }
}
