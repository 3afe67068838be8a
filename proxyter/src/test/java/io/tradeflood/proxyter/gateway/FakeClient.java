package io.tradeflood.proxyter.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A client on a raw socket; what it waits for has thirty seconds to come. */
public final class FakeClient implements AutoCloseable {
  public final Socket socket;
  public final InputStream in;
  public final OutputStream out;

  public FakeClient(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  public FakeClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(30_000);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  public static String basic(String payloadAndSecret) {
    return "Basic "
        + Base64.getEncoder().encodeToString(payloadAndSecret.getBytes(StandardCharsets.UTF_8));
  }

  public static String connectHead(String target, String authorization) {
    return "CONNECT %s HTTP/1.1\r\nHost: %s\r\n%s\r\n"
        .formatted(
            target,
            target,
            authorization.isEmpty() ? "" : "Proxy-Authorization: " + authorization + "\r\n");
  }

  /** Sends CONNECT; the head of the answer. */
  public String connect(String target, String authorization) throws IOException {
    send(connectHead(target, authorization));
    return FakeServer.head(in);
  }

  public FakeClient send(String text) throws IOException {
    FakeServer.write(out, text);
    return this;
  }

  public FakeClient send(int... bytes) throws IOException {
    byte[] all = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) all[i] = (byte) bytes[i];
    out.write(all);
    return this;
  }

  public String head() throws IOException {
    return FakeServer.head(in);
  }

  /** The number of {@code Proxyter-Lease} in the head of an answer. */
  public static long lease(String head) {
    int at = head.indexOf("Proxyter-Lease: ") + 16;
    return Long.parseLong(head.substring(at, head.indexOf('\r', at)));
  }

  public String read(int count) throws IOException {
    return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
  }

  public String readAll() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /** Sends words through the tunnel and takes them back. */
  public String echo(String words) throws IOException {
    send(words);
    return read(words.length());
  }

  /** SOCKS5 with a login up to the reply; its code. */
  public int socks(String user, String password, String host, int port) throws IOException {
    send(5, 2, 0, 2);
    if (in.read() != 5 || in.read() != 2) return -1;
    send(1, user.length()).send(user).send(password.length()).send(password);
    in.read();
    if (in.read() != 0) return -2;
    send(5, 1, 0, 3, host.length()).send(host).send(port >> 8, port & 0xff);
    byte[] reply = in.readNBytes(10);
    return reply.length < 2 ? -3 : reply[1];
  }

  /** Whether the other side has ended. */
  public boolean isEnded() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
