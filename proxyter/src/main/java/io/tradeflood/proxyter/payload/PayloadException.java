package io.tradeflood.proxyter.payload;

/** A payload, or what carries it, cannot be read. The message is one line and names the place. */
public final class PayloadException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public PayloadException(String message) {
    super(message);
  }
}
