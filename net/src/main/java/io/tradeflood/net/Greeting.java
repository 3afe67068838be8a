package io.tradeflood.net;

import io.tradeflood.net.WireFailure.Kind;
import io.tradeflood.proxy.ProxyterAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * The first word with each Proxyter: whether it is one, and takes our secret. Another proxy would
 * open tunnels too, and send everything through one address without a word. It is asked about
 * itself, so nobody behind it notices, and once, however many requests wait for the answer.
 */
final class Greeting {
  private static final int LONGEST = 8_192;

  private final Duration connect;
  private final Duration answer;

  /** Those that were greeted well, or are being greeted. */
  private final Map<ProxyterAddress, CompletableFuture<Void>> greeted = new ConcurrentHashMap<>();

  /**
   * @param connect how long the connection may take
   * @param answer how long each part of the answer may take
   */
  Greeting(Duration connect, Duration answer) {
    this.connect = connect;
    this.answer = answer;
  }

  /**
   * Makes sure of it, once for each address; waits for the answer if another has asked already.
   *
   * @param payload whatever may be told of the request
   * @throws WireFailure if nobody answers, or not Proxyter, or it does not let us in
   */
  void to(ProxyterAddress proxyter, String payload) throws WireFailure, InterruptedException {
    var own = new CompletableFuture<Void>();
    var greeting = Optional.ofNullable(greeted.putIfAbsent(proxyter, own)).orElse(own);
    // On a thread of its own: whoever asks first may be cancelled while others wait.
    if (greeting.equals(own))
      Thread.ofVirtual()
          .name("tradeflood-greeting")
          .start(() -> greet(proxyter, payload, greeting));
    try {
      greeting.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof WireFailure failure) throw failure;
      throw new IllegalStateException("Proxyter could not be greeted", failed.getCause());
    }
  }

  private void greet(ProxyterAddress proxyter, String payload, CompletableFuture<Void> greeting) {
    try {
      greet(proxyter, payload);
      greeting.complete(null);
    } catch (Throwable failure) {
      // Who tries again greets again.
      greeted.remove(proxyter, greeting);
      greeting.completeExceptionally(failure);
    }
  }

  private void greet(ProxyterAddress proxyter, String payload) throws WireFailure {
    String head = ask(proxyter, payload);
    var lines = head.lines().toList();
    String first = lines.isEmpty() ? "" : lines.getFirst();
    if (!first.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?"))
      throw other(proxyter, head.isEmpty() ? "nothing" : excerpt(head));
    int status = Integer.parseInt(first.substring(9, 12));
    if (!ProxyterAnswer.isProxyter(name -> header(head, name)))
      throw other(proxyter, excerpt(first));
    if (status == 407)
      throw ProxyterAnswer.of(status, name -> header(head, name))
          .map(said -> WireFailure.of(said, null))
          .orElseThrow();
  }

  private String ask(ProxyterAddress proxyter, String payload) throws WireFailure {
    String who =
        Base64.getEncoder()
            .encodeToString(
                (payload + ":" + proxyter.secret().orElse("")).getBytes(StandardCharsets.UTF_8));
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(proxyter.host(), proxyter.port()), millis(connect));
      socket.setSoTimeout(millis(answer));
      socket
          .getOutputStream()
          .write(
              """
              OPTIONS * HTTP/1.1
              Host: %s
              Proxy-Authorization: Basic %s
              Max-Forwards: 0
              Connection: close

              """
                  .formatted(proxyter, who)
                  .replace("\n", "\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      return head(socket);
    } catch (SocketTimeoutException late) {
      throw failure(proxyter, "did not answer in time", Kind.PASSING, late);
    } catch (IOException broken) {
      String words = String.valueOf(broken.getMessage()).lines().findFirst().orElse("");
      throw failure(
          proxyter,
          broken instanceof java.net.UnknownHostException
              ? "has a name that is not known"
              : words.contains("refused") ? "refused the connection" : "broke off: " + words,
          Kind.PASSING,
          broken);
    }
  }

  private static String head(Socket socket) throws IOException {
    var in = socket.getInputStream();
    var head = new ByteArrayOutputStream();
    int b;
    while (head.size() < LONGEST && (b = in.read()) >= 0) {
      head.write(b);
      if (b == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) break;
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static Optional<String> header(String head, String name) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  private static String excerpt(String text) {
    return Excerpt.of(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static WireFailure other(ProxyterAddress proxyter, String found) {
    return failure(
        proxyter,
        "is no Proxyter: expected an answer with Proxy-Status: proxyter, found " + found,
        Kind.LASTING,
        null);
  }

  private static WireFailure failure(
      ProxyterAddress proxyter,
      String happened,
      Kind kind,
      @org.jspecify.annotations.Nullable Throwable cause) {
    return new WireFailure(
        Phase.PROXY, kind, "was not asked: %s %s".formatted(who(proxyter, kind), happened), cause);
  }

  private static String who(ProxyterAddress proxyter, Kind kind) {
    return (kind == Kind.LASTING ? "what listens at " : "Proxyter at ") + proxyter;
  }

  private static int millis(Duration time) {
    return (int) Math.clamp(time.toMillis(), 1, Integer.MAX_VALUE);
  }
}
