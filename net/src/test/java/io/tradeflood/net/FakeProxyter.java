package io.tradeflood.net;

import io.tradeflood.proxy.ProxyterAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;

/**
 * A Proxyter on loopback, by docs/proxyter-protocol.md as far as a client sees it. Each rank of a
 * session leads to an exchange of its own, as if each were an address that is counted apart.
 */
final class FakeProxyter implements AutoCloseable {
  static final String SECRET = "open-sesame";

  private final Loopback loopback;
  private final Map<Integer, Loopback> exchanges;

  /** The payload of each tunnel and of each request of plain HTTP. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  /** How often it was asked about itself. */
  final AtomicInteger greetings = new AtomicInteger();

  /** It answers to who asks about itself when this is down. */
  volatile CountDownLatch greets = new CountDownLatch(0);

  /** What it says instead of letting a payload through. */
  volatile Function<String, Optional<String>> refusal = _ -> Optional.empty();

  /**
   * @param exchanges where each rank leads to
   */
  FakeProxyter(Map<Integer, Loopback> exchanges) throws IOException {
    this(exchanges, ServerSocketFactory.getDefault());
  }

  /**
   * @param sockets on which it listens, such as those of TLS
   */
  FakeProxyter(Map<Integer, Loopback> exchanges, ServerSocketFactory sockets) throws IOException {
    this.exchanges = exchanges;
    loopback =
        new Loopback(
            conversation -> {
              while (conversation.next()) if (!serve(conversation)) return;
            },
            sockets);
  }

  static FakeProxyter to(Loopback... exchanges) throws IOException {
    var byRank = new java.util.HashMap<Integer, Loopback>();
    for (var exchange : exchanges) byRank.put(byRank.size() + 1, exchange);
    return new FakeProxyter(byRank);
  }

  ProxyterAddress address() {
    return ProxyterAddress.of("127.0.0.1", loopback.port()).secret(SECRET);
  }

  int connections() {
    return loopback.connections();
  }

  /** Whether the conversation goes on. */
  private boolean serve(Loopback.Conversation client) throws IOException, InterruptedException {
    String header = client.header("proxy-authorization");
    String who =
        header.isEmpty()
            ? ":"
            : new String(
                Base64.getDecoder().decode(header.replace("Basic ", "")), StandardCharsets.UTF_8);
    int colon = who.indexOf(':');
    String payload = who.substring(0, colon);
    if (!who.substring(colon + 1).equals(SECRET)) {
      client.write(
          "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"proxyter\"\r\ncontent-length: 0\r\n\r\n");
      return true;
    }
    String line = client.request.lines().findFirst().orElse("");
    if (line.startsWith("OPTIONS * ")) {
      greetings.incrementAndGet();
      greets.await();
      client.write("HTTP/1.1 204 No Content\r\nProxy-Status: proxyter\r\n\r\n");
      return true;
    }
    asked.add(payload);
    var refused = refusal.apply(payload);
    if (refused.isPresent()) {
      client.write(refused.get());
      return true;
    }
    var exchange = exchanges.get(rank(payload));
    if (exchange == null) {
      client.write(refused(503, "error=destination_unavailable; details=\"no such rank\""));
      return true;
    }
    try (var server =
        SocketFactory.getDefault()
            .createSocket(InetAddress.getLoopbackAddress(), exchange.port())) {
      if (line.startsWith("CONNECT ")) {
        client.write("HTTP/1.1 200 OK\r\nProxy-Status: proxyter; next-hop=\"one\"\r\n\r\n");
        var back = Thread.ofVirtual().start(() -> carry(server, client.socket));
        carry(client.in, server);
        join(back);
        return false;
      }
      server
          .getOutputStream()
          .write(
              client
                  .request
                  .replaceFirst("http://[^/]*/", "/")
                  .replaceAll("(?im)^proxy-[^\r]*\r\n", "")
                  .getBytes(StandardCharsets.ISO_8859_1));
      answer(server.getInputStream(), client);
      return true;
    }
  }

  /** Hands on an answer with a content-length. */
  private static void answer(InputStream in, Loopback.Conversation client) throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) head.append((char) in.read());
    var length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
    byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    client.write(
        head.toString().replaceFirst("\r\n", "\r\nProxy-Status: proxyter; next-hop=\"one\"\r\n"));
    client.write(body);
  }

  static int rank(String payload) {
    var rank = Pattern.compile(",sr=(\\d+)").matcher(payload);
    return rank.find() ? Integer.parseInt(rank.group(1)) : 1;
  }

  /** An answer of its own. */
  static String refused(int status, String parameters, String... headers) {
    return "HTTP/1.1 %d No\r\nProxy-Status: proxyter; %s\r\n%scontent-length: 0\r\n\r\n"
        .formatted(
            status, parameters, headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n");
  }

  private static void carry(Socket from, Socket to) {
    try {
      carry(from.getInputStream(), to);
    } catch (IOException _) {
      // One of them went away.
    }
  }

  private static void carry(InputStream from, Socket to) {
    try (to) {
      from.transferTo(to.getOutputStream());
    } catch (IOException _) {
      // One of them went away.
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    loopback.close();
  }
}
