package io.tradeflood.turn;

/** A failure where a value is expected: within a run outcomes are values or this. */
record Broken(Failure failure) {

  /** What somebody's code threw, as a failure. */
  static Broken of(Throwable thrown, String what) {
    return switch (thrown) {
      case Failure failure -> new Broken(failure);
      case InterruptedException _ -> new Broken(new Failure.Cancelled(what));
      default ->
          new Broken(new Failure.Bug("%s failed unexpectedly: %s".formatted(what, thrown), thrown));
    };
  }

  @SuppressWarnings("unchecked") // what a turn ended with has the turn's type
  static <T> Outcome<T> outcome(Object outcome) {
    return outcome instanceof Broken(var failure)
        ? new Outcome.Failed<>(failure)
        : new Outcome.Value<>((T) outcome);
  }
}
