package io.tradeflood.proxyter.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port at which connecting hangs: its queue is full, and nobody takes anything from it. */
final class BlackHole implements AutoCloseable {
  private final ServerSocket server;
  private final List<Socket> fill = new ArrayList<>();

  BlackHole() {
    try {
      server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      for (int i = 0; i < 16; i++) {
        var socket = new Socket();
        fill.add(socket);
        try {
          socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 100);
        } catch (SocketTimeoutException _) {
          return;
        }
      }
      throw new AssertionError("the port still takes connections");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Takes all that waits, so that whoever comes next gets through. */
  void open() {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) fill.add(server.accept());
              } catch (IOException _) {
                // Closed.
              }
            });
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : List.copyOf(fill)) socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
