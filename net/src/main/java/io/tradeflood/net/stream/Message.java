package io.tradeflood.net.stream;

import io.tradeflood.net.json.JsonScanner;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The message being read; one object for all messages of a connection. */
final class Message {
  private final JsonScanner scanner = new JsonScanner();
  private byte[] bytes = {};
  private int offset;
  private int length;
  private Instant received = Instant.EPOCH;
  private long nanos;
  private boolean snapshot;

  /**
   * Takes up a message.
   *
   * @param when the very same object for all that came at once
   * @return whether it is the first of those
   */
  @SuppressWarnings("ReferenceEquality") // the moment of one read is one object
  boolean take(byte[] from, int at, int size, Instant when) {
    bytes = from;
    offset = at;
    length = size;
    if (when == received) return false;
    nanos = when.getEpochSecond() * 1_000_000_000L + when.getNano();
    received = when;
    return true;
  }

  /** Its scanner, at its beginning. */
  JsonScanner begin() {
    snapshot = false;
    return scanner.reset(bytes, offset, length);
  }

  /** Its scanner, where it was left. */
  JsonScanner scanner() {
    return scanner;
  }

  void snapshot(boolean is) {
    snapshot = is;
  }

  boolean isSnapshot() {
    return snapshot;
  }

  Instant received() {
    return received;
  }

  /** When it came, in nanoseconds since 1970 UTC. */
  long nanos() {
    return nanos;
  }

  int length() {
    return length;
  }

  boolean begins(char first) {
    return length > 0 && bytes[offset] == first;
  }

  /** All of it. */
  String text() {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }
}
