package io.tradeflood.proxyter.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A proxy that speaks HTTP, SOCKS5 and SOCKS4a, may want credentials, and fails as it is told. All
 * names lead to this machine.
 */
public final class FakeProxy extends FakeServer {
  private final Optional<String> credentials;

  /** What it does instead of serving; empty serves. */
  public volatile Optional<FakeTarget.Deed> fault = Optional.empty();

  /** What it sends right behind the answer that opens the tunnel. */
  public volatile String behindAnswer = "";

  /** How far away it is: so long it takes until it does anything. */
  public volatile Duration delay = Duration.ZERO;

  /** What it does with who asks for a target, by the target's name, instead of leading there. */
  public final Map<String, FakeTarget.Deed> at = new ConcurrentHashMap<>();

  /** Every head and every target it was asked for. */
  public final Queue<String> asked = new ConcurrentLinkedQueue<>();

  public FakeProxy(Optional<String> credentials) {
    this.credentials = credentials;
  }

  public static FakeProxy open() {
    return new FakeProxy(Optional.empty());
  }

  public static FakeProxy of(String user, String password) {
    return new FakeProxy(Optional.of(user + ":" + password));
  }

  /** Takes the head and answers so. */
  public static FakeTarget.Deed answering(String answer) {
    return socket -> {
      head(socket.getInputStream());
      write(socket.getOutputStream(), answer);
    };
  }

  public static final FakeTarget.Deed SILENT = FakeServer::await;

  public static final FakeTarget.Deed CLOSING =
      socket -> {
        head(socket.getInputStream());
      };

  public String url(String scheme) {
    return scheme + "://" + credentials.map(c -> c + "@").orElse("") + "127.0.0.1:" + port();
  }

  @Override
  void serve(Socket socket) throws IOException {
    LockSupport.parkNanos(delay.toNanos());
    Optional<FakeTarget.Deed> instead = fault;
    if (instead.isPresent()) {
      instead.get().with(socket);
      return;
    }
    InputStream in = socket.getInputStream();
    int first = in.read();
    if (first == 5) socks5(socket);
    else if (first == 4) socks4(socket);
    else if (first >= 0) http(socket, (char) first + head(in));
  }

  private boolean insteadOf(String target, Socket socket) throws IOException {
    FakeTarget.Deed deed = at.get(target.substring(0, target.lastIndexOf(':')));
    if (deed != null) deed.with(socket);
    return deed != null;
  }

  private void http(Socket socket, String head) throws IOException {
    asked.add(head);
    OutputStream out = socket.getOutputStream();
    if (credentials.isPresent()) {
      String expected =
          "Proxy-Authorization: Basic "
              + Base64.getEncoder()
                  .encodeToString(credentials.get().getBytes(StandardCharsets.UTF_8));
      if (!head.contains(expected + "\r\n")) {
        write(out, "HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n");
        return;
      }
    }
    String target = head.split(" ")[1];
    if (head.startsWith("CONNECT ")) {
      if (insteadOf(target, socket)) return;
      try (Socket there = connect(target)) {
        write(out, "HTTP/1.1 200 Connection established\r\n\r\n" + behindAnswer);
        join(socket, there);
      }
      return;
    }
    int slash = target.indexOf('/', 7);
    try (Socket there = connect(target.substring(7, slash))) {
      write(
          there.getOutputStream(),
          head.replace(target, target.substring(slash))
              .replaceAll("Proxy-Authorization: [^\r]*\r\n", ""));
      join(socket, there);
    }
  }

  private void socks5(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    OutputStream out = socket.getOutputStream();
    byte[] methods = in.readNBytes(in.read());
    if (credentials.isPresent()) {
      boolean offered = new String(methods, StandardCharsets.ISO_8859_1).indexOf(2) >= 0;
      out.write(new byte[] {5, (byte) (offered ? 2 : 0xff)});
      if (!offered) return;
      in.read();
      String user = new String(in.readNBytes(in.read()), StandardCharsets.UTF_8);
      String password = new String(in.readNBytes(in.read()), StandardCharsets.UTF_8);
      boolean good = credentials.get().equals(user + ":" + password);
      out.write(new byte[] {1, (byte) (good ? 0 : 1)});
      if (!good) return;
    } else out.write(new byte[] {5, 0});
    in.readNBytes(3);
    int kind = in.read();
    String host =
        switch (kind) {
          case 1 -> InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
          case 3 -> new String(in.readNBytes(in.read()), StandardCharsets.ISO_8859_1);
          default -> "[" + InetAddress.getByAddress(in.readNBytes(16)).getHostAddress() + "]";
        };
    int port = in.read() << 8 | in.read();
    asked.add("socks5 " + kind + " " + host + ":" + port);
    if (insteadOf(host + ":" + port, socket)) return;
    try (Socket there = connect(host + ":" + port)) {
      out.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
      write(out, behindAnswer);
      join(socket, there);
    }
  }

  private void socks4(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    in.read();
    int port = in.read() << 8 | in.read();
    byte[] address = in.readNBytes(4);
    String user = text(in);
    String host =
        address[0] == 0 && address[3] != 0
            ? text(in)
            : InetAddress.getByAddress(address).getHostAddress();
    asked.add("socks4 " + user + " " + host + ":" + port);
    if (insteadOf(host + ":" + port, socket)) return;
    try (Socket there = connect(host + ":" + port)) {
      socket.getOutputStream().write(new byte[] {0, 0x5a, 0, 0, 0, 0, 0, 0});
      write(socket.getOutputStream(), behindAnswer);
      join(socket, there);
    }
  }

  private static String text(InputStream in) throws IOException {
    var text = new StringBuilder();
    for (int b = in.read(); b > 0; b = in.read()) text.append((char) b);
    return text.toString();
  }

  private static Socket connect(String target) throws IOException {
    int port = Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }
}
