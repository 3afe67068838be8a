package io.tradeflood.simulator.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** How an answer gets to the other side, or fails to. */
public sealed interface Delivery {

  /** In one piece, as it should be. */
  Delivery WHOLE = new Whole();

  /** In one piece. */
  record Whole() implements Delivery {}

  /** The head promises the whole body, so many bytes of it come, and the connection is closed. */
  record Cut(int bytes) implements Delivery {}

  /** The body drips. */
  record Slow(int bytesPerSecond) implements Delivery {
    public Slow {
      if (bytesPerSecond < 1) {
        throw new IllegalArgumentException(
            "A slow body needs at least 1 byte per second, was " + bytesPerSecond);
      }
    }
  }

  /** The head and so many bytes of the body come, and the connection is reset. */
  record Reset(int bytes) implements Delivery {}

  /** Nothing comes for so long, and the connection is closed. */
  record Mute(Duration time) implements Delivery {}

  /** These bytes come instead of an answer, and the connection is closed. */
  record Garbage(byte[] bytes) implements Delivery {}

  /** The body comes in chunks for as long as it is told. */
  record Chunked(Protocol protocol) implements Delivery {}

  /** After the head the connection speaks another protocol. */
  record Upgrade(Protocol protocol) implements Delivery {}

  /** What is spoken on a connection that was taken over; it is closed on return. */
  @FunctionalInterface
  interface Protocol {
    void speak(InputStream in, OutputStream out) throws IOException;
  }
}
