package io.tradeflood.simulator.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** The incoming side of a connection: buffered, and given up when a deadline passes. */
final class WireInput extends InputStream {
  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[8192];
  private int at;
  private int end;
  private long deadline;

  WireInput(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    expectWithin(Duration.ZERO);
  }

  /**
   * From now on reads fail with {@link SocketTimeoutException} after so long; zero waits for ever.
   */
  void expectWithin(Duration time) {
    deadline = time.isZero() ? 0 : System.nanoTime() + time.toNanos();
  }

  /** Waits for more; false at the end of the stream. */
  boolean awaitByte() throws IOException {
    return at < end || fill();
  }

  @Override
  public int read() throws IOException {
    return at < end || fill() ? buffer[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at == end && !fill()) {
      return -1;
    }
    int n = Math.min(length, end - at);
    System.arraycopy(buffer, at, target, offset, n);
    at += n;
    return n;
  }

  private boolean fill() throws IOException {
    if (deadline == 0) {
      socket.setSoTimeout(0);
    } else {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new SocketTimeoutException("The request took too long");
      }
      socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
    }
    int n = in.read(buffer, 0, buffer.length);
    at = 0;
    end = Math.max(n, 0);
    return n > 0;
  }
}
