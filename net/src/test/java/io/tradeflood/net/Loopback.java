package io.tradeflood.net;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A server on loopback which does to each connection what the test wants; raw sockets. */
final class Loopback implements AutoCloseable {
  private final ServerSocket server;
  private final Script script;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  final List<String> requests = new CopyOnWriteArrayList<>();

  /** Released when a client's connection was seen to end. */
  final CountDownLatch ended = new CountDownLatch(1);

  /** What is done to one connection. */
  interface Script {
    void play(Conversation conversation) throws IOException, InterruptedException;
  }

  Loopback(Script script) throws IOException {
    this(script, ServerSocketFactory.getDefault());
  }

  Loopback(Script script, ServerSocketFactory sockets) throws IOException {
    this.script = script;
    server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Answers every request the same. */
  static Loopback answering(byte[] answer) throws IOException {
    return new Loopback(
        conversation -> {
          while (conversation.next()) conversation.write(answer);
        });
  }

  /** Answers every request with this JSON. */
  static Loopback json(String body) throws IOException {
    return answering(ok(body));
  }

  static byte[] ok(String body) {
    return reply("200 OK", "content-type: application/json", body);
  }

  static byte[] reply(String status, String headers, String body) {
    return reply(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] reply(String status, String headers, byte[] body) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(
        ("HTTP/1.1 " + status + "\r\n" + (headers.isEmpty() ? "" : headers + "\r\n"))
            .getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(
        ("content-length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(body);
    return out.toByteArray();
  }

  int port() {
    return server.getLocalPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  int connections() {
    return connections.get();
  }

  /** The first lines of the requests. */
  List<String> lines() {
    return requests.stream().map(r -> r.lines().findFirst().orElse("")).toList();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        connections.incrementAndGet();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> converse(socket));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void converse(Socket socket) {
    try (socket) {
      script.play(new Conversation(socket));
    } catch (IOException _) {
      // The client went away, as tests make it do.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(socket);
      ended.countDown();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var socket : sockets) socket.close();
  }

  /** One connection. */
  final class Conversation {
    final Socket socket;
    final InputStream in;
    final OutputStream out;
    String request = "";

    Conversation(Socket socket) throws IOException {
      this.socket = socket;
      in = new BufferedInputStream(socket.getInputStream());
      out = socket.getOutputStream();
    }

    /** Reads the head of the next request; false at the end. */
    boolean next() throws IOException {
      var head = new ByteArrayOutputStream();
      int b;
      while ((b = in.read()) >= 0) {
        head.write(b);
        request = head.toString(StandardCharsets.ISO_8859_1);
        if (request.endsWith("\r\n\r\n")) {
          requests.add(request);
          return true;
        }
      }
      return false;
    }

    String header(String name) {
      return request
          .lines()
          .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }

    void write(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    void write(String text) throws IOException {
      write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Says nothing until the client goes away. */
    void mute() throws IOException {
      while (in.read() >= 0) {
        // nothing
      }
    }

    /** Ends the connection rudely. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
