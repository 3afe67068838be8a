package io.tradeflood.net;

import java.nio.charset.StandardCharsets;

/**
 * One thing that is written down on a tape; docs/streams.md tells how.
 *
 * @param kind what it is
 * @param number which connection it is of; 0 for none
 * @param nanos when it was, in nanoseconds since 1970 UTC
 * @param body the rest
 */
record TapeEntry(Kind kind, int number, long nanos, byte[] body) {
  /** What is written down; on the tape in small letters. */
  enum Kind {
    /** A connection is to be opened: its connector, its group, its address. */
    DIAL,
    /** It is open. */
    OPEN,
    /** A text was sent. */
    SENT,
    /** A message has come. */
    GOT,
    /** A ping has come. */
    PING,
    /** An answer to a ping has come. */
    PONG,
    /** It was closed, or could not be opened. */
    END,
    /** We have closed it. */
    SHUT,
    /** A request was answered. */
    REPLY,
    /** A request was not answered. */
    FAULT
  }

  static TapeEntry of(Kind kind, int number, long nanos, String body) {
    return new TapeEntry(kind, number, nanos, body.getBytes(StandardCharsets.UTF_8));
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
