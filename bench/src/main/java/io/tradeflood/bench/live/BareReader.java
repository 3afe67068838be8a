package io.tradeflood.bench.live;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The least that can be done with what a {@link StreamServer} sends: a thread that waits for the
 * socket and looks when each message was written. What it takes is the machine's own.
 */
final class BareReader {
  private static final String BEFORE_STAMP =
      "{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":";
  private static final String UPGRADE =
      "GET /stream HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

  private final URI server;
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 20).limit(0);

  BareReader(URI server) {
    this.server = server;
  }

  /**
   * Prints quantiles of what a message takes {@code from} the server, in ns.
   *
   * @param nanos how long it is measured, after as long a time without
   */
  void run(long nanos) throws IOException {
    SocketChild.ask(server, "/api/v3/depth");
    try (var channel = SocketChannel.open()) {
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()));
      channel.write(ByteBuffer.wrap(UPGRADE.getBytes(StandardCharsets.US_ASCII)));
      int end = 0;
      while (end == 0) {
        fill(channel);
        end = end(bytes);
      }
      bytes.position(end);
      channel.write(ByteBuffer.wrap(subscription()));
      SocketChild.ask(server, "/go");
      measure(channel, nanos);
    }
  }

  /** Masked with zeros. */
  private static byte[] subscription() {
    String text = "{\"id\":1}";
    return ("\u0081" + (char) (0x80 | text.length()) + "\0\0\0\0" + text)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Behind the empty line; 0 if it has not come yet. */
  private static int end(ByteBuffer bytes) {
    for (int i = 4; i <= bytes.limit(); i++) if (bytes.getInt(i - 4) == 0x0D0A0D0A) return i;
    return 0;
  }

  private void fill(SocketChannel channel) throws IOException {
    bytes.compact();
    if (channel.read(bytes) < 0) throw new EOFException();
    bytes.flip();
  }

  private void measure(SocketChannel channel, long nanos) throws IOException {
    long[] from = new long[SocketChild.most(nanos)];
    int count = 0;
    long began = System.nanoTime() + nanos;
    long now = 0;
    while (count == 0 || now < began + nanos && count < from.length) {
      fill(channel);
      now = System.nanoTime();
      for (int size = size(); size > 0; size = size()) {
        int header = size < 126 ? 2 : 4;
        if (now >= began && size > 126 && count < from.length)
          from[count++] = now - stamp(bytes.position() + header);
        bytes.position(bytes.position() + header + size);
      }
    }
    SocketChild.quantiles("from", Arrays.copyOf(from, count));
  }

  /** The length of the next message; 0 if it is not whole yet. */
  private int size() {
    int left = bytes.remaining();
    if (left < 4) return 0;
    int at = bytes.position();
    int size = bytes.get(at + 1);
    int header = size < 126 ? 2 : 4;
    if (header == 4) size = bytes.getShort(at + 2);
    return left < header + size ? 0 : size;
  }

  private long stamp(int message) {
    long number = 0;
    for (int i = message + BEFORE_STAMP.length(); bytes.get(i) >= '0'; i++)
      number = number * 10 + bytes.get(i) - '0';
    return number - Frames.STAMP;
  }
}
