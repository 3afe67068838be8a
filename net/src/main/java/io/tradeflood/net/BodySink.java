package io.tradeflood.net;

import java.util.Arrays;

/** Gathers a body as it comes in. Used by one thread at a time. */
final class BodySink {
  private final int limit;
  private byte[] bytes;
  private int length;

  /**
   * @param expected the length that was announced, -1 if none was
   * @param limit the longest body that is accepted
   */
  BodySink(long expected, int limit) {
    this.limit = limit;
    bytes = new byte[(int) Math.clamp(expected < 0 ? 8192 : expected, 0, Math.min(limit, 1 << 20))];
  }

  /** Makes room for a part and gives where it is to be put; false if the body gets too long. */
  boolean makeRoom(int part) {
    if ((long) length + part > limit) return false;
    if (length + part > bytes.length)
      bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(length + part, 2L * length)));
    return true;
  }

  byte[] array() {
    return bytes;
  }

  /** Where the next part begins. */
  int length() {
    return length;
  }

  void advance(int part) {
    length += part;
  }

  byte[] whole() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}
