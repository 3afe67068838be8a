package io.tradeflood.proxyter.wire;

/** Bytes that are not what they should be. The message is one line and repeats no bytes. */
public final class WireException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public WireException(String message) {
    super(message, null, false, false);
  }
}
