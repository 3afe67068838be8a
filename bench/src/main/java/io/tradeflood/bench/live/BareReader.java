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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The least that can be done with what a {@link StreamServer} sends: a thread that waits for the
 * socket and looks when each message was written, or wakes another that does. What it takes is the
 * machine's own.
 */
final class BareReader {
  private static final String BEFORE_STAMP =
      "{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":";
  private static final String UPGRADE =
      "GET /stream HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

  private final URI server;
  private final boolean relayed;
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 20).limit(0);

  /**
   * @param relayed whether another thread looks
   */
  BareReader(URI server, boolean relayed) {
    this.server = server;
    this.relayed = relayed;
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
    var looker = new Looker(nanos);
    Thread thread = relayed ? Thread.ofVirtual().start(looker::lookOn) : Thread.currentThread();
    while (!looker.isOver) {
      fill(channel);
      for (int size = size(); size > 0; size = size()) {
        int header = size < 126 ? 2 : 4;
        if (size > 126) {
          long written = stamp(bytes.position() + header);
          if (relayed) looker.written.add(written);
          else looker.look(written);
        }
        bytes.position(bytes.position() + header + size);
      }
      if (relayed) LockSupport.unpark(thread);
    }
    Lateness.quantiles("from", Arrays.copyOf(looker.from, looker.count));
  }

  /** Who looks when a message was written. */
  private static final class Looker {
    private final Queue<Long> written = new ConcurrentLinkedQueue<>();
    private final long[] from;
    private final long began;
    private final long end;
    private int count;
    private volatile boolean isOver;

    Looker(long nanos) {
      from = Lateness.room(nanos);
      began = System.nanoTime() + nanos;
      end = began + nanos;
    }

    /** Until it is over, as often as it is woken. */
    void lookOn() {
      while (!isOver) {
        Long next = written.poll();
        if (next == null) LockSupport.park(this);
        else look(next);
      }
    }

    void look(long next) {
      long now = System.nanoTime();
      if (now >= began && now < end && count < from.length) from[count++] = now - next;
      if (now >= end) isOver = true;
    }
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
