package io.tradeflood.net;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.SocketFactory;

/** Proxies on loopback that write down who asked them for what. */
final class ProxyServer implements AutoCloseable {
  private final Loopback loopback;

  /** {@code user:password host:port}, one for each request or tunnel. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  private ProxyServer(Type type) throws IOException {
    loopback = new Loopback(conversation -> type.play(this, conversation));
  }

  private interface Type {
    void play(ProxyServer self, Loopback.Conversation conversation) throws IOException;
  }

  /** Speaks HTTP: CONNECT, and the absolute form. Every name leads to loopback. */
  static ProxyServer http() throws IOException {
    return new ProxyServer(ProxyServer::http);
  }

  /** Answers every CONNECT with a status. */
  static ProxyServer refusing(String status) throws IOException {
    return new ProxyServer(
        (self, conversation) -> {
          conversation.next();
          self.asked.add(conversation.request.lines().findFirst().orElse(""));
          conversation.write("HTTP/1.1 " + status + "\r\ncontent-length: 0\r\n\r\n");
        });
  }

  /** Speaks SOCKS5 with a name and a password. Every name leads to loopback. */
  static ProxyServer socks() throws IOException {
    return new ProxyServer((self, conversation) -> self.socks(conversation, 0));
  }

  /** Lets everybody in and answers every wish with a code of RFC 1928. */
  static ProxyServer socksAnswering(int code) throws IOException {
    return new ProxyServer((self, conversation) -> self.socks(conversation, code));
  }

  int port() {
    return loopback.port();
  }

  int connections() {
    return loopback.connections();
  }

  private void http(Loopback.Conversation client) throws IOException {
    while (client.next()) {
      String[] line = client.request.lines().findFirst().orElse("").split(" ");
      boolean tunnel = line[0].equals("CONNECT");
      String target = tunnel ? line[1] : line[1].replaceFirst("http://([^/]*)/.*", "$1");
      asked.add(credentials(client) + " " + target);
      int port = Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
      try (var server = open(port)) {
        if (tunnel) {
          client.write("HTTP/1.1 200 OK\r\n\r\n");
          pump(client, server);
          return;
        }
        forward(client, server);
      }
    }
  }

  private static String credentials(Loopback.Conversation client) {
    String header = client.header("proxy-authorization");
    return header.isEmpty()
        ? "nobody"
        : new String(
            Base64.getDecoder().decode(header.replace("Basic ", "")), StandardCharsets.UTF_8);
  }

  private static void forward(Loopback.Conversation client, Socket server) throws IOException {
    String request =
        client.request.replaceFirst("http://[^/]*/", "/").replaceAll("(?im)^proxy-[^\r]*\r\n", "");
    server.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    var answer = new ByteArrayOutputStream();
    var in = server.getInputStream();
    while (!answer.toString(StandardCharsets.ISO_8859_1).endsWith("}")) answer.write(in.read());
    client.write(answer.toByteArray());
  }

  private void socks(Loopback.Conversation client, int code) throws IOException {
    var in = new DataInputStream(client.in);
    in.readByte();
    byte[] methods = in.readNBytes(in.readUnsignedByte());
    String who = "nobody";
    boolean named = false;
    for (byte method : methods) named |= method == 2;
    client.write(new byte[] {5, (byte) (named ? 2 : 0)});
    if (named) {
      in.readByte();
      String user = text(in);
      who = user + ":" + text(in);
      client.write(new byte[] {1, 0});
    }
    in.readNBytes(3);
    String host =
        switch (in.readByte()) {
          case 1 -> InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
          case 3 -> text(in);
          default -> InetAddress.getByAddress(in.readNBytes(16)).getHostAddress();
        };
    int port = in.readUnsignedShort();
    asked.add(who + " " + host + ":" + port);
    client.write(new byte[] {5, (byte) code, 0, 1, 127, 0, 0, 1, 0, 0});
    if (code != 0) return;
    try (var server = open(port)) {
      pump(client, server);
    }
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
  }

  private static Socket open(int port) throws IOException {
    return SocketFactory.getDefault().createSocket(InetAddress.getLoopbackAddress(), port);
  }

  private static void pump(Loopback.Conversation client, Socket server) throws IOException {
    var back = Thread.ofVirtual().start(() -> copy(server, client.socket));
    copy(client.in, server.getOutputStream());
    server.close();
    try {
      back.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try (to) {
      copy(from.getInputStream(), to.getOutputStream());
    } catch (IOException _) {
      // One of them went away.
    }
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] part = new byte[8192];
    for (int n = from.read(part); n >= 0; n = from.read(part)) {
      to.write(part, 0, n);
      to.flush();
    }
  }

  @Override
  public void close() throws IOException {
    loopback.close();
  }
}
