package io.tradeflood.bench.live;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * An exchange with one book, in a process of its own: gives its snapshot, takes one subscription,
 * sends the first change, and, when it was told {@code GET /go}, all others, again and again.
 */
final class StreamServer {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final Pattern KEY = Pattern.compile("(?i)Sec-WebSocket-Key: (\\S+)");
  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

  /** So many messages at a time where there is no pace. */
  private static final int CHUNK = 256;

  /** After a pause of the machine no more than these are made up for. */
  private static final int ARREARS = 16;

  /** The bytes of some messages, as {@link Frames#slice}. */
  private interface Slices {
    ByteBuffer slice(int from, int to);
  }

  private final String snapshot;
  private final Frames frames;
  private final Manner manner;
  private final Slices slices;
  private final int rate;
  private final CountDownLatch given = new CountDownLatch(1);
  private final CountDownLatch told = new CountDownLatch(1);

  private StreamServer(Tape tape, int rate, Manner manner) {
    this.rate = rate;
    this.manner = manner;
    snapshot = tape.snapshot();
    frames = new Frames(tape, rate > 0);
    slices = manner == Manner.PACKED ? new Packer(frames)::slice : frames::slice;
  }

  /**
   * Prints its port and that of its stream and runs until its input ends. Arguments: the folder
   * with the tape, how many messages a second (0 for as many as there is room for), and in which
   * {@link Manner}.
   */
  public static void main(String[] arguments) throws IOException {
    var folder = Path.of(arguments[0]);
    var manner = Manner.of(arguments[2]);
    var server = new StreamServer(Tape.read(folder), Integer.parseInt(arguments[1]), manner);
    try (var door = open();
        var other = open()) {
      server.accept(door, client -> client);
      if (manner == Manner.TLS) {
        var context = new Identity(folder).context();
        server.accept(other, client -> new SecureChannel(client, context));
      }
      System.out.println(port(door) + " " + (manner == Manner.TLS ? port(other) : port(door)));
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }

  private static ServerSocketChannel open() throws IOException {
    return ServerSocketChannel.open()
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static int port(ServerSocketChannel door) {
    return door.socket().getLocalPort();
  }

  /** What is spoken with a client. */
  private interface Speech {
    ByteChannel with(SocketChannel client) throws IOException;
  }

  private void accept(ServerSocketChannel door, Speech speech) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                while (true) {
                  var client = door.accept();
                  Thread.ofPlatform().daemon().start(() -> serve(client, speech));
                }
              } catch (IOException _) {
                // it is closed
              }
            });
  }

  private void serve(SocketChannel socket, Speech speech) {
    try (socket) {
      socket.socket().setTcpNoDelay(true);
      var client = speech.with(socket);
      while (true) answer(client, head(client));
    } catch (IOException _) {
      // the client has left
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static String head(ByteChannel client) throws IOException {
    var text = new StringBuilder();
    var buffer = ByteBuffer.allocate(4096);
    while (text.indexOf("\r\n\r\n") < 0) {
      if (client.read(buffer.clear()) < 0) throw new EOFException();
      text.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
    }
    return text.toString();
  }

  private void answer(ByteChannel client, String head) throws IOException, InterruptedException {
    var key = KEY.matcher(head);
    if (key.find()) {
      stream(client, key.group(1));
    } else if (head.startsWith("GET /api/v3/depth")) {
      give(client, "200 OK", snapshot);
      given.countDown();
    } else if (head.startsWith("GET /go")) {
      give(client, "200 OK", "{}");
      told.countDown();
    } else give(client, "404 Not Found", "{}");
  }

  private static void give(ByteChannel client, String status, String body) throws IOException {
    write(
        client,
        "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, body.length(), body));
  }

  private static void write(ByteChannel client, String text) throws IOException {
    write(client, ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static void write(ByteChannel client, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) client.write(bytes);
  }

  private void stream(ByteChannel client, String key) throws IOException, InterruptedException {
    write(
        client,
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + accepted(key)
            + (manner == Manner.PACKED ? "\r\nSec-WebSocket-Extensions: permessage-deflate" : "")
            + "\r\n\r\n");
    String taken = "{\"result\":null,\"id\":%s}".formatted(subscription(client));
    write(client, "\u0081" + (char) taken.length() + taken);
    given.await();
    write(client, slices.slice(0, 1));
    told.await();
    if (rate == 0) flood(client);
    else pace(client);
  }

  private static String accepted(String key) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-1")
                  .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK knows SHA-1", e);
    }
  }

  /** Waits for the message that subscribes; its number. */
  private static String subscription(ByteChannel client) throws IOException {
    var buffer = ByteBuffer.allocate(4096);
    while (true) {
      if (client.read(buffer) < 0) throw new EOFException();
      var text = new StringBuilder();
      for (int i = 6; i < buffer.position(); i++)
        text.append((char) (buffer.get(i) ^ buffer.get(2 + (i - 6) % 4)));
      var id = ID.matcher(text);
      if (id.find() && text.charAt(text.length() - 1) == '}') return id.group(1);
    }
  }

  private void flood(ByteChannel client) throws IOException {
    int from = 1;
    for (long pass = 0; ; pass++) {
      while (from < frames.count()) {
        int to = Math.min(from + CHUNK, frames.count());
        for (int i = from; i < to; i++) frames.number(i, pass);
        write(client, slices.slice(from, to));
        from = to;
      }
      from = 0;
    }
  }

  /** Each message says when it was written. */
  private void pace(ByteChannel client) throws IOException {
    long each = 1_000_000_000L / rate;
    long due = System.nanoTime();
    int from = 1;
    long pass = 0;
    while (true) {
      long now = System.nanoTime();
      due = Math.max(due, now - ARREARS * each);
      int to = (int) Math.min(from + (now - due) / each, frames.count());
      if (to == from) {
        LockSupport.parkNanos(each);
        continue;
      }
      for (int i = from; i < to; i++) {
        frames.number(i, pass);
        frames.stamp(i, now);
      }
      write(client, slices.slice(from, to));
      due += (to - from) * each;
      from = to;
      if (to == frames.count()) {
        from = 0;
        pass++;
      }
    }
  }
}
