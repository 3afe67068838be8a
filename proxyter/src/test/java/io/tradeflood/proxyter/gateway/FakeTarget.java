package io.tradeflood.proxyter.gateway;

import java.io.IOException;
import java.net.Socket;

/** A target that does what it is told. */
public final class FakeTarget extends FakeServer {

  /** What it does with a connection. */
  @FunctionalInterface
  public interface Deed {
    void with(Socket socket) throws IOException;
  }

  /** Sends back what comes, and ends when the other side ends. */
  public static final Deed ECHO =
      socket -> {
        byte[] buffer = new byte[65_536];
        while (true) {
          int count = socket.getInputStream().read(buffer);
          if (count < 0) break;
          socket.getOutputStream().write(buffer, 0, count);
        }
        socket.shutdownOutput();
      };

  public volatile Deed deed;

  public FakeTarget(Deed deed) {
    this.deed = deed;
  }

  public static FakeTarget echo() {
    return new FakeTarget(ECHO);
  }

  /** Answers each request with the same. */
  public static FakeTarget http(String answer) {
    return new FakeTarget(
        socket -> {
          while (true) {
            head(socket.getInputStream());
            write(socket.getOutputStream(), answer);
          }
        });
  }

  @Override
  void serve(Socket socket) throws IOException {
    deed.with(socket);
  }
}
