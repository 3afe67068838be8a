package io.tradeflood.proxyter.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a port of its own, one virtual thread for each connection. */
public abstract class FakeServer implements AutoCloseable {
  private final ServerSocket server;
  private final Thread accepting;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  public final AtomicInteger accepted = new AtomicInteger();

  /** What went wrong in a connection; most of it is meant to. */
  public final Queue<Exception> troubles = new ConcurrentLinkedQueue<>();

  public FakeServer() {
    try {
      server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    accepting = Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  public int connections() {
    return sockets.size();
  }

  private void accept() {
    while (true) {
      Socket socket;
      try {
        socket = server.accept();
      } catch (IOException _) {
        return;
      }
      accepted.incrementAndGet();
      sockets.add(socket);
      Thread.ofVirtual()
          .start(
              () -> {
                try (socket) {
                  socket.setTcpNoDelay(true);
                  serve(socket);
                } catch (IOException | RuntimeException e) {
                  troubles.add(e);
                } finally {
                  sockets.remove(socket);
                }
              });
    }
  }

  abstract void serve(Socket socket) throws IOException;

  /** Closes the port only: open connections stay. It is closed when this returns. */
  public void stopListening() {
    try {
      server.close();
      accepting.join(); // the port stays open as long as somebody waits at it
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    stopListening();
    for (Socket socket : sockets)
      try {
        socket.close();
      } catch (IOException _) {
        // It is gone anyway.
      }
  }

  public static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Up to and with the empty line. */
  public static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) throw new EOFException("after: " + head);
      head.append((char) b);
    }
    return head.toString();
  }

  public static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Carries bytes both ways until both have ended. */
  public static void join(Socket a, Socket b) throws IOException {
    Thread back = Thread.ofVirtual().start(() -> carry(b, a));
    carry(a, b);
    try {
      back.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void carry(Socket from, Socket to) {
    try {
      byte[] buffer = new byte[65_536];
      while (true) {
        int count = from.getInputStream().read(buffer);
        if (count < 0) break;
        to.getOutputStream().write(buffer, 0, count);
      }
      to.shutdownOutput();
    } catch (IOException _) {
      try {
        reset(from);
        reset(to);
      } catch (IOException _) {
        // Both are gone.
      }
    }
  }

  public static void await(Socket socket) throws IOException {
    while (socket.getInputStream().read() >= 0) {
      // Takes everything and says nothing.
    }
  }
}
