package io.tradeflood.proxyter.config;

/** A change was meant for a configuration that is not the running one any more. */
public final class StaleRevisionException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final long running;

  StaleRevisionException(long meant, long running) {
    super(
        "the change is meant for revision %d, but the configuration has revision %d: read it again and repeat the change"
            .formatted(meant, running));
    this.running = running;
  }

  /** The revision of the running configuration. */
  public long running() {
    return running;
  }
}
