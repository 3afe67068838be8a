package io.tradeflood.net;

import java.io.IOException;

/** What came is no WebSocket, or more than is wanted. */
final class FrameException extends IOException {
  private static final long serialVersionUID = 1;

  /** RFC 6455, 7.4.1. */
  static final int PROTOCOL = 1002;

  static final int UNREADABLE = 1007;
  static final int TOO_LONG = 1009;

  private final int code;

  /**
   * @param message the end of a sentence, such as {@code sent a masked frame}
   */
  FrameException(int code, String message) {
    super(message);
    this.code = code;
  }

  /** What the other side is told. */
  int code() {
    return code;
  }
}
