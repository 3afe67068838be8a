package io.tradeflood.simulator.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Says what a server says on a WebSocket. Frames are gathered until {@link #flush}; for one thread.
 */
public final class WebSocketWriter implements AutoCloseable {
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int COMPRESSED = 0x40;
  private static final int LAST = 0x80;
  private static final int WORTH_COMPRESSING = 64;
  private static final int ENOUGH = 64 * 1024;
  private static final int MOST_REASON = 123;

  private final OutputStream out;
  private final boolean serverKeeps;
  private final @Nullable Deflater deflater;
  private byte[] buffer = new byte[8192];
  private int length;
  private byte[] packed = new byte[4096];

  WebSocketWriter(OutputStream out, Optional<Deflate> deflate) {
    this.out = out;
    this.serverKeeps = deflate.map(Deflate::serverKeeps).orElse(false);
    this.deflater = deflate.isPresent() ? new Deflater(Deflater.BEST_SPEED, true) : null;
  }

  /** A message of text, which is UTF-8. */
  public void text(byte[] bytes, int size) {
    Deflater zip = deflater;
    if (zip == null || size < WORTH_COMPRESSING) {
      frame(LAST | TEXT, bytes, size);
      return;
    }
    zip.setInput(bytes, 0, size);
    int n = 0;
    while (true) {
      n += zip.deflate(packed, n, packed.length - n, Deflater.SYNC_FLUSH);
      if (n < packed.length) {
        break;
      }
      packed = Arrays.copyOf(packed, 2 * packed.length);
    }
    if (!serverKeeps) {
      zip.reset();
    }
    frame(LAST | COMPRESSED | TEXT, packed, n - 4);
  }

  /** A message of text. */
  public void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    text(bytes, bytes.length);
  }

  public void ping(byte[] bytes) {
    frame(LAST | PING, bytes, bytes.length);
  }

  public void pong(byte[] bytes) {
    frame(LAST | PONG, bytes, bytes.length);
  }

  /** The last thing said; 1005 says it without a code. */
  public void close(int code, String reason) {
    if (code == 1005) {
      frame(LAST | CLOSE, new byte[0], 0);
      return;
    }
    byte[] why = reason.getBytes(StandardCharsets.UTF_8);
    byte[] content = new byte[2 + Math.min(why.length, MOST_REASON)];
    content[0] = (byte) (code >> 8);
    content[1] = (byte) code;
    System.arraycopy(why, 0, content, 2, content.length - 2);
    frame(LAST | CLOSE, content, content.length);
  }

  private void frame(int first, byte[] content, int size) {
    room(size + 10);
    buffer[length++] = (byte) first;
    if (size < 126) {
      buffer[length++] = (byte) size;
    } else if (size < 65_536) {
      buffer[length++] = 126;
      buffer[length++] = (byte) (size >> 8);
      buffer[length++] = (byte) size;
    } else {
      buffer[length++] = 127;
      for (int shift = 56; shift >= 0; shift -= 8) {
        buffer[length++] = (byte) ((long) size >> shift);
      }
    }
    System.arraycopy(content, 0, buffer, length, size);
    length += size;
  }

  private void room(int more) {
    if (length + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + more));
    }
  }

  /** Whether so much was gathered that it should go before more comes. */
  public boolean isFull() {
    return length >= ENOUGH;
  }

  /** How many bytes were gathered. */
  public int gathered() {
    return length;
  }

  /** Sends what was gathered. */
  public void flush() throws IOException {
    if (length > 0) {
      out.write(buffer, 0, length);
      length = 0;
    }
  }

  /** Takes back the last so many bytes of what was gathered and sends the rest. */
  public void cut(int bytes) throws IOException {
    length -= Math.min(bytes, length);
    flush();
  }

  /** Ends the connection at once; whoever reads from it notices. */
  public void hangUp() throws IOException {
    out.close();
  }

  @Override
  public void close() {
    if (deflater != null) {
      deflater.end();
    }
  }
}
