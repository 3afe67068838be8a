package io.tradeflood.cli;

/**
 * The question or the setup is wrong. The message is for the user: each of its lines is one error.
 */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }

  UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
