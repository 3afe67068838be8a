package io.tradeflood.proxyter.probe;

import io.tradeflood.proxyter.hop.Failure;
import java.io.IOException;

/** A way came to nothing, and it is known why. */
final class NoWayException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  NoWayException(Failure failure) {
    super(failure.details());
    this.failure = failure;
  }

  Failure failure() {
    return failure;
  }
}
