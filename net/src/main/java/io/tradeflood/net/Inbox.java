package io.tradeflood.net;

import io.netty.buffer.ByteBuf;

/**
 * The bytes that have come and are not read yet, in one array with some room behind them. Reused,
 * so that reading allocates nothing. Belongs to one thread.
 */
final class Inbox {
  /** So many bytes of the array may be looked at behind the last one that came. */
  static final int SLACK = 16;

  private static final int FIRST = 64 * 1024;

  byte[] bytes = new byte[FIRST];

  /** Where the first unread byte is. */
  int from;

  /** Where the unread bytes end. */
  int to;

  /** Takes in all of a buffer. */
  void add(ByteBuf part) {
    int length = part.readableBytes();
    makeRoom(length);
    part.readBytes(bytes, to, length);
    to += length;
  }

  private void makeRoom(int length) {
    if (from == to) from = to = 0;
    if (to + length + SLACK <= bytes.length) return;
    int unread = to - from;
    byte[] roomy =
        unread + length + SLACK <= bytes.length
            ? bytes
            : new byte[Math.max(bytes.length * 2, unread + length + SLACK)];
    System.arraycopy(bytes, from, roomy, 0, unread);
    bytes = roomy;
    from = 0;
    to = unread;
  }

  int length() {
    return to - from;
  }
}
